# Wenn keine Post kommt.

watch-title = Wenn keine Post kommt
watch-row-words = Sie erfahren auf einem anderen Weg, wenn dieses Postfach verstummt oder nicht gelesen werden kann.
watch-intro = Wenn gar keine Post kommt, obwohl um diese Zeit welche üblich ist, oder wenn das Postfach seit einer Stunde nicht gelesen werden kann, steht das über Eingang, Tickets und Einstellungen. Wen Sie unten nennen, der erfährt es auch, auf einem Weg, der dieses Postfach nicht braucht.
watch-who = Wer es außerdem erfährt
watch-addresses = Adressen
watch-addresses-hint = Eine je Zeile. Diese Adressen bekommen eine Mail über den Server unter „Ausgehende Mail“ oder das Konto eines anderen Postfachs; nur wenn es beides nicht gibt, über das eigene Konto dieses Postfachs. Nennen Sie Adressen bei einem anderen Anbieter.
watch-hook = Adresse im Web
watch-hook-hint = Freiwillig, mit https://. Sie bekommt eine kleine Nachricht (JSON), wenn die Post ausbleibt und wenn sie wieder kommt, etwa für einen Dienst, der anruft.
watch-not-yet = Noch nicht genug bekannt
watch-not-yet-words = Was üblich ist, weiß der Desk nach drei Wochen Post. Wer frühere Post übernimmt, weiß es sofort.
watch-a-week = { $count ->
    [one] Eine Mail in der Woche ist üblich
   *[other] { $count } Mails in der Woche sind üblich
}
watch-too-little = Das ist zu wenig, als dass Stille etwas sagen könnte. Wenn das Postfach nicht gelesen werden kann, erfahren Sie es trotzdem.
watch-false-alarms = Nach den letzten acht Wochen, Stunde für Stunde. Der Zufall allein löst höchstens einmal in 10.000 Stunden einen Alarm aus, also seltener als einmal im Jahr; an Feiertagen kann auch einer kommen.
watch-last = Neueste Mail: { $when }
watch-silent = { $usual ->
    [one] Keine Post für { $address } seit { $since }, üblich ist eine Mail. Bitte sehen Sie nach, ob sie bei Ihrem Anbieter noch ankommt.
   *[other] Keine Post für { $address } seit { $since }, üblich sind { $usual } Mails. Bitte sehen Sie nach, ob sie bei Ihrem Anbieter noch ankommt.
}
watch-unread = Das Postfach von { $address } wurde seit { $since } nicht gelesen. Warum, steht in seinen Einstellungen.
watch-is-silent = Es kommt keine Post, und das wird gemeldet
watch-accept-words = Wenn dieses Postfach keine Post mehr bekommt, stellen Sie den Alarm ab. Er bleibt aus, bis wieder Post kommt; von da an gibt der Desk wieder acht wie bisher. Sie können ihn jederzeit wieder einschalten.
watch-accept = Alarm abstellen
watch-accepted = Abgestellt: { $when }
watch-accepted-words = Hier kommt keine Post, und niemand erfährt davon, bis wieder welche kommt.
watch-again = Wieder melden
error-watch-many = Nennen Sie höchstens 10 Adressen.
error-watch-itself = Nennen Sie eine andere Adresse: Um die Post dieser geht es gerade.
error-watch-hook = Schreiben Sie eine Adresse, die mit https:// beginnt.
letter-mail-silent-subject = Keine Post für { $name } seit { $words }
letter-mail-silent-body =
    Guten Tag,

    für { $name } ist seit { $words } keine Post gekommen. Üblich sind in dieser Zeit { $number } Mails.

    Bitte schreiben Sie von woanders an diese Adresse und sehen Sie ins Postfach bei Ihrem Anbieter: Kommt dort Post an? Wurde etwas an Ihrer Domain, bei Ihrem Anbieter oder an einer Regel geändert, die Post weiterleitet oder verschiebt?

    Was eingestellt ist: { $link }
letter-mail-unread-subject = Das Postfach von { $name } kann seit { $words } nicht gelesen werden
letter-mail-unread-body =
    Guten Tag,

    das Postfach von { $name } wurde seit { $words } nicht gelesen. Nichts ist verloren: Die Post liegt bei Ihrem Anbieter und kommt herein, sobald sie gelesen werden kann.

    Meistens ist ein Passwort oder eine Anmeldung abgelaufen. Der Grund steht in den Einstellungen des Postfachs bei „Aus einem Postfach abholen“.

    Was eingestellt ist: { $link }
letter-mail-flows-subject = Für { $name } kommt wieder Post
letter-mail-flows-body =
    Guten Tag,

    für { $name } kommt wieder Post herein. Ausgeblieben war sie seit { $words }.

    Was eingestellt ist: { $link }
