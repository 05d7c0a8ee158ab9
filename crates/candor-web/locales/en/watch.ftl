# When no mail comes.

watch-title = When no mail comes
watch-row-words = You hear by another way when this mailbox falls silent or cannot be read.
watch-intro = When no mail at all comes although some is usual at this time, or when the inbox cannot be read for an hour, you read so above inbox, tickets and settings. Whoever you name below hears it too, by a way that does not need this mailbox.
watch-who = Who else hears of it
watch-addresses = Addresses
watch-addresses-hint = One on each line. They get a mail through the server under “Outgoing mail” or another mailbox's account; only where there is neither, through this mailbox's own. Name addresses at another provider.
watch-hook = Address on the web
watch-hook-hint = Optional, with https://. It gets a small message (JSON) when mail stops and when it flows again, for a service that rings a telephone.
watch-not-yet = Not enough history yet
watch-not-yet-words = What is usual is known after three weeks of mail. Bringing in past mail makes it known at once.
watch-a-week = { $count ->
    [one] One mail a week is usual
   *[other] { $count } mails a week are usual
}
watch-too-little = That is too little for silence to say anything. You still hear when the inbox cannot be read.
watch-false-alarms = By the last eight weeks, hour by hour. Chance alone raises an alarm at most once in 10,000 hours, which is more than a year; public holidays may raise one too.
watch-last = Newest mail: { $when }
watch-silent = { $usual ->
    [one] No mail for { $address } since { $since }, where one is usual. Please look whether it still arrives at your provider.
   *[other] No mail for { $address } since { $since }, where { $usual } are usual. Please look whether it still arrives at your provider.
}
watch-unread = The inbox of { $address } has not been read since { $since }. Its settings say why.
watch-is-silent = No mail comes, and that is told
watch-accept-words = If this mailbox gets no mail any more, put the alarm away. It stays away until mail flows again; from then on the mailbox is watched as before. You can take it out again at any time.
watch-accept = Put the alarm away
watch-accepted = Put away: { $when }
watch-accepted-words = No mail comes here, and nobody is told, until mail flows again.
watch-again = Tell again
error-watch-many = Name at most 10 addresses.
error-watch-itself = Name another address: this one's mail is what is watched.
error-watch-hook = Write an address that begins with https://.
letter-mail-silent-subject = No mail for { $name } since { $words }
letter-mail-silent-body =
    Hello,

    no mail has come for { $name } since { $words }. { $number } are usual in that time.

    Please write to that address from elsewhere, and look in the inbox at your provider: does mail arrive there? Was something changed at your domain, your provider, or a rule that forwards or moves mail?

    What is set up: { $link }
letter-mail-unread-subject = The inbox of { $name } cannot be read since { $words }
letter-mail-unread-body =
    Hello,

    the inbox of { $name } has not been read since { $words }. Nothing is lost: the mail lies at your provider and comes in once it can be read.

    Most often a password or a sign-in has ended. The reason stands in the settings of the mailbox, at “Fetch from an inbox”.

    What is set up: { $link }
letter-mail-flows-subject = Mail flows again for { $name }
letter-mail-flows-body =
    Hello,

    mail comes in again for { $name }. It had stopped at { $words }.

    What is set up: { $link }
