# Personal: Dringlichkeiten, Dienstplan, Planung, eigene Schichten.

# Dringlichkeiten.
health-title = Dringlichkeit
health-intro = Wenn alles dringend ist, ist nichts dringend. Hier steht, wie viel dringend heißt und was das für die Tickets bedeutet, die es wirklich sind. Gezählt werden Tickets, nie Personen.
health-alarm = Viel zu viel heißt dringend: { $urgent } der letzten { $tickets } Tickets, wo { $expected } üblich wären. Was wirklich dringend ist, wartet dafür länger.
health-shares = Wie dringend Tickets sind
health-share = Anteil
health-count = Tickets
health-tickets =
    { $count ->
        [one] { $count } Ticket ohne Spam
       *[other] { $count } Tickets ohne Spam
    }
health-nothing = Es kamen keine Tickets.
health-longer = Dringendes wartet { $by } % länger, als wenn { $quota } % der Tickets dringend wären.
health-shorter = Dringendes wartet { $by } % kürzer, als wenn { $quota } % der Tickets dringend wären.
health-as-meant = Dringendes wartet so lange wie gewollt, bei { $quota } % der Tickets.
health-busy = Ihr Team ist zu { $busy } % ausgelastet: { $tickets } Tickets in der Woche, je { $minutes } Minuten wie gemessen, { $hours } Stunden im Dienstplan dieser Woche.
health-busy-assumed = Ihr Team ist zu { $busy } % ausgelastet: { $tickets } Tickets in der Woche, je { $minutes } Minuten (angenommen, es wurden zu wenige Antworten gemessen), { $hours } Stunden im Dienstplan dieser Woche.
health-busy-over = Es kommt mehr herein, als der Dienstplan dieser Woche schafft; die Zahlen sind der günstigste Fall.
health-busy-unknown = Wie ausgelastet Ihr Team ist, lässt sich ohne Dienstplan nicht sagen; angenommen sind { $busy } %. Je höher die Auslastung, desto mehr verliert Dringendes.
health-how = So ist das gerechnet
health-sum = Wartezeit dringender Tickets geteilt durch die Wartezeit ohne Vorrang: (1 − Auslastung) ÷ (1 − Auslastung × Anteil dringend), nach Cobham. Auslastung { $busy }, dringend { $urgent }, Quote { $quota }. Wirklich genutzt werden { $levels } Stufen.
health-weeks = Woche für Woche
health-weeks-words = Die Marke steht bei { $quota } %. „Zu viele“ heißt: mehr, als der Zufall erlaubt.
health-urgent = Als dringend markiert
health-effect = Was es bewirkt
health-above = zu viele
health-last = Von den letzten { $tickets } Tickets sind { $urgent } dringend. Bei einer Quote von { $quota } % kommt das oder mehr in { $chance } der Fälle durch Zufall vor. Unter 5 % wird es Ihnen gesagt.
health-quota-title = Wie viel dringend sein darf
health-quota-words = Teamleitungen erfahren, wenn deutlich mehr als das dringend heißt. 5 % sind üblich.
health-quota = Von hundert Tickets

# Was der Dienstplan nicht annimmt.
error-day = Bitte schreiben Sie einen Tag wie 2026-11-23.
error-days-backwards = Das endet, bevor es beginnt.
error-days-long = Zwei Jahre sind das meiste.
error-shift-hours = Bitte schreiben Sie es als 09:00-17:00.
error-shift-long = Eine Schicht dauert höchstens 16 Stunden.
error-roster-decided-what = Jemand war schneller
error-roster-decided-safe = Es wurde nichts geändert: Es ist inzwischen entschieden, vergeben oder zurückgezogen.
error-roster-decided-next = Gehen Sie zurück und sehen Sie nach, wie es jetzt steht.
error-roster-oneself-what = Dafür braucht es jemand anderen
error-roster-oneself-safe = Es wurde nichts geändert: Niemand vertritt sich selbst.
error-roster-oneself-next = Gehen Sie zurück und wählen Sie eine andere Person.
error-roster-no-day-what = An dem Tag gibt es diese Schicht nicht
error-roster-no-day-safe = Es wurde nichts geändert.
error-roster-no-day-next = Gehen Sie zurück und sehen Sie Ihre Schichten an: Der Dienstplan kann sich geändert haben.

