# Lists of tickets.
list-all = All
list-mine = Mine
list-unassigned = Nobody has it yet
list-team = My team
list-waiting = Waiting for them
list-on-hold = On hold
list-solved = Solved
list-closed = Closed
list-spam = Spam

# The inbox.
inbox-choose = Choose a ticket
inbox-choose-words = Open one from the list. J and K walk through it, O opens, C opens a new ticket, and ? shows every key.
inbox-new = New
line-waiting = waiting { $time }
line-unread = unread
empty-all = All done
empty-all-words = Nothing is open. What customers write to your mailboxes appears here by itself.
empty-mine = Nothing waits for you
empty-mine-words = Tickets that are given to you, or that you take, stand here while it is your turn.
empty-unassigned = Everything is in good hands
empty-unassigned-words = New tickets that nobody has taken yet stand here.
empty-team = Nothing waits for your team
empty-team-words = Tickets given to one of your teams stand here while it is your turn.
empty-waiting = You wait for nobody
empty-waiting-words = After “Send, then wait” a ticket stands here until the customer answers. The answer brings it back.
empty-on-hold = Nothing is on hold
empty-on-hold-words = Tickets that wait for somebody else, such as a supplier, stand here.
empty-solved = Nothing was solved lately
empty-solved-words = Solved tickets stand here until they close by themselves. An answer opens them again.
empty-closed = Nothing is closed yet
empty-closed-words = Closed tickets stand here and stay findable. An answer to one opens a new ticket that is linked to it.
empty-spam = No spam
empty-spam-words = What you mark as spam stands here. Nothing is deleted, and no mail goes to its sender.

# Search.
search-field = Search tickets
search-hint = Words, a name, or #12
search-empty = What are you looking for?
search-empty-words = Words from messages and subjects in any form, such as “deliver” for “delivered”, or a number such as #12.
search-nothing = Nothing found for “{ $words }”
search-nothing-words = Try fewer or other words, or the number of the ticket.
search-count =
    { $count ->
        [one] { $count } ticket
       *[other] { $count } tickets
    }
search-stopped = Only the newest matches were looked at. More words find older tickets.
