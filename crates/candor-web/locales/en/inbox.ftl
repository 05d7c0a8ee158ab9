# Lists of tickets.
