# Warnings before a promise breaks.

warn-title = Warnings
warn-hint = After half of the time and after 80 % of it, and when a promise is missed. They wait on “Next for you”; by mail each person has at most one in ten minutes. A ticket that nobody has is its leads’.
warn-whom = Who is warned
warn-assignee = Whoever has the ticket
warn-leads = The leads of its team
warn-mail = Also by mail
warn-people = Also these people
warnings-title = Warnings
warnings-seen = Put them away
warnings-soon = { $what }: due { $time }
warnings-late = { $what }: was due { $time }
warnings-stands = { $what }
warnings-wait = { $count ->
    [one] one warning
   *[other] { $count } warnings
}
warnings-many = more than { $count } warnings
warnings-more = The newest { $shown } of { $count }. Older ones follow when these are put away.
done-warnings-seen = Put away.
letter-warning-subject = { $brand }: promises about to break ({ $number })
letter-warning-body =
    Hello { $name },

    { $news }

    Your order of tickets: { $link }
warning-time-form = %Y-%m-%d %H:%M
warning-soon = #{ $number } { $subject }: { $what }, due { $time }
warning-late = #{ $number } { $subject }: { $what }, missed at { $time }

# The pages of “Next for you”.
next-pages = Pages of the queue
next-first-page = To the first page
next-more = More
