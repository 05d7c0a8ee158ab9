# Mails, die der Kundendienst von selbst schreibt, und die festen Zeilen um eine Antwort.
mail-delimiter = Bitte schreiben Sie über dieser Zeile.
mail-closing = Ihre Anfrage mit allen Antworten: { $link }
mail-quote-intro = Am { $date } schrieb { $name }:
letter-invitation-subject = Ihr Zugang zum Kundendienst von { $brand }
letter-invitation-body =
    Guten Tag { $name },

    Sie wurden zum Kundendienst von { $brand } eingeladen. Hier wählen Sie ein Passwort; der Link gilt einmal, drei Tage lang:

    { $link }

    Falls Sie das nicht erwartet haben, brauchen Sie nichts zu tun.
letter-reset-subject = Ein neues Passwort für den Kundendienst von { $brand }
letter-reset-body =
    Guten Tag { $name },

    für Ihren Zugang zum Kundendienst von { $brand } wurde ein neues Passwort angefordert. Wenn Sie das waren, wählen Sie es hier; der Link gilt einmal, eine Stunde lang:

    { $link }

    Wenn nicht, ist nichts geändert und Sie brauchen nichts zu tun.
