# Mail from before the desk, in the settings of a mailbox.

past-title = Bring in past mail
past-row-words = What customers and you wrote before this desk, as closed tickets with their own dates.
past-intro = What was written to { $address } before this desk, and what you answered, comes in as closed tickets with their own dates. Nothing is sent for it, nobody is told, no clock runs.
past-no-account = First connect the inbox
past-no-account-words = The past lies in the inbox at your provider. Let this mailbox fetch from there; then come back.
past-count-title = Look first
past-count-words = The desk counts what there is and tells you. Nothing is brought in before you say so, and nothing changes in the inbox.
past-how-far = How far back
past-months = { $count } months
past-years = { $count ->
    [one] 12 months
   *[other] { $count } years
}
past-with-sent = With what you sent yourselves
past-count = Count
past-counting = Counting …
past-counted-so-far = { $count ->
    [0] Nothing is brought in yet. You are asked before.
    [one] One mail so far. Nothing is brought in yet.
   *[other] { $count } mails so far. Nothing is brought in yet.
}
past-nothing = There is no mail since that day
past-mails = { $count ->
    [one] One mail
   *[other] { $count } mails
}
past-conversations = { $count ->
    [one] one conversation
   *[other] { $count } conversations
}
past-unreadable = { $count ->
    [0] none unreadable
    [one] one unreadable
   *[other] { $count } unreadable
}
past-since = { $sent ->
    [true] Since { $day }, with what you sent yourselves.
   *[other] Since { $day }.
}
past-until = Until { $day }: from that day on the mailbox fetches mail by itself.
past-all-is-fetched = The mailbox fetches all mail of its inbox by itself, as mail of today. To bring older mail in as closed tickets, first name a first day under “Fetch from an inbox”.
past-count-stopped = Counting stopped
past-count-again = Count again
past-known = { $count ->
    [one] One is here already and comes in no second time.
   *[other] { $count } are here already and come in no second time.
}
past-too-large = { $count ->
    [one] One is larger than 25 MB and stays in the inbox.
   *[other] { $count } are larger than 25 MB and stay in the inbox.
}
past-unreadable-words = Unreadable ones are kept as they came, under “Mail nobody could read”.
past-what-happens = The mails become closed tickets. An answer to one of them opens a new ticket that is linked to it. Once they are in, they stay in.
past-bring = Bring them in
past-leave = Leave them
past-running = Mail is coming in
past-progress = { $done } of { $all } mails
past-stop = Stop here
past-stopped = Stopped
past-go-on = Go on
past-leave-rest = Leave the rest
past-done = All in
past-brought = { $mails ->
    [one] One mail came in, as one ticket.
   *[other] { $mails } mails came in; tickets made of them: { $tickets }.
}
past-set-aside = { $count ->
    [one] One was kept under “Mail nobody could read”.
   *[other] { $count } were kept under “Mail nobody could read”.
}
past-left-out = { $count ->
    [one] One stayed in the inbox: too large, gone meanwhile, or written among yourselves.
   *[other] { $count } stayed in the inbox: too large, gone meanwhile, or written among yourselves.
}
past-forget = Forget these counts
done-past-left = The counts are forgotten. What came in stays in.
error-past-months = Choose one of the spans that are offered.
