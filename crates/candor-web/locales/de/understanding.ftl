# Was von einer Mail verstanden wurde, was aus unseren wurde, und Mail, die der Kundendienst von selbst sendet.

# Eingeklapptes in einer Nachricht.
fold-quoted = … zitierten Text zeigen
fold-ending = … Signatur zeigen

# Was für eine Mail es ist.
verdict-personal = Von einem Menschen geschrieben
verdict-automatic-reply = Automatische Antwort
verdict-out-of-office = Automatische Antwort: abwesend
verdict-away-until = Automatische Antwort: abwesend, zurück am { $day }
verdict-delivery-report = Bericht eines Mailservers
verdict-read-receipt = Lesebestätigung: Die Mail wurde geöffnet
verdict-complaint = Beschwerde: als Spam markiert
verdict-mailing-list = Mail einer Mailingliste
verdict-notice = Mitteilung oder Newsletter

# Warum es eine solche Mail ist; dahinter steht, was gesehen wurde.
rule-report-part = Sie enthält den Bericht eines Mailservers
rule-report-fields = Der Text hat die Felder eines Berichts
rule-report-header = Sie hat eine Kopfzeile, die nur Mailserver schreiben
rule-daemon-sender = Ihr Absender ist ein Mailserver
rule-null-sender = Ihr Umschlag nennt keinen Absender
rule-subject = Der Betreff sagt es
rule-text = Der Text sagt es
rule-auto-submitted = Sie sagt, dass sie automatisch gesendet wurde
rule-machine-header = Sie hat eine Kopfzeile von Programmen, die selbst schreiben
rule-precedence = Sie ist als Mail an viele oder als automatisch gekennzeichnet
rule-list-header = Sie hat die Kopfzeilen einer Mailingliste
rule-no-reply-sender = Ihr Absender nimmt keine Antworten an

# Was eine Mail zu ihrer Anfrage geführt hat.
joined-reply-address = Sie ging an die Antwortadresse dieser Anfrage
joined-our-message = Sie beantwortet eine unserer Mails
joined-known-message = Sie beantwortet eine Mail, die in dieser Anfrage steht
joined-opened = Sie gehört zu keiner früheren Anfrage

# Warum nichts von selbst geantwortet wurde.
silence-none = Eine Eingangsbestätigung wurde gesendet
silence-no-sender = Keine: Sie nennt niemanden, dem zu antworten wäre
silence-null-sender = Keine: Ihr Umschlag nennt keinen Absender
silence-automatic = Keine: Eine Maschine hat sie geschrieben
silence-list = Keine: Sie kam über eine Mailingliste
silence-suppressed = Keine: Das Mailprogramm des Absenders wünscht keine
silence-machine-address = Keine: Die Adresse des Absenders gehört einer Maschine
silence-not-to-us = Keine: Sie war nicht an uns gerichtet
silence-our-own = Keine: Sie kam von einer unserer Adressen
silence-known-ticket = Keine: Sie gehört zu einer bekannten Anfrage
silence-switched-off = Keine: Das Postfach bestätigt nichts
silence-repeats = Keine: Derselbe Text kam mehrmals in einer Stunde
silence-within-a-day = Keine: Diese Adresse bekam in den letzten 24 Stunden schon eine Bestätigung
silence-forged = Keine: Jemand anderes schrieb unter dieser Adresse
silence-too-many = Keine: Diese Adresse bekam zu viele automatische Mails
silence-dead-address = Keine: Diese Adresse funktioniert nicht
silence-brake = Keine: Automatische Mail ist angehalten

# Warum eine Mail nicht ankam.
cause-no-such-mailbox = diese Adresse gibt es nicht
cause-no-such-domain = den Teil hinter dem @ gibt es nicht, oder er nimmt keine Mail an
cause-mailbox-disabled = das Postfach ist abgeschaltet
cause-mailbox-full = das Postfach ist voll
cause-too-large = die Mail ist zu groß
cause-unreachable = die Gegenseite war nicht rechtzeitig erreichbar
cause-loop = die Mail lief im Kreis
cause-refused = die Gegenseite will sie nicht
cause-unknown = ein Grund wurde nicht genannt

# Was Mailserver über eine unserer Mails sagten.
told-somebody = den Empfänger
told-failed = Nicht zugestellt an { $who }: { $why }
told-delayed = Noch nicht zugestellt an { $who }; es wird weiter versucht
told-delivered = Zugestellt an { $who }
told-complained = { $who } hat diese Mail als Spam markiert
told-words = Was der Mailserver sagte

# „Warum ist das hier?“ unter einer Nachricht.
why-title = Warum ist das hier?
why-way = Wie sie hierher kam
why-verdict = Was sie ist
why-reasons = Woran wir es erkennen
why-language = Sprache
why-silence = Automatische Antwort

