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

# Der Eingang.
inbox-choose = Wählen Sie eine Anfrage
inbox-choose-words = Öffnen Sie eine aus der Liste. J und K gehen durch die Liste, O öffnet, C legt eine neue Anfrage an, und ? zeigt alle Tasten.
inbox-new = Neu
line-waiting = wartet { $time }
line-unread = ungelesen
empty-all = Alles erledigt
empty-all-words = Nichts ist offen. Was Kundinnen und Kunden an Ihre Postfächer schreiben, erscheint hier von selbst.
empty-mine = Nichts wartet auf Sie
empty-mine-words = Anfragen, die Sie bekommen oder übernehmen, stehen hier, solange Sie am Zug sind.
empty-unassigned = Alles ist in guten Händen
empty-unassigned-words = Neue Anfragen, die noch niemand übernommen hat, stehen hier.
empty-team = Nichts wartet auf Ihr Team
empty-team-words = Anfragen an eines Ihrer Teams stehen hier, solange Sie am Zug sind.
empty-waiting = Sie warten auf niemanden
empty-waiting-words = Nach „Senden und warten“ steht eine Anfrage hier, bis die Antwort kommt. Die Antwort bringt sie zurück.
empty-on-hold = Nichts wartet auf Dritte
empty-on-hold-words = Anfragen, die auf jemand anderen warten, etwa auf einen Lieferanten, stehen hier.
empty-solved = In letzter Zeit wurde nichts gelöst
empty-solved-words = Gelöste Anfragen stehen hier, bis sie sich von selbst schließen. Eine Antwort öffnet sie wieder.
empty-closed = Noch ist nichts geschlossen
empty-closed-words = Geschlossene Anfragen stehen hier und bleiben auffindbar. Eine Antwort darauf öffnet eine neue Anfrage, die mit ihr verbunden ist.
empty-spam = Kein Spam
empty-spam-words = Was Sie als Spam markieren, steht hier. Nichts wird gelöscht, und an den Absender geht keine Mail.

# Suche.
search-field = Anfragen durchsuchen
search-hint = Wörter, ein Name oder #12
search-empty = Was suchen Sie?
search-empty-words = Wörter aus Nachrichten und Betreffzeilen in jeder Form, etwa „liefern“ für „geliefert“, oder eine Nummer wie #12.
search-nothing = Nichts gefunden für „{ $words }“
search-nothing-words = Versuchen Sie es mit weniger oder anderen Wörtern oder mit der Nummer der Anfrage.
search-count =
    { $count ->
        [one] { $count } Anfrage
       *[other] { $count } Anfragen
    }
search-stopped = Nur die neuesten Treffer wurden durchsucht. Mehr Wörter finden ältere Anfragen.
