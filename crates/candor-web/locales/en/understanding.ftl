# What was understood of a mail, what became of ours, and mail that the desk sends by itself.

# Folds in a message.
fold-quoted = … show quoted text
fold-ending = … show signature

# What kind of mail it is.
verdict-personal = Written by a person
verdict-automatic-reply = Automatic reply
verdict-out-of-office = Automatic reply: away
verdict-away-until = Automatic reply: away, back on { $day }
verdict-delivery-report = Report of a mail server
verdict-read-receipt = Receipt: the mail was opened
verdict-complaint = Complaint: marked as spam
verdict-mailing-list = Mail of a mailing list
verdict-notice = Notice or newsletter

# Why it is such a mail; what was seen stands behind it.
rule-report-part = It holds a report of a mail server
rule-report-fields = The text has the fields of a report
rule-report-header = It has a header that only mail servers write
rule-daemon-sender = Its sender is a mail server
rule-null-sender = Its envelope names no sender
rule-subject = The subject says so
rule-text = The text says so
rule-auto-submitted = It says that it was sent automatically
rule-machine-header = It has a header of programs that write by themselves
rule-precedence = It is marked as mail to many or as automatic
rule-list-header = It has the headers of a mailing list
rule-no-reply-sender = Its sender takes no answers

# What led a mail to its ticket.
joined-reply-address = It went to the reply address of this ticket
joined-our-message = It answers one of our mails
joined-known-message = It answers a mail that stands in this ticket
joined-opened = It belongs to no earlier ticket

# Why nothing was answered by itself.
silence-none = An acknowledgement was sent
silence-no-sender = Nothing: it names nobody to answer
silence-null-sender = Nothing: its envelope names no sender
silence-automatic = Nothing: a machine wrote it
silence-list = Nothing: it came over a mailing list
silence-suppressed = Nothing: the sender’s mail program asks for none
silence-machine-address = Nothing: the sender’s address belongs to a machine
silence-not-to-us = Nothing: it was not addressed to us
silence-our-own = Nothing: it came from an address of ours
silence-known-ticket = Nothing: it belongs to a ticket that is known
silence-switched-off = Nothing: the mailbox acknowledges nothing
silence-repeats = Nothing: the same text came several times within an hour
silence-within-a-day = Nothing: this address had an acknowledgement within a day
silence-forged = Nothing: somebody else wrote under this address
silence-too-many = Nothing: this address had too many automatic mails
silence-dead-address = Nothing: this address does not work
silence-brake = Nothing: automatic mail is stopped

# Why a mail did not arrive.
cause-no-such-mailbox = there is no such address
cause-no-such-domain = the part behind the @ does not exist or takes no mail
cause-mailbox-disabled = the mailbox is switched off
cause-mailbox-full = the mailbox is full
cause-too-large = the mail is too large
cause-unreachable = the other side could not be reached in time
cause-loop = the mail went in circles
cause-refused = the other side does not want it
cause-unknown = no reason was given

# What mail servers told about one of our mails.
told-somebody = the recipient
told-failed = Not delivered to { $who }: { $why }
told-delayed = Not yet delivered to { $who }; it is still being tried
told-delivered = Delivered to { $who }
told-complained = { $who } marked this mail as spam
told-words = What the mail server said

# "Why is this here", below a message.
why-title = Why is this here?
why-way = How it came here
why-verdict = What it is
why-reasons = How we know
why-language = Language
why-silence = Automatic answer

# The languages that are recognised most.
language-en = English
language-de = German
language-fr = French
language-es = Spanish
language-it = Italian
language-nl = Dutch
language-pl = Polish
language-pt = Portuguese
language-da = Danish
language-sv = Swedish
language-cs = Czech
language-tr = Turkish

# The mail log of a ticket, and a mail as it came.
log-title = Mail log
log-back = Ticket #{ $number }
log-intro = Every mail of this ticket: what came and why it stands here, what went out, and what became of it.
log-none = No mail had to do with this ticket.
log-envelope = Sender on the envelope: { $from }
log-for = To: { $to }
log-tries = { $count ->
    [one] { $count } try
   *[other] { $count } tries
}
log-reply = Our answer
log-acknowledgement = Acknowledgement, sent automatically
log-received = received
log-sent = sent
log-kept = kept here
log-failed = failed
log-held = held
log-deferred = deferred
log-queued = leaving
log-bounced = bounced
log-reported = reported
log-complained = complaint
via-smtp = by SMTP
via-imap = fetched from the inbox
via-pipe = handed over by the mail server
source-title = Source and headers
source-whole = The whole mail, byte for byte
source-download = Download
source-headers = Headers
source-body = Text

# What became of a reply.
mail-held = Held back: { $reason }
mail-sent-to-some = Sent, but not to everybody: { $reason }
send-failure-dead-address = this address does not work

# Settings: addresses that do not work.
place-addresses = Addresses that do not work
addresses-intro = A mail server said that these addresses do not exist. Mail to them is held back, and the reply in the ticket says so. Release an address when you know that it works again.
addresses-none = Every address works
addresses-none-words = When a mail server says for good that an address does not exist, it stands here with the reason, and mail to it is held back until you release it.
addresses-since = Since { $when }
addresses-release = Release
done-address-released = Released. Mail goes to this address again.
done-address-held = Mail to this address is held back again.

# Settings: mails that came back.
mails-told = Came back
mails-told-none = No mail of yours came back.
mails-told-ticket = Open the ticket

# Settings: mail that the desk sends by itself.
acknowledgement-title = Acknowledge new mail
acknowledgement-words = Whoever opens a ticket by mail is told at once that it arrived: once a day for each address at most, never in answer to machines and mailing lists, and never with the sender’s own words.
acknowledgement-on = Acknowledge new mail
acknowledgement-text = Your own words
acknowledgement-text-hint = Empty: our words, in the customer’s language. You may use {"{"}number{"}"}, {"{"}brand{"}"}, {"{"}promise{"}"} (by when they hear from you) and {"{"}link{"}"}, the customer’s page.
brake-on = Automatic mail is stopped since { $when }: the desk sent unusually much by itself. Look what is going on before you let it go on.
brake-release = Let it go on
done-brake-released = Automatic mail goes out again.
quarantine-hops = went in circles
quarantine-release = Let in
done-let-in = Let in. It becomes a ticket in a moment.

# The acknowledgement of the desk.
letter-acknowledgement-subject = We have your message (#{ $number })
letter-acknowledgement-body =
    Hello,

    thank you for writing to { $brand }. Your message has arrived and has the number #{ $number }. A person will read it and answer you.

    { $promise }

    Here you can read your request and add to it:

    { $link }

    This mail was sent automatically.
joined-sent-by-hand = It lay in your folder of sent mail and answers this ticket
