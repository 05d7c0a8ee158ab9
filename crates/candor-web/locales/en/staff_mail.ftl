# Telling people of the team by mail, and their answers by mail.

bymail-title = Tell me by mail
bymail-words = A mail to your own address, with what the customer wrote and a link to the ticket. You can answer it, and your answer goes to the customer. At most 20 an hour; what is above them comes in one line.
bymail-assigned = When a ticket is given to me
bymail-answered = When a customer writes again in a ticket of mine
bymail-team = When a ticket is new in a team of mine
joined-staff-answer = Somebody of the team answered by mail what we had told them by mail

quarantine-staff-unverified = an answer of somebody of your team, but nobody vouches for the sender
quarantine-staff-other = came to the answer address of somebody else of your team
quarantine-staff-left = an answer of somebody who no longer works here
quarantine-staff-may-not = an answer of somebody who may not answer in that ticket
quarantine-staff-empty = an answer of somebody of your team without words of their own
quarantine-staff-list = a list’s mail or a notice at an answer address of your team
quarantine-staff-repeats = the same answer of somebody of your team for the third time
quarantine-staff-busy = an answer of somebody of your team while another one of theirs was on its way

letter-staff-subject = #{ $number } { $subject }
letter-staff-body =
    { $news }

    { $link }

    Answer this mail and what you write goes to the customer at once, without your signature and without this text. Files travel along, pictures inside the text do not. If the first line is “#note”, it becomes a note that only your team sees. Only mail from { $words } counts, sent by a provider that vouches for it. You choose on your account’s page of what you get mail.
letter-staff-kept-subject = #{ $number } { $subject }
letter-staff-kept-body =
    { $news }

    Your text is kept as your draft in the ticket, and nothing went to the customer: { $link }
letter-staff-more-subject = { $number } more at the desk of { $brand }
letter-staff-more-body =
    Hello { $name },

    and { $number } more, look at the desk: { $link }
bymail-news-assigned = Ticket #{ $number } is yours now.
bymail-news-answered = There is an answer in your ticket #{ $number }.
bymail-news-team = Ticket #{ $number } is new in your team.
bymail-stranger = Whoever wrote it is not known in this ticket; what you answer goes to the ticket’s customer.
bymail-kept-moved = Somebody wrote in ticket #{ $number } since the mail that you answered. Read it first; it stands below.
bymail-kept-closed = Ticket #{ $number } is closed. Reopen it first.
bymail-kept-spam = Ticket #{ $number } is marked as spam. Take the mark away first.
bymail-kept-order = The first line of your answer in ticket #{ $number } begins with #, but the desk does not know what it means. Only “#note” has a meaning.
