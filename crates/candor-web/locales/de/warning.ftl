# Warnungen, bevor ein Versprechen bricht.

warn-title = Warnungen
warn-hint = Nach der Hälfte der Zeit, nach 80 % und wenn ein Versprechen verfehlt ist. Sie warten unter „Als Nächstes für Sie“; per Mail bekommt jede Person höchstens eine in zehn Minuten. Ein Ticket, das niemand hat, ist Sache der Leitung.
warn-whom = Wer gewarnt wird
warn-assignee = Wer das Ticket hat
warn-leads = Die Leitung seines Teams
warn-mail = Auch per Mail
warn-people = Auch diese Personen
warnings-title = Warnungen
warnings-seen = Weglegen
warnings-soon = { $what }: fällig { $time }
warnings-late = { $what }: war fällig { $time }
warnings-stands = { $what }
warnings-wait = { $count ->
    [one] eine Warnung
   *[other] { $count } Warnungen
}
warnings-many = mehr als { $count } Warnungen
warnings-more = Die neuesten { $shown } von { $count }. Ältere folgen, wenn diese weggelegt sind.
done-warnings-seen = Weggelegt.
letter-warning-subject = { $brand }: Versprechen kurz vor dem Bruch ({ $number })
letter-warning-body =
    Guten Tag { $name },

    { $news }

    Ihre Reihenfolge der Tickets: { $link }
warning-time-form = %d.%m.%Y %H:%M
warning-soon = Nr. { $number } { $subject }: { $what }, fällig am { $time }
warning-late = Nr. { $number } { $subject }: { $what }, war fällig am { $time }

# The pages of “Next for you”.
next-pages = Seiten der Reihenfolge
next-first-page = Zur ersten Seite
next-more = Weitere
