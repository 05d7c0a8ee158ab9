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
