# Servicestufen: was versprochen ist, was gehalten wurde, was als Nächstes kommt.

# Versprechen neben einem Ticket.
promise-paused = ruht, noch { $time }
promise-late = { $time } zu spät
promise-reply-in = Antwort in { $time }
promise-reply-by = Antwort bis { $time }
promise-solve-in = Lösung in { $time }
promise-solve-by = Lösung bis { $time }
promise-title = Versprochen
promise-none = Nichts ist versprochen
promise-change = Etwas anderes versprechen
promise-choose = Servicestufe
promise-by-itself = Wie Kunde, Postfach und Art es sagen
why-explicit = von Hand gewählt
why-contract = laut Vertrag
why-organization = wegen der Organisation
why-tier = wegen der Kundenklasse
why-mailbox = wegen des Postfachs
why-kind = wegen der Art
why-everybody = wie alle
clock-kept = gehalten
clock-done-late = erledigt, aber zu spät
clock-by = bis { $time }
event-promise-broken = Ein Versprechen wurde nicht gehalten: { $what } bis { $time }
event-level-set = { $who } hat die Servicestufe { $level } gewählt

# Was versprochen wird.
metric-first-reply = Erste Antwort
metric-next-reply = Weitere Antworten
metric-periodic-update = Zwischenbescheid
metric-requester-wait = Wartezeit insgesamt
metric-agent-work = Unsere Arbeit
metric-resolution = Gelöst
metric-first-reply-hint = Von der ersten Nachricht bis zu einer Antwort, die ein Mensch geschrieben hat.
metric-next-reply-hint = Ab der ältesten Nachricht ohne Antwort.
metric-periodic-update-hint = Solange wir am Zug sind: von einer Antwort zur nächsten.
metric-requester-wait-hint = Zeit als neu, offen und zurückgestellt.
metric-agent-work-hint = Zeit als neu und offen.
metric-resolution-hint = Von der ersten Nachricht bis zur Lösung.
promised-first-reply = Antwort innerhalb von { $time }
promised-next-reply = weitere Antworten innerhalb von { $time }
promised-periodic-update = Bescheid alle { $time }
promised-requester-wait = höchstens { $time } Wartezeit
promised-agent-work = höchstens { $time } bei uns
promised-resolution = gelöst innerhalb von { $time }
target-open = { $time } Öffnungszeit
target-always = { $time } rund um die Uhr
unit-open-minutes = Minuten Öffnungszeit
unit-open-hours = Stunden Öffnungszeit
unit-hours = Stunden rund um die Uhr
unit-days = Tage

