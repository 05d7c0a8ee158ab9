# Post aus der Zeit vor dem Desk, in den Einstellungen eines Postfachs.

past-title = Frühere Post übernehmen
past-row-words = Was Kunden und Sie vor diesem Desk geschrieben haben, als geschlossene Tickets mit ihrem eigenen Datum.
past-intro = Was vor diesem Desk an { $address } geschrieben wurde und was Sie geantwortet haben, wird zu geschlossenen Tickets mit ihrem eigenen Datum. Es wird nichts dafür gesendet, niemand wird benachrichtigt, keine Uhr läuft.
past-no-account = Verbinden Sie zuerst das Postfach
past-no-account-words = Die frühere Post liegt im Postfach bei Ihrem Anbieter. Lassen Sie dort Post abholen und kommen Sie dann wieder.
past-count-title = Erst nachsehen
past-count-words = Der Desk zählt, was da ist, und sagt es Ihnen. Nichts wird übernommen, bevor Sie es sagen, und im Postfach ändert sich nichts.
past-how-far = Wie weit zurück
past-months = { $count } Monate
past-years = { $count ->
    [one] 12 Monate
   *[other] { $count } Jahre
}
past-with-sent = Mit dem, was Sie selbst gesendet haben
past-count = Zählen
past-counting = Es wird gezählt …
past-counted-so-far = { $count ->
    [0] Noch wird nichts übernommen. Sie werden vorher gefragt.
    [one] Bisher eine Mail. Noch wird nichts übernommen.
   *[other] Bisher { $count } Mails. Noch wird nichts übernommen.
}
past-nothing = Seit diesem Tag liegt dort keine Post
past-mails = { $count ->
    [one] Eine Mail
   *[other] { $count } Mails
}
past-conversations = { $count ->
    [one] ein Gespräch
   *[other] { $count } Gespräche
}
past-unreadable = { $count ->
    [0] keine unlesbar
    [one] eine unlesbar
   *[other] { $count } unlesbar
}
past-since = { $sent ->
    [true] Seit { $day }, mit dem, was Sie selbst gesendet haben.
   *[other] Seit { $day }.
}
past-until = Bis { $day }: Ab diesem Tag holt das Postfach Post von selbst ab.
past-all-is-fetched = Das Postfach holt alle Post seines Eingangs von selbst ab, als Post von heute. Um ältere als abgeschlossene Tickets zu übernehmen, nennen Sie zuerst unter „Aus einem Postfach abholen“ einen ersten Tag.
past-count-stopped = Das Zählen ist angehalten
past-count-again = Noch einmal zählen
past-known = { $count ->
    [one] Eine ist schon hier und kommt kein zweites Mal.
   *[other] { $count } sind schon hier und kommen kein zweites Mal.
}
past-too-large = { $count ->
    [one] Eine ist größer als 25 MB und bleibt im Postfach.
   *[other] { $count } sind größer als 25 MB und bleiben im Postfach.
}
past-unreadable-words = Unlesbare bleiben, wie sie kamen, unter „Unlesbare Mail“.
past-what-happens = Die Mails werden zu geschlossenen Tickets. Eine Antwort darauf eröffnet ein neues Ticket, das damit verbunden ist. Was übernommen ist, bleibt.
past-bring = Übernehmen
past-leave = Dort lassen
past-running = Post wird übernommen
past-progress = { $done } von { $all } Mails
past-stop = Hier anhalten
past-stopped = Angehalten
past-go-on = Weiter
past-leave-rest = Den Rest dort lassen
past-done = Alles übernommen
past-brought = { $mails ->
    [one] Eine Mail ist übernommen, als ein Ticket.
   *[other] { $mails } Mails sind übernommen; Tickets daraus: { $tickets }.
}
past-set-aside = { $count ->
    [one] Eine liegt unter „Unlesbare Mail“.
   *[other] { $count } liegen unter „Unlesbare Mail“.
}
past-left-out = { $count ->
    [one] Eine blieb im Postfach: zu groß, inzwischen weg oder nur in Ihrem Team geschrieben.
   *[other] { $count } blieben im Postfach: zu groß, inzwischen weg oder nur in Ihrem Team geschrieben.
}
past-forget = Zahlen vergessen
done-past-left = Die Zahlen sind vergessen. Was übernommen ist, bleibt.
error-past-months = Wählen Sie einen der angebotenen Zeiträume.
