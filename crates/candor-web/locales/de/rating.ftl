# Kunden fragen, und wie sie gingen.
letter-rating-subject = Waren Sie zufrieden? Ihre Anfrage an { $brand }
letter-rating-body =
    Guten Tag { $name },

    Ihre Anfrage „{ $subject }“ ist erledigt. Waren Sie zufrieden?

    - [Alles gut]({ $link }?grade=happy)
    - [Ganz in Ordnung]({ $link }?grade=fine)
    - [Ich bin nicht zufrieden]({ $link }?grade=unhappy)

    Der Link öffnet eine Seite; dort zählt ein weiterer Klick. Wir fragen nur dieses eine Mal.
letter-rating-alert-subject = { $brand }: Jemand ist mit Anfrage #{ $number } nicht zufrieden
letter-rating-alert-body =
    Guten Tag { $name },

    zu Anfrage #{ $number } („{ $subject }“) kam die Antwort: nicht zufrieden.

    { $words }

    Die Anfrage: { $link }
rating-title = Waren Sie zufrieden?
rating-words = Ihre Anfrage: „{ $subject }“
rating-happy = Alles gut
rating-fine = Ganz in Ordnung
rating-unhappy = Ich bin nicht zufrieden
rating-grade = Wie zufrieden sind Sie?
rating-own-words = In eigenen Worten (wenn Sie mögen)
rating-send = Absenden
rating-thanks = Vielen Dank. Ihre Antwort zählt.
rating-before = Sie haben schon geantwortet. Vielen Dank.
rating-not-open = Zu dieser Anfrage gibt es gerade keine Frage.
rating-back = Zu Ihrer Anfrage
rating-choose = Bitte wählen Sie eines von dreien.
done-rated = Vielen Dank. Ihre Antwort zählt.
rating-ask-on-page = Waren Sie zufrieden?
rating-row = Kunden fragen
rating-row-words = Eine Frage, wenn eine Anfrage gelöst ist, und wer von einer schlechten Antwort erfährt.
rating-settings-intro = Eine Stunde, nachdem eine Anfrage gelöst ist, erhält der Kunde eine Mail mit einer Frage: zufrieden, in Ordnung oder nicht zufrieden. Zu jeder Anfrage wird einmal gefragt, nie nach jeder Antwort.
rating-settings-asks = Kunden dieses Postfachs fragen
rating-settings-alert = Wer von einer schlechten Antwort erfährt
rating-settings-alert-hint = Diese Person erhält eine Mail, wenn jemand nicht zufrieden ist.
rating-settings-nobody = Niemand
rated-happy = Der Kunde sagte: alles gut.
rated-fine = Der Kunde sagte: ganz in Ordnung.
rated-unhappy = Der Kunde sagte: nicht zufrieden.
done-rated-before = Sie haben schon geantwortet. Vielen Dank.