# Einstellungen: Stufen.
place-levels = Servicestufen
place-hours = Öffnungszeiten
may-manage-levels = Servicestufen, Öffnungszeiten, Versprechen
levels-intro = Was Sie wem versprechen: wie schnell jemand antwortet, wie schnell es gelöst ist. Candor achtet auf jedes Versprechen, stellt das nächste Ticket nach vorn und sagt Ihren Kunden, bis wann sie von Ihnen hören.
levels-first = Zuerst: Wann haben Sie geöffnet?
levels-first-words = Versprechen können nur die Öffnungszeit zählen. Ihre Zeiten sind in einer Minute eingetragen.
levels-first-step = Öffnungszeiten eintragen
levels-none = Noch ist nichts versprochen
levels-none-words = Ohne Stufe läuft keine Uhr. Beginnen Sie mit der folgenden und ändern Sie sie jederzeit, oder schreiben Sie eine eigene.
levels-start = Übernehmen
levels-start-name = Standard
levels-start-words = Für alle: Dringendes innerhalb von 4 Stunden Öffnungszeit, der Rest innerhalb von 9, was warten kann innerhalb von 18. Nur Ihr Team liest es.
level-another = Für andere etwas anderes?
level-add = Stufe hinzufügen
level-add-title = Servicestufe hinzufügen
level-hours-of = Zählt die Zeiten von „{ $name }“
level-public-chip = öffentlich
level-rests = Ruht
level-in-use = In Gebrauch
level-in-use-words = Eine ruhende Stufe bekommt niemand. Ihre Tickets bekommen, was sie ohne sie bekämen.
level-let-rest = Ruhen lassen
level-wake = In Gebrauch nehmen
level-calendar = Öffnungszeiten
level-calendar-hint = Wessen Zeiten als geöffnet zählen.
level-targets = Was Sie versprechen
level-targets-hint = Lassen Sie ein Feld leer, wo Sie nichts versprechen. Öffnungszeit steht nachts, an geschlossenen Tagen und an Feiertagen still.
level-unit = Einheit
level-more = Weitere Versprechen
level-for = Für wen
level-for-hint = Das Nächstliegende zählt: Organisation vor Kundenklasse, Kundenklasse vor Postfach, Postfach vor Art.
cover-rest = Alle
cover-everybody = Alle, für die keine andere Stufe gilt
cover-tiers = Kundenklassen
cover-organizations = Organisationen
cover-mailboxes = Postfächer
cover-kinds = Arten
level-weight = Wie viel sie zählt
level-weight-hint = 1 ist üblich. 2 stellt ihre Tickets vor andere, die ebenso dringend und ebenso bald fällig sind.
level-public = Kunden dürfen sie lesen
level-public-hint = Zeigt sie mit dem, was gehalten wurde, auf der Seite „Was wir versprechen“.
fastest-title = Schnelle Zeiten, sparsam
fastest-words = Wenn alle zuerst drankommen, kommt niemand zuerst dran. Candor warnt, wenn ein größerer Teil Ihrer Kunden die schnellste Stufe bekommt: durch Vertrag, Organisation oder Kundenklasse, oder weil sie für alle gilt. Stufen für ein Postfach oder eine Art von Tickets zählen nicht mit.
fastest-share = Höchstanteil der Kunden mit den schnellsten Zeiten, in %
fastest-chip = für zu viele
fastest-few = Die schnellsten Zeiten, die Sie versprechen, für { $percent } % Ihrer Kunden.
fastest-too-many = Die schnellsten Zeiten, die Sie versprechen, für { $percent } % Ihrer Kunden; Sie wollen höchstens { $most } %. Geben Sie sie weniger Kunden, oder versprechen Sie manchen längere Zeiten.
queue-limit-title = Als Nächstes
queue-limit-words = Wer so viele offene Tickets hat, kann kein weiteres nehmen. So hortet niemand.
queue-limit = Höchstzahl offener Tickets einer Person
error-level-weight = Bitte schreiben Sie eine Zahl von 0.01 bis 1000.
error-level-calendar = Bitte wählen Sie Öffnungszeiten.
error-level-target = Bitte schreiben Sie eine ganze Zahl von Minuten, Stunden oder Tagen; höchstens ein Jahr.
error-level-nothing = Bitte versprechen Sie wenigstens eines.
error-level-overlap = Für einige davon gilt schon eine andere Stufe. Nehmen Sie sie zuerst dort heraus.

# Einstellungen: Zeiten.
hours-intro = Wann Versprechen zählen: Ihre Woche, geschlossene Tage, Tage mit anderen Zeiten.
hours-another = Ein weiterer Ort oder ein Team mit eigenen Zeiten?
hours-another-words = Jede Stufe zählt die Zeiten, die Sie für sie wählen.
hours-add = Öffnungszeiten hinzufügen
hours-add-title = Öffnungszeiten hinzufügen
hours-name-usual = Unsere Zeiten
hours-always = rund um die Uhr
hours-days = { $from } bis { $to }
hours-presets = Beginnen mit
preset-office = Werktags 9 bis 17
preset-split = Mit Mittagspause
preset-shop = Mit Samstag
preset-always = Rund um die Uhr
hours-week = Ihre Woche
hours-week-hint = Etwa 09:00-18:00 oder 9-12, 13-17. Leer heißt geschlossen. 22:00-06:00 geht über Mitternacht.
hours-closed = Geschlossene Tage und andere Zeiten
hours-holidays = Geschlossene Tage
hours-holidays-hint = Einer je Zeile: 2026-12-24 Heiligabend, oder 12-25 Weihnachten für jedes Jahr.
hours-exceptions = Tage mit anderen Zeiten
hours-exceptions-hint = Einer je Zeile: 2026-12-23 10:00-14:00, oder 2026-12-30 geschlossen.
hours-state = Feiertage eines Bundeslands
hours-state-none = Keine
hours-state-hint = Sie kommen beim Speichern zu Ihren geschlossenen Tagen, die beweglichen für zehn Jahre.
hours-file = Feiertage aus einer Datei
hours-file-hint = Eine iCalendar-Datei (.ics), etwa mit den Feiertagen Ihres Landes. Ihre Tage kommen hinzu.
hours-feed = Geschlossene Tage von einer Adresse
hours-feed-hint = Die iCalendar-Adresse eines Kalenders, den jemand pflegt, etwa Ihre Feiertage in Google oder Outlook. Sie wird täglich gelesen; ihre ganzen Tage sind geschlossen.
hours-feed-read = Die Adresse wurde zuletzt gelesen: { $at }. { $days ->
    [0] Sie schließt keinen Tag.
    [one] Sie schließt einen Tag.
   *[other] Sie schließt { $days } Tage.
  }