# Mails an Kolleginnen und Kollegen.
letter-roster-subject = { $brand }: Neues vom Dienstplan
letter-roster-body =
    Hallo { $name },

    { $news }

    Hier steht es: { $link }
roster-day-form = %d.%m.%Y
roster-absence-asked = { $who } möchte frei haben: { $days }.
roster-absence-withdrawn = { $who } ist nun doch da: { $days }.
roster-absence-approved = Ihre Abwesenheit ist genehmigt: { $days }.
roster-absence-declined = Ihre Abwesenheit ist abgelehnt: { $days }.
roster-absence-open = Ihre Abwesenheit wird noch einmal geprüft: { $days }.
roster-deputy = { $who } ist nicht da, und Sie vertreten: { $days }.
roster-swap-taken = { $other } würde die Schicht von { $who } übernehmen: { $days }.
roster-swap-given-back = Die Schicht von { $who } übernimmt doch niemand: { $days }.
roster-swap-approved = { $other } arbeitet statt { $who }: { $days }.
roster-swap-declined = Die Schicht bleibt bei { $who }: { $days }.
roster-swap-withdrawn = { $who } behält die Schicht: { $days }.
roster-swap-lapsed = Der Tausch der Schicht von { $who } ist hinfällig, weil sich der Dienstplan geändert hat: { $days }.
roster-swap-on-offer = { $who } bietet die Schicht wieder an: { $days }.
roster-swap-open = Der Tausch von { $who } und { $other } wird noch einmal geprüft: { $days }.