# Die Sprachen, die am häufigsten erkannt werden.
language-en = Englisch
language-de = Deutsch
language-fr = Französisch
language-es = Spanisch
language-it = Italienisch
language-nl = Niederländisch
language-pl = Polnisch
language-pt = Portugiesisch
language-da = Dänisch
language-sv = Schwedisch
language-cs = Tschechisch
language-tr = Türkisch

# Der Mailverlauf einer Anfrage, und eine Mail, wie sie kam.
log-title = Mailverlauf
log-back = Anfrage #{ $number }
log-intro = Jede Mail dieser Anfrage: was kam und warum es hier steht, was hinausging und was daraus wurde.
log-none = Keine Mail hatte mit dieser Anfrage zu tun.
log-envelope = Absender auf dem Umschlag: { $from }
log-for = An: { $to }
log-tries = { $count ->
    [one] { $count } Versuch
   *[other] { $count } Versuche
}
log-reply = Unsere Antwort
log-acknowledgement = Eingangsbestätigung, automatisch gesendet
log-received = eingegangen
log-sent = gesendet
log-kept = hier abgelegt
log-failed = gescheitert
log-held = zurückgehalten
log-deferred = aufgeschoben
log-queued = geht raus
log-bounced = kam zurück
log-reported = gemeldet
log-complained = Beschwerde
via-smtp = über SMTP
via-imap = aus dem Postfach abgeholt
via-pipe = vom Mailserver übergeben
source-title = Quelltext und Kopfzeilen
source-whole = Die ganze Mail, Byte für Byte
source-download = Herunterladen
source-headers = Kopfzeilen
source-body = Text

# Was aus einer Antwort wurde.
mail-held = Zurückgehalten: { $reason }
mail-sent-to-some = Gesendet, aber nicht an alle: { $reason }
send-failure-dead-address = diese Adresse funktioniert nicht

# Einstellungen: Adressen, die nicht funktionieren.
place-addresses = Adressen, die nicht funktionieren
addresses-intro = Ein Mailserver hat gesagt, dass es diese Adressen nicht gibt. Mail an sie wird zurückgehalten, und die Antwort in der Anfrage sagt es. Geben Sie eine Adresse frei, wenn Sie wissen, dass sie wieder funktioniert.
addresses-none = Jede Adresse funktioniert
addresses-none-words = Sagt ein Mailserver endgültig, dass es eine Adresse nicht gibt, steht sie mit dem Grund hier, und Mail an sie wird zurückgehalten, bis Sie sie freigeben.
addresses-since = Seit { $when }
addresses-release = Freigeben
done-address-released = Freigegeben. Mail geht wieder an diese Adresse.
done-address-held = Mail an diese Adresse wird wieder zurückgehalten.

# Einstellungen: Mails, die zurückkamen.
mails-told = Zurückgekommen
mails-told-none = Keine Ihrer Mails kam zurück.
mails-told-ticket = Anfrage öffnen

# Einstellungen: Mail, die der Kundendienst von selbst sendet.
acknowledgement-title = Neue Mail bestätigen
acknowledgement-words = Wer per Mail eine Anfrage eröffnet, erfährt sofort, dass sie angekommen ist: höchstens einmal am Tag je Adresse, nie als Antwort auf Maschinen und Mailinglisten und nie mit den Worten des Absenders.
acknowledgement-on = Neue Mail bestätigen
acknowledgement-text = Ihre eigenen Worte
acknowledgement-text-hint = Leer: unsere Worte in der Sprache des Kunden. Sie können {"{"}number{"}"}, {"{"}brand{"}"}, {"{"}promise{"}"} (bis wann er von Ihnen hört) und {"{"}link{"}"} verwenden, die Seite des Kunden.
brake-on = Automatische Mail ist seit { $when } angehalten: Der Kundendienst hat ungewöhnlich viel von selbst gesendet. Sehen Sie nach, was los ist, bevor es weitergeht.
brake-release = Weitersenden
done-brake-released = Automatische Mail geht wieder hinaus.
quarantine-hops = lief im Kreis
quarantine-release = Hereinlassen
done-let-in = Hereingelassen. Gleich wird eine Anfrage daraus.

# Die Eingangsbestätigung des Kundendienstes.
letter-acknowledgement-subject = Ihre Nachricht ist angekommen (#{ $number })
letter-acknowledgement-body =
    Guten Tag,

    vielen Dank, dass Sie an { $brand } geschrieben haben. Ihre Nachricht ist angekommen und hat die Nummer #{ $number }. Ein Mensch wird sie lesen und Ihnen antworten.

    { $promise }

    Hier können Sie Ihre Anfrage lesen und ergänzen:

    { $link }

    Diese Mail wurde automatisch gesendet.
joined-sent-by-hand = Sie lag in Ihrem Ordner für Gesendetes und beantwortet dieses Ticket
