# Mails that the desk writes by itself, and the fixed lines around a reply.
mail-delimiter = Please write above this line.
mail-closing = Your request with all answers: { $link }
mail-quote-intro = On { $date }, { $name } wrote:
letter-invitation-subject = Your access to the desk of { $brand }
letter-invitation-body =
    Hello { $name },

    you have been invited to the customer desk of { $brand }. Choose a password here; the link works once, within three days:

    { $link }

    If you did not expect this, you need not do anything.
letter-reset-subject = A new password for the desk of { $brand }
letter-reset-body =
    Hello { $name },

    somebody asked for a new password for your access to the desk of { $brand }. If it was you, choose one here; the link works once, within an hour:

    { $link }

    If it was not you, nothing has changed and you need not do anything.