# Personalplanung.
staff-title = Personalplanung
staff-week = { $from } bis { $to }
staff-weeks = Wochen
staff-before = Früher
staff-after = Später
staff-days = { $from } bis { $to }
plan-intro = Was hereinkommt, wer gebraucht wird, damit Ihre Versprechen gehalten werden, und wer da ist.
plan-no-hours = Zuerst: Wann haben Sie geöffnet?
plan-no-hours-words = Bis dahin gilt werktags von 9 bis 17 Uhr.
plan-no-roster = Niemand hat eingetragen, wann jemand arbeitet. Tragen Sie Schichten im Dienstplan ein, dann stehen sie neben dem Bedarf.
plan-too-little = Noch nicht genug Daten: { $weeks } ganze Wochen mit { $tickets } Tickets. Nötig sind 3 Wochen und 100 Tickets. Bis dahin steht hier das übliche Muster eines kleinen Geschäfts.
plan-forecast = Erwartet
plan-forecast-from = { $tickets } Tickets, aus Ihren letzten { $weeks } Wochen
plan-forecast-assumed = { $tickets } Tickets (angenommen)
plan-handle = Eine Antwort dauert
plan-handle-measured = im Schnitt { $minutes } Minuten, gemessen an { $answers } Antworten
plan-handle-assumed = { $minutes } Minuten (angenommen: weniger als 30 Antworten wurden gemessen)
plan-hours = Personenstunden
plan-hours-of = { $there } im Dienstplan, { $need } gebraucht
plan-fit = Wie gut das Muster passt
plan-fit-unknown = noch nicht bekannt
plan-fit-good = gut (Streuung { $index }; 1 ist reiner Zufall)
plan-fit-loose = lose (Streuung { $index }; 1 ist reiner Zufall): Einzelne Tage weichen aus eigenen Gründen ab
plan-need-title = Gebraucht und da
plan-there = Personen da
plan-short = da, aber weniger als gebraucht
plan-need = Personen gebraucht
plan-chart = { $day }: gebrauchte und anwesende Personen je halbe Stunde. Die Zahlen stehen in der Tabelle darunter.
plan-closed = geschlossen
plan-day = { $there } Std. da, { $need } gebraucht
plan-table = Die Zahlen als Tabelle
plan-hour = Uhrzeit
plan-cell = { $there } von { $need }
plan-how = So ist das gerechnet
plan-how-words = Erwartet wird der Durchschnitt jedes Wochentags aus den letzten acht ganzen Wochen, verteilt nach dem Tagesmuster, das Werktage teilen. Eine Antwort dauert, was gemessen wurde: vom Öffnen des Tickets bis zum letzten Wort vor dem Senden, ohne Entwürfe, die stundenlang lagen; was anderswo getan wird, ist nicht darin. Personen verbringen 85 % ihrer Zeit mit Tickets. Gebraucht werden so wenige Personen, dass jedes Ticket innerhalb von 70 % dessen begonnen wird, was die Stufe für alle verspricht, auch was kam, während geschlossen war; mindestens eine, solange geöffnet ist.
plan-moves = Was helfen würde
plan-move = Jemanden verlegen: { $from } wird frei, { $to } kommt dazu.
plan-missing = Es fehlt jemand: { $when }.
plan-missing-more = Und in { $count } weiteren Abschnitten fehlt jemand.
plan-skill-missing = Niemand mit der Fähigkeit „{ $skill }“ steht im Dienstplan: { $days }.
plan-spare = Eine Person mehr als gebraucht: { $when }.
plan-fits = Der Dienstplan passt zum Bedarf.
plan-make = Schichtplan erstellen
plan-title = Schichtplan
plan-title-words = Für diese Woche erstellt: Jede halbe Stunde hat die Personen, die sie braucht, an jedem offenen Tag ist nach Möglichkeit jede Fähigkeit da, niemand arbeitet mehr als 40 Stunden oder 5 Tage, zwischen zwei Schichten liegen elf Stunden, und wer nicht da ist, bleibt frei. Der Dienstplan ändert sich erst, wenn Sie es unten sagen.
plan-best = { $hours } Personenstunden; einen besseren Plan gibt es nicht.
plan-good = { $hours } Personenstunden; der beste Plan, der in zehn Sekunden gefunden wurde.
plan-skill-without = Niemand mit der Fähigkeit „{ $skill }“ arbeitet: { $days }.
plan-with-break = { $hours }, Pause { $break }
plan-ics = Als Kalender (.ics)
plan-csv = Als Tabelle (.csv)
plan-trouble-closed = Sie haben die ganze Woche geschlossen.
plan-trouble-nobody = Hier arbeitet noch niemand.
plan-trouble-short = Mit den Personen, die Sie haben, lässt sich diese Woche nicht planen. Es fehlt:
plan-trouble-cannot = Mit den Personen, die Sie haben, lässt sich diese Woche nicht planen: Was für Schichten und Personen gilt, lässt keinen Plan übrig.
plan-trouble-way-out = Mehr Personen, längere Versprechen oder weniger Abwesenheiten würden helfen.
plan-trouble-large = Das sind mehr Personen und Schichten, als der Planer auf einmal abwägen kann.
plan-trouble-long = Der Planer hat in seiner Zeit keinen Plan gefunden. Mit weniger Personen oder kürzeren Öffnungszeiten fände er einen.
plan-lack-people = { $day }, { $from } bis { $to }: { $need } gebraucht, { $there } möglich neben allem anderen. Eine Schicht dann könnten haben: { $people }.
plan-lack-nobody = { $day }, { $from } bis { $to }: { $need } gebraucht, aber niemand kann dann eine Schicht haben.
plan-lack-hours = Die Woche braucht mindestens { $need } Personenstunden; zusammen haben alle { $have }.
plan-lack-idle = { $person } soll mindestens { $least } Stunden arbeiten; möglich sind { $most }.
plan-lack-more = Und { $count } weitere.

