# Mail an Menschen im Team, und ihre Antworten per Mail.

bymail-title = Per Mail Bescheid geben
bymail-words = Eine Mail an Ihre eigene Adresse, mit dem, was der Kunde schrieb, und einem Link zur Anfrage. Sie können darauf antworten, und Ihre Antwort geht an den Kunden. Höchstens 20 in der Stunde; was darüber ist, kommt in einer Zeile.
bymail-assigned = Wenn mir eine Anfrage zugeteilt wird
bymail-answered = Wenn ein Kunde in einer meiner Anfragen wieder schreibt
bymail-team = Wenn in einem meiner Teams eine Anfrage neu ist
joined-staff-answer = Jemand aus dem Team hat per Mail auf das geantwortet, was wir ihm per Mail mitgeteilt hatten

quarantine-staff-unverified = eine Antwort aus Ihrem Team, doch niemand bürgt für den Absender
quarantine-staff-other = kam an die Antwortadresse einer anderen Person Ihres Teams
quarantine-staff-left = eine Antwort von jemandem, der nicht mehr hier arbeitet
quarantine-staff-may-not = eine Antwort von jemandem, der in dieser Anfrage nicht antworten darf
quarantine-staff-empty = eine Antwort aus Ihrem Team ohne eigene Worte
quarantine-staff-list = Mail einer Liste oder eine Mitteilung an einer Antwortadresse Ihres Teams
quarantine-staff-repeats = zum dritten Mal dieselbe Antwort aus Ihrem Team
quarantine-staff-busy = eine Antwort aus Ihrem Team, während eine andere derselben Person unterwegs war

letter-staff-subject = #{ $number } { $subject }
letter-staff-body =
    { $news }

    { $link }

    Antworten Sie auf diese Mail, so geht Ihr Text sofort an den Kunden, ohne Ihre Signatur und ohne diesen Text. Dateien reisen mit, Bilder im Text nicht. Steht in der ersten Zeile „#note“ oder „#notiz“, wird daraus eine Notiz, die nur Ihr Team sieht. Nur Mail von { $words } zählt, gesendet über einen Anbieter, der dafür bürgt. Wovon Sie Mail bekommen, wählen Sie auf der Seite Ihres Kontos.
letter-staff-kept-subject = #{ $number } { $subject }
letter-staff-kept-body =
    { $news }

    Ihr Text ist als Ihr Entwurf in der Anfrage aufbewahrt, und nichts ging an den Kunden: { $link }
letter-staff-more-subject = { $number } weitere beim Kundendienst von { $brand }
letter-staff-more-body =
    Guten Tag { $name },

    und { $number } weitere, sehen Sie im Kundendienst nach: { $link }
bymail-news-assigned = Anfrage Nr. { $number } gehört jetzt Ihnen.
bymail-news-answered = In Ihrer Anfrage Nr. { $number } ist eine Antwort da.
bymail-news-team = Anfrage Nr. { $number } ist neu in Ihrem Team.
bymail-stranger = Wer sie schrieb, ist in dieser Anfrage nicht bekannt; was Sie antworten, geht an den Kunden der Anfrage.
bymail-kept-moved = In Anfrage Nr. { $number } hat seit der Mail, auf die Sie antworteten, jemand geschrieben. Lesen Sie das zuerst; es steht unten.
bymail-kept-closed = Anfrage Nr. { $number } ist geschlossen. Öffnen Sie sie zuerst wieder.
bymail-kept-spam = Anfrage Nr. { $number } ist als Spam markiert. Nehmen Sie die Markierung zuerst weg.
bymail-kept-order = Die erste Zeile Ihrer Antwort in Anfrage Nr. { $number } beginnt mit #, doch der Kundendienst weiß nicht, was sie bedeutet. Nur „#note“ und „#notiz“ haben eine Bedeutung.
