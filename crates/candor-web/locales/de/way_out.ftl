# Das Konto, über das ein Postfach sendet, und ein Versuch in beide Richtungen.

sending-title = Über das eigene Konto senden
sending-row-words = Antworten gehen über dasselbe Konto bei Ihrem Anbieter hinaus, aus dem Post geholt wird.
sending-intro = Antworten von { $address } gehen über ein Konto bei Ihrem Anbieter hinaus. Dafür braucht es kein DNS: Für die Welt kommen sie von dort.
sending-own = Antworten gehen über das Konto hinaus
sending-own-words = Sie werden an { $server } übergeben.
sending-stop = Wieder den Server des Desks nutzen
sending-desk = Antworten gehen über den Server des Desks hinaus
sending-desk-words = Er dient allen Postfächern ohne eigenes Konto.
sending-account-title = Das Konto
sending-account-words = Was Sie eintragen, wird erst versucht und dann behalten. Gesendet wird dabei nichts.
sending-password-hint = Gmail, Yahoo und iCloud verlangen ein App-Passwort, das Sie dort in Ihrem Konto anlegen. Bei Microsoft 365 und Google Workspace melden Sie sich stattdessen beim Anbieter an.
sending-login-password = Mit dem Passwort unten
sending-back = Antworten kommen zurück an
sending-back-plus = hilfe+wort@…
sending-back-plain = Die schlichte Adresse
sending-back-hint = Mit einem eigenen Wort findet jede Antwort ihr Ticket. GMX, Web.de, T-Online, Freenet und Yahoo kennen nur die schlichte Adresse.
sending-host-hint = Etwa smtp.example.org. Ihr Anbieter nennt ihn unter SMTP.
done-sending = Das Konto öffnet sich. Antworten gehen ab jetzt darüber hinaus.
done-sending-stopped = Antworten gehen wieder über den Server des Desks hinaus.
both-ways = Kommt und geht die Post?
both-ways-words = Sieht in das Postfach, sendet einen Versuch an { $address } und lässt das Postfach an sich selbst schreiben. Wenn etwas nicht stimmt, sagt die Seite was und wie es sich beheben lässt.
both-ways-try = Beide Wege prüfen
both-ways-in = Herein: Das Postfach öffnet sich. { $count ->
    [0] Es ist leer.
    [one] Darin liegt eine Mail.
   *[other] Darin liegen { $count } Mails.
}
both-ways-in-failed = Herein: Das Postfach öffnet sich nicht. { $why }
both-ways-no-inbox = Herein: Für dieses Postfach wird keine Post geholt. Richten Sie das unter „Aus einem Postfach abholen“ ein, es sei denn, Ihre Post kommt geradewegs zu diesem Desk.
both-ways-out = Hinaus: Der Mailserver hat den Versuch für { $address } angenommen. Er sollte gleich da sein.
both-ways-out-failed = Hinaus: Der Versuch ging nicht hinaus. { $why }
both-ways-no-server = Hinaus: Es ist kein Mailserver eingerichtet, darum wurde nichts gesendet. Post an Kunden bleibt hier, bis es einen gibt.
send-failure-token-refused = Der Anbieter nimmt die Anmeldung zum Senden nicht an. Melden Sie das Postfach neu an, mit dem Recht zu senden.
send-failure-switched-off = Das Senden über SMTP ist für dieses Postfach abgeschaltet. Ein Administrator Ihrer Organisation kann „Authentifiziertes SMTP“ dafür einschalten oder diesem Programm die Berechtigung Mail.Send geben; melden Sie sich danach neu an.
send-failure-no-right = Die Anmeldung enthält nicht das Recht zu senden. Fügen Sie beim Anbieter die Berechtigung Mail.Send hinzu und melden Sie sich neu an.
send-failure-no-tokens = Der Mailserver nimmt keine Anmeldung beim Anbieter an, nur Passwörter. Tragen Sie ein App-Passwort ein.
send-failure-provider-silent = Der Anbieter gibt zurzeit keinen Zugang. Wir versuchen es wieder.
send-failure-signed-out = Das Postfach ist bei seinem Anbieter nicht mehr angemeldet. Melden Sie es neu an.