# Der Dienstplan.
roster-title = Dienstplan
roster-intro = Wer wann arbeitet. Die Zeiten sind die Ihres Geschäfts.
roster-decide = Wartet auf Sie
roster-approve = Genehmigen
roster-refuse = Ablehnen
roster-hours = { $hours } Stunden in dieser Woche
roster-hours-of = { $hours } h
roster-for = { $hours } für { $name }
roster-is-away = nicht da
roster-away = Nicht da
roster-away-none = Niemand fehlt oder wird fehlen.
shift-person = Wer
shift-hours = Zeiten
shift-hours-hint = Zum Beispiel 09:00-17:00; 22:00-06:00 geht über Mitternacht.
shift-days = Jede Woche am
shift-days-hint = Kreuzen Sie für einen einzelnen Tag nichts an.
shift-first = Erster Tag
shift-last = Letzter Tag
shift-last-hint = Leer heißt ohne Ende.
shift-add = Schicht eintragen
shift-add-title = Schicht eintragen
shift-title = { $name }, { $hours }
shift-change-words = Vergangene Tage ändern sich mit. Um sie zu behalten, setzen Sie einen letzten Tag und tragen eine neue Schicht ein.
shift-remove = Entfernen
shift-remove-row = Nicht mehr nötig?
shift-remove-words = Die ganze Schicht entfällt, an allen Tagen. Sie können sie zurückholen.
done-shift-added = Die Schicht ist eingetragen.
absence-kind = Grund
absence-leave = Urlaub
absence-sick = Krank
absence-other = Anderes
absence-first = Erster Tag
absence-last = Letzter Tag
absence-last-hint = Leer heißt ein Tag.
absence-deputy = Wer vertritt
absence-deputy-hint = Sieht die Tickets unter „Als Nächstes“.
absence-deputy-is = { $name } vertritt
absence-no-deputy = niemand vertritt
absence-note = Notiz
absence-note-hint = Nur Teamleitungen lesen sie.
absence-asked = wartet auf die Teamleitung
absence-approved = genehmigt
absence-declined = abgelehnt
absence-withdrawn = zurückgezogen
absence-withdraw = Zurückziehen
absence-note-it = Eintragen
absence-add-title = Jemand ist nicht da
absence-add-words = Was Sie hier eintragen, gilt sofort. Den Grund lesen nur Teamleitungen und die Person selbst.
absence-ask = Senden
absence-ask-title = Ich bin nicht da
absence-ask-words = Urlaub wartet auf eine Teamleitung. Wenn Sie krank sind, gilt es sofort. Den Grund lesen nur Sie und Teamleitungen.
done-absence-noted = Eingetragen; wer vertritt, erfährt es.
done-absence-asked = Gesendet.
done-approved = Genehmigt. Die Beteiligten erfahren es.
done-declined = Abgelehnt. Die Beteiligten erfahren es.
done-roster-taken-back = Zurückgenommen.

# Eigene Schichten.
shifts-title = Meine Schichten
shifts-row = Wann Sie arbeiten, Abwesenheit, Tausch.
shifts-open = Öffnen
shifts-intro = Ihre nächsten vier Wochen.
shifts-next = Als Nächstes
shifts-none = Im Dienstplan steht keine Schicht von Ihnen. Teamleitungen schreiben ihn.
shifts-today = heute
shifts-file = Im eigenen Kalender
shifts-file-words = Eine Datei mit diesen Schichten.
feed-title = Ihr Kalender liest mit
feed-none = Noch keine Adresse
feed-since = Es gibt eine Adresse seit { $when }
feed-words = Fügen Sie die Adresse in Ihr Kalenderprogramm ein, dann stehen Ihre Schichten der nächsten vier Wochen dort und ändern sich mit dem Dienstplan. Sie zeigt nur Ihre Schichten, und zwar allen, die sie kennen.
feed-make = Adresse anlegen
feed-anew = Neu anlegen
feed-anew-title = Die Adresse neu anlegen?
feed-anew-words = Kalender, die die jetzige Adresse lesen, bekommen sofort nichts mehr.
feed-end = Abschalten
feed-new = Die Adresse Ihrer Schichten
feed-new-words = Kopieren Sie sie jetzt: Sie wird nur dieses eine Mal gezeigt. Wählen Sie im Kalenderprogramm „Abonnieren“ oder „Per URL hinzufügen“.
done-feed-ended = Die Adresse führt jetzt nirgendwohin.
shifts-taken-from = übernommen von { $name }
shifts-you-are-away = Sie sind nicht da
shifts-away = Sie sind nicht da bis { $day }. Ihnen werden keine Tickets zugeteilt.
shifts-deputy = Sie vertreten
shifts-stands-in = Für { $name }
shifts-absences = Abwesenheit
shifts-absences-none = Nichts geplant.
swap-title = Tausch
swap-offer = Anderen anbieten
swap-offered = angeboten
swap-yours-offered = Sie bieten diese Schicht an
swap-others-offer = { $name } bietet diese Schicht an
swap-question = { $taker } würde statt { $name } arbeiten
swap-approved = { $taker } arbeitet statt { $name }
swap-declined = Die Schicht bleibt bei { $name }
swap-lapsed = Hinfällig: Der Dienstplan hat sich geändert, { $name } hat diese Schicht nicht mehr
swap-take = Ich übernehme sie
swap-give-back = Lieber nicht
swap-keep = Doch behalten
swap-decide = Entscheiden
done-offered = Angeboten. Alle sehen es unter „Meine Schichten“.
done-swap-taken = Eine Teamleitung entscheidet; dann gehört sie Ihnen.

