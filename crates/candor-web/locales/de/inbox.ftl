# Lists of tickets.
list-all = Alle
list-mine = Meine
list-unassigned = Hat noch niemand
list-team = Mein Team
list-waiting = Wartet auf Antwort
list-on-hold = Wartet auf Dritte
list-solved = Gelöst
list-closed = Geschlossen
list-spam = Spam