hours-feed-soon = Die Adresse wird gerade gelesen; schauen Sie gleich noch einmal.
hours-feed-again = Es wird jede Stunde wieder versucht.
hours-feed-no-answer = Die Adresse für geschlossene Tage antwortete nicht.
hours-feed-inside = Die Adresse für geschlossene Tage liegt in Ihrem Netz oder ist keine, die gefragt werden darf; CANDOR_OUTBOUND_ALLOW erlaubt es.
hours-feed-moved = Die Adresse für geschlossene Tage führt zu einer anderen weiter. Öffnen Sie sie in einem Browser und nehmen Sie die Adresse, die dann dort steht.
hours-feed-gone = Unter der Adresse für geschlossene Tage liegt nichts mehr.
hours-feed-forbidden = Die Adresse für geschlossene Tage verlangt eine Anmeldung. Nehmen Sie die geheime oder die öffentliche Adresse des Kalenders.
hours-feed-status = Der Server der Adresse für geschlossene Tage antwortete mit Fehler { $status }.
hours-feed-large = Der Kalender unter der Adresse für geschlossene Tage ist größer als 1 MB.
hours-feed-no-calendar = Unter der Adresse für geschlossene Tage liegt keine iCalendar-Datei (Zeile { $line } gehört zu keiner). Nehmen Sie die Adresse, die auf .ics endet.
done-hours = Gespeichert. Hier ist Ihr Jahr.
error-calendar-hours = Bitte schreiben Sie es als 09:00-18:00, mehrere mit Komma, ohne Überschneidung.
error-calendar-closed = Bitte haben Sie an wenigstens einem Tag geöffnet.
error-calendar-holidays = Bitte beginnen Sie jede Zeile mit einem Tag wie 2026-12-24 oder 12-25.
error-calendar-file = Das ist keine lesbare iCalendar-Datei.
error-calendar-exceptions = Bitte beginnen Sie jede Zeile mit einem Tag wie 2026-12-23, dann Zeiten oder „geschlossen“; jeden Tag einmal.
error-calendar-lines = Höchstens 500 Zeilen.
error-calendar-feed = Schreiben Sie eine Adresse, die mit https:// oder webcal:// beginnt.
year-title = Ihr Jahr
year-closed = geschlossen
year-holiday = geschlossener Tag
year-other = andere Zeiten
year-list = Alle geschlossenen oder geänderten Tage

# Als Nächstes.
next-title = Als Nächstes
next-tab = Nächstes
next-waiting =
    { $count ->
        [one] { $count } Ticket wartet
       *[other] { $count } Tickets warten
    }
next-mine = Sie haben { $count } von höchstens { $limit }
next-take = Nächstes Ticket nehmen
next-yours = Ihres
next-other-team = für { $team }
next-needs = braucht { $skills }
next-for-others =
    { $count ->
        [one] Ein weiteres Ticket wartet auf jemanden aus einem anderen Team oder mit anderen Fähigkeiten.
       *[other] { $count } weitere Tickets warten auf andere Teams oder auf Leute mit anderen Fähigkeiten.
    }
next-empty = Niemand wartet
next-empty-words = Tickets, die noch niemand hat, und Ihre eigenen stehen hier in der Reihenfolge, in der sie beantwortet werden sollten.
next-order = Die Reihenfolge wägt ab, wem was versprochen ist, wie dringend es ist und wie viel Zeit bleibt. Niemand wartet länger als das Fünffache des Versprochenen. Öffnen Sie einen Grund, um die Rechnung zu sehen.
next-starving = wartet schon viel zu lange
next-level = { $level }-Kunde
next-left = noch { $time }
next-unpromised = wartet seit { $time }, nichts versprochen
next-our-turn = wir sind am Zug
next-sum = Zählt { $weight } ({ $tier } für die Stufe × { $urgency } für die Dringlichkeit). { $waited } von { $target } Minuten verbraucht. Kennzahl { $index }; die größere geht vor.
next-unavoidable = Mit einer Person bei der Arbeit werden mindestens { $share } % dessen, was wartet, in jeder Reihenfolge zu spät. Eine zweite Person hilft mehr als eine andere Reihenfolge.
done-taken = Es gehört jetzt Ihnen.
done-nothing-next = Es wartet nichts, was Sie nehmen dürfen.
done-enough = Sie haben so viele offene Tickets, wie Sie haben dürfen. Schließen Sie erst eines ab oder geben Sie eines weiter.

