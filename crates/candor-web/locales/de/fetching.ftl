# Ein Postfach anderswo, in den Einstellungen eines Postfachs.

fetching-title = Aus einem Postfach abholen
fetching-row-words = Für Läden, deren Post bei einem Anbieter liegt: Dieser Desk sieht dort nach neuer Post.
fetching-intro = Post für { $address } wird aus einem Postfach bei Ihrem Anbieter geholt. Dort wird nichts gelöscht.
fetching-goes = Post wird abgeholt
fetching-stands-still = Zurzeit wird keine Post abgeholt
fetching-looked = Nachgesehen { $when }.
fetching-not-looked = Noch nicht nachgesehen; das geschieht binnen einer Minute.
fetching-kept = { $count ->
    [0] Bisher keine Mail übernommen.
    [one] Bisher eine Mail übernommen.
   *[other] Bisher { $count } Mails übernommen.
}
fetching-left-behind = { $count ->
    [one] Eine Mail ist größer als 25 MB und blieb dort.
   *[other] { $count } Mails sind größer als 25 MB und blieben dort.
}
fetching-stop = Beenden
fetching-account-title = Das Postfach
fetching-account-words = Was Sie eintragen, wird erst versucht und dann behalten.
fetching-user = Benutzer
fetching-user-hint = Meistens die Adresse selbst.
fetching-password = Passwort
fetching-password-hint = Gmail, Yahoo und iCloud verlangen ein App-Passwort, das Sie dort in Ihrem Konto anlegen. Bei GMX und Web.de muss IMAP erst eingeschaltet werden.
fetching-host = Server
fetching-host-hint = Etwa imap.example.org. Ihr Anbieter nennt ihn unter IMAP.
fetching-what-title = Was abgeholt wird
fetching-folder = Ordner
fetching-folder-hint = In INBOX kommt neue Post an.
fetching-since = Nicht älter als
fetching-since-hint = Ein Tag, etwa 2026-01-31. Leer: alles, was dort liegt.
fetching-since-wrong = Schreiben Sie den Tag wie 2026-01-31.
fetching-after = Danach
fetching-after-read = Dort als gelesen kennzeichnen
fetching-after-leave = So lassen
fetching-after-move = In einen Ordner verschieben
fetching-move-to = Ordner zum Verschieben
fetching-move-to-hint = Nur zum Verschieben. Es muss ihn geben.
fetching-save = Versuchen und behalten
fetching-failed = Nichts wurde geändert. { $why }
done-fetching = Das Postfach lässt sich öffnen. Ab jetzt wird Post abgeholt.
done-fetching-stopped = Es wird keine Post mehr abgeholt.
imap-failure-no-such-host = Einen Server dieses Namens gibt es nicht. Prüfen Sie die Schreibweise.
imap-failure-refused = An diesem Port antwortet nichts. Üblich ist 993.
imap-failure-timed-out = Der Server antwortet nicht. Prüfen Sie Namen und Port.
imap-failure-expects-tls = Der Server erwartet an diesem Port TLS von Anfang an. Wählen Sie TLS statt STARTTLS.
imap-failure-not-loopback = Die Verbindung wäre ungeschützt, und der Server ist ein anderer Rechner. Wählen Sie TLS.
imap-failure-broken = Der Server hat die Verbindung beendet.
imap-failure-tls-not-offered = Der Server bietet an diesem Port kein STARTTLS an. Versuchen Sie TLS an Port 993.
imap-failure-expects-starttls = Der Server beginnt an diesem Port ohne TLS. Wählen Sie STARTTLS oder Port 993.
imap-failure-unknown-issuer = Das Zertifikat des Servers stammt von niemandem, den wir kennen.
imap-failure-wrong-name = Das Zertifikat des Servers gilt für einen anderen Namen. Nehmen Sie den Namen, den Ihr Anbieter nennt.
imap-failure-out-of-date = Das Zertifikat des Servers ist abgelaufen oder noch nicht gültig.
imap-failure-tls = Eine geschützte Verbindung zum Server ist nicht möglich.
imap-failure-login = Der Server nimmt Benutzer und Passwort nicht an. Viele Anbieter verlangen hier ein App-Passwort, oder IMAP muss erst eingeschaltet werden.
imap-failure-folder = Dieser Ordner lässt sich nicht öffnen. Prüfen Sie seinen Namen.
imap-failure-no-move = Dieser Server kann keine Mails verschieben. Lassen Sie sie stattdessen als gelesen kennzeichnen.
imap-failure-command = Der Server hat eine Anfrage abgelehnt.
imap-failure-not-understood = Der Server hat etwas gesagt, das dieser Desk nicht versteht.
imap-failure-not-kept = Eine Mail konnte gerade nicht gespeichert werden. Sie bleibt im Postfach und wird wieder geholt.
fetching-gone = { $count ->
    [one] Eine Mail verließ das Postfach, bevor sie hier gelesen werden konnte: Ein anderes Programm hat sie verschoben oder gelöscht.
   *[other] { $count } Mails verließen das Postfach, bevor sie hier gelesen werden konnten: Ein anderes Programm hat sie verschoben oder gelöscht.
}
fetching-compared = Zuletzt mit dem Postfach verglichen { $when }.
fetching-sent-title = Was Sie von woanders senden
fetching-sent = Ordner für Gesendetes
fetching-sent-found = Von selbst gefunden
fetching-sent-named = Den unten genannten lesen
fetching-sent-off = Nicht lesen
fetching-sent-hint = Eine Antwort vom Telefon oder aus einem alten Mailprogramm steht dann in ihrem Ticket und zählt.
fetching-sent-folder = Sein Name
fetching-sent-folder-hint = Nur wenn Sie ihn nennen, etwa Gesendet.
fetching-sent-opens = Eine Mail an jemand Neues eröffnet ein Ticket
fetching-sent-read = Was Sie von woanders senden, wird in „{ $folder }“ gelesen.
fetching-sent-not-read = Was Sie von woanders senden, wird nicht gelesen.
error-sent-is-inbox = Wählen Sie einen anderen Ordner als den, in dem Post ankommt.
fetching-sent-gone = { $count ->
    [one] Eine Mail verließ diesen Ordner, bevor sie hier gelesen werden konnte.
   *[other] { $count } Mails verließen diesen Ordner, bevor sie hier gelesen werden konnten.
}
fetching-sent-compared = Zuletzt mit diesem Ordner verglichen { $when }.