# While somebody is away.
ticket-away = { $name } ist bis { $day } nicht da
ticket-away-deputy = { $name } ist bis { $day } nicht da, { $deputy } vertritt
next-stands-in = Sie vertreten { $name }
done-away = Sie sind nicht da, deshalb wird Ihnen nichts zugeteilt. Ziehen Sie erst Ihre Abwesenheit unter „Meine Schichten“ zurück.

# Wie Tickets zu Personen kommen.
queue-mode-title = Wer das nächste Ticket bekommt
queue-mode-words = Wo das System Tickets zuteilt, gibt es sie denen, die nach Dienstplan da sind, oder, wenn jemand keine Schichten hat, in der letzten halben Stunde hier waren: nie jemandem, der nicht da ist, nie über die Grenze oben hinaus und nur, was die Person beantworten darf.
queue-mode = Art
queue-mode-pull = Jede und jeder nimmt das nächste selbst
queue-mode-round-robin = Das System gibt reihum je eines
queue-mode-least-loaded = Das System gibt es der Person mit den wenigsten

# Ein Plan wird zum Dienstplan.
adopt-title = Zum Dienstplan machen
adopt-words = Die Schichten des Plans werden in den Dienstplan der Wochen geschrieben, die Sie wählen. Was dort steht, ruht in diesen Wochen und ist wieder da, wenn Sie den Plan zurücknehmen. Pausen werden nicht eingetragen.
adopt-weeks = Für
adopt-weeks-hint = In jeder Woche dieselben Tage. Ist jemand nicht da oder geschlossen, entfällt diese Schicht, und Sie sehen es vorher.
adopt-button = Zum Dienstplan machen
adopt-confirm-title = Bevor sich der Dienstplan ändert
adopt-confirm-words = { $shifts } Schichten würden eingetragen. Darunter steht, was nicht passt oder ruhen würde. Noch hat sich nichts geändert.
adopt-confirm = Trotzdem zum Dienstplan machen
adopt-leave = So lassen
adopt-changed = Der Dienstplan hat sich geändert, seit Sie nachgesehen haben. So steht es jetzt.
adopt-left-out = Entfällt aus dem Plan
adopt-replaced = Ruht in diesen Wochen
adopt-swap = ein Tausch läuft oder ist vereinbart
adopted = Diese Woche kommt aus einem Schichtplan
adopted-words = { $weeks ->
    [one] Für eine Woche. Was vorher dort stand, ruht und ist wieder da, wenn Sie den Plan zurücknehmen.
   *[other] Für { $weeks } Wochen. Was vorher dort stand, ruht und ist wieder da, wenn Sie den Plan zurücknehmen.
}
adopted-began = Seine Wochen haben begonnen, darum bleibt er. Einzelne Schichten lassen sich weiter ändern.
adopted-back = Plan zurücknehmen
done-adopted = Der Plan ist jetzt der Dienstplan.
done-adopted-already = Der Dienstplan ist genau so.
error-plan-weeks = Wählen Sie eine bis acht Wochen, die noch nicht begonnen haben.
error-plan-nothing = Vom Plan bleibt in diesen Wochen nichts übrig: Alle darin sind dann nicht da, oder es ist geschlossen.
error-plan-outdated-what = Der Plan passt nicht mehr
error-plan-outdated-safe = Es wurde nichts geändert: Seit der Plan erstellt wurde, haben sich Öffnungszeiten, Personen, ihre Stunden oder Abwesenheiten geändert, oder der Dienstplan, nachdem Sie nachgesehen hatten.
error-plan-outdated-next = Gehen Sie zurück und erstellen Sie den Plan neu.