# Was gehalten wurde.
promises-title = Versprechen
percent = { $number } %
kept-intro = Was versprochen und was gehalten wurde. Versprechen, die jetzt überfällig sind, zählen als nicht gehalten.
kept-none = Noch nichts zu zählen
kept-none-words = Sobald ein Versprechen gehalten oder verpasst ist, steht es hier.
kept-period = Zeitraum
kept-public = Was Kunden lesen
kept-by = Gezählt nach
kept-level = Stufe
kept-contract = Vertrag
kept-team = Team
kept-reason = Grund
kept-no-team = Kein Team
kept-no-reason = Noch kein Schlagwort
kept-words-team = Ein Ticket zählt für das Team, das es jetzt hat.
kept-words-reason = Ein Ticket zählt für jedes Schlagwort, das es jetzt trägt: mit zweien also doppelt.
kept-more = Es gibt noch mehr; die Tabelle hat alle.
kept-file = Als Tabelle (CSV)
kept-what = Versprechen
kept-share = Gehalten
kept-count = Anzahl
kept-beaten = Im Schnitt unterboten um
kept-interval = { $low } bis { $high }
kept-of = { $kept } von { $of }
kept-words = Unter jedem Anteil steht, wo er mit 95 % Sicherheit wirklich liegen kann: Wenige Versprechen sagen wenig.

# Das Versprechen-Studio.
studio-title = Versprechen ausprobieren
studio-intro = Verändern Sie das Versprechen oder das Team und sehen Sie, wie oft es gehalten würde.
studio-no-hours = Tragen Sie zuerst Öffnungszeiten ein: Versprechen zählen Öffnungszeit.
studio-hours = Versprechen, in Stunden Öffnungszeit
studio-people = Personen an einem geöffneten Werktag
studio-weekend = Personen an einem geöffneten Samstag oder Sonntag
studio-tickets = Tickets in der Woche
studio-tickets-hint = Ihr Team hat zuletzt { $count } in der Woche beantwortet.
studio-minutes = Minuten für eine Antwort
studio-minutes-measured = Lesen, herausfinden, schreiben. Gemessen: { $minutes } im Mittel, an { $answers } Antworten der letzten 90 Tage.
studio-minutes-assumed = Lesen, herausfinden, schreiben. { $minutes } ist angenommen: Weniger als 30 Antworten wurden gemessen.
studio-pattern = Wann geschrieben wird
studio-pattern-own = Wie bei Ihnen geschrieben wurde
studio-pattern-usual = Wie einem kleinen Geschäft meist geschrieben wird
studio-pattern-measured = Gemessen: { $tickets } Tickets aus { $weeks } ganzen Wochen.
studio-pattern-fits = Das Muster passt: Die Zahlen streuen, wie es der Zufall will ({ $index }; 1 ist reiner Zufall).
studio-pattern-loose = Das Muster passt nur ungefähr: Tage unterscheiden sich aus eigenen Gründen ({ $index }; 1 ist reiner Zufall), die Anteile unten sind also eher zu gut.
studio-pattern-too-little = Noch nicht genug Daten: { $weeks } ganze Wochen mit { $tickets } Tickets. Nötig sind 3 Wochen und 100 Tickets.
studio-count = Rechnen
studio-result = Dieses Team, simuliert
studio-verdict = Bei einem Versprechen von { $hours } wären { $share } rechtzeitig ({ $low } bis { $high }).
studio-one-more = Mit einer Person mehr an Werktagen: { $share }.
studio-hour = am { $day } { $from }–{ $to } Uhr
studio-breaks = Zuerst bricht, was { $hour } kommt: { $late } davon wären zu spät, { $part } von allem, was zu spät ist.
studio-helped = Mit einer Person mehr { $hour }: { $share }.
studio-aim = Nehmen Sie sich im Team { $hours } vor, dann wird es meist unterboten.
studio-publish = Sie können { $hours } versprechen und es in 95 von 100 Fällen halten.
studio-publish-none = Keines dieser Versprechen würde in 95 von 100 Fällen gehalten.
studio-own = Ihre eigenen Antworten aus 90 Tagen
studio-own-words =
    { $count ->
        [one] { $count } erste Antwort wurde gemessen, in Öffnungszeit.
       *[other] { $count } erste Antworten wurden gemessen, in Öffnungszeit.
    }
studio-own-verdict = Sie hielten { $hours } in 95 von 100 Fällen, mit Sicherheit.
studio-own-none = Sie hielten keines dieser Versprechen in 95 von 100 Fällen.
studio-too-little = Noch nicht genug Daten: Erst ab 59 Antworten lässt sich etwas sagen.
studio-overloaded = Es kommt mehr herein, als dieses Team je beantworten kann. Nötig sind mehr als { $hours } Personenstunden in der Woche.
studio-refused = Das lässt sich nicht rechnen. Bitte verwenden Sie Zahlen über 0 und höchstens 50 Personen.
studio-promise = Versprechen
studio-range = Liegt wirklich bei

# Was Kunden lesen.
public-title = Was wir versprechen
public-usual = Eine Antwort dauert zurzeit meist etwa { $time }.
public-nothing = Hier ist noch nichts versprochen. Wir antworten, so schnell wir können.
public-answer = Erste Antwort
public-solution = In Ordnung gebracht
public-kept-title = Gehalten, 90 Tage
public-urgent = Wenn etwas dringend ist
public-normal = Gewöhnlich
public-can-wait = Wenn es warten kann
public-hours = Es zählt die Zeit, in der wir geöffnet haben: { $hours }.
public-kept = { $share } von { $of }
public-none-yet = noch nicht gezählt
owed-by = Sie hören von uns bis { $time }.
owed-late = Sie hätten bis { $time } von uns hören sollen. Das tut uns leid, und es kümmert sich jemand darum.
owed-kept = Wir haben nach { $time } geantwortet, wie versprochen.
owed-broken = Wir haben nach { $time } geantwortet. Das war später als versprochen, und es tut uns leid.

# Versprechen, die Menschen in Antworten geben.
metric-promised = In einer Antwort versprochen
metric-promised-hint = Was jemand in einer Antwort genannt hat.
promised-promised = Nachricht innerhalb von { $time }
given-offer = Ich stehe dazu: Nachricht bis { $time }
given-ask = Sie versprechen eine Nachricht bis { $time }.
given-ask-words = Soll Candor darauf achten? Sie werden vorher erinnert, und der Kunde liest es auf seiner Seite.
given-yes = Ja, senden und daran erinnern
given-no = Nein, nur senden
given-by = { $who } hat eine Nachricht versprochen
given-withdrawn = zurückgezogen
given-withdraw = Versprechen zurückziehen
given-mine = Das haben Sie versprochen
event-promise-given = { $who } hat eine Nachricht bis { $time } versprochen
event-promise-withdrawn = { $who } hat ein Versprechen zurückgezogen
done-promise-withdrawn = Das Versprechen ist zurückgezogen
error-promise-due = Wählen Sie eine Zeit in den nächsten 62 Tagen.
kept-given = In Antworten versprochen
portal-given-open = { $who } hat versprochen, Ihnen bis { $time } zu schreiben.
portal-given-open-nobody = Wir haben versprochen, Ihnen bis { $time } zu schreiben.
portal-given-late = Wir haben versprochen, Ihnen bis { $time } zu schreiben, und es nicht getan. Das tut uns leid, und es kümmert sich jemand darum.
portal-given-kept = Wir haben versprochen, Ihnen bis { $time } zu schreiben, und es getan.
portal-given-kept-late = Wir haben versprochen, Ihnen bis { $time } zu schreiben, und schrieben { $done }. Das war zu spät, und es tut uns leid.
portal-given-withdrawn = Wir haben versprochen, Ihnen bis { $time } zu schreiben. Das gilt nicht mehr.

# Wie dringend ein Ticket nach den Tatsachen ist.
suggest-several = Dieser Kunde hat { $count } offene Tickets.
suggest-valued = Eine Beschwerde von jemandem, dem Sie mehr versprochen haben als anderen.
suggest-feedback = Lob oder eine Idee: Darauf wartet niemand.
suggest-can-wait = Als kann warten markieren
decide-otherwise = Anders entscheiden
decide-reason = Warum
decide-back = Entscheidung zurücknehmen
decided = { $who } hat entschieden: { $urgency }
event-decided = { $who } hat anders entschieden als vorgeschlagen: { $urgency }
event-decision-back = { $who } hat eine Entscheidung über die Dringlichkeit zurückgenommen
error-reason-empty = Sagen Sie in ein paar Worten, warum.
owed-by-usually-within = Sie hören von uns bis { $time }, meist innerhalb von { $usual }.
owed-by-usually-at = Sie hören von uns bis { $time }, meist schon bis { $usual }.
next-promised = in einer Antwort versprochen
