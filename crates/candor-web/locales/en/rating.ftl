# Asking customers, and how they left.
letter-rating-subject = How did we do? Your request to { $brand }
letter-rating-body =
    Hello { $name },

    your request "{ $subject }" is settled. How did we do?

    - [All was well]({ $link }?grade=happy)
    - [It was fine]({ $link }?grade=fine)
    - [I am not happy]({ $link }?grade=unhappy)

    The link opens a page, where one more click counts it. We ask only this once.
letter-rating-alert-subject = { $brand }: a customer is not happy with request #{ $number }
letter-rating-alert-body =
    Hello { $name },

    a customer of request #{ $number } ("{ $subject }") said: not happy.

    { $words }

    The request: { $link }
rating-title = How did we do?
rating-words = Your request: “{ $subject }”
rating-happy = All was well
rating-fine = It was fine
rating-unhappy = I am not happy
rating-grade = How content are you?
rating-own-words = In your own words (if you like)
rating-send = Send
rating-thanks = Thank you. Your answer is counted.
rating-before = You have answered already. Thank you.
rating-not-open = There is no question about this request at the moment.
rating-back = To your request
rating-choose = Choose one of the three.
done-rated = Thank you. Your answer is counted.
rating-ask-on-page = How did we do?
rating-row = Asking customers
rating-row-words = One question after a request is solved, and who hears of a bad answer.
rating-settings-intro = An hour after a request is solved, its customer gets one mail with one question: happy, fine, or not happy. Each request is asked about once, never after each reply.
rating-settings-asks = Ask the customers of this mailbox
rating-settings-alert = Who hears of a bad answer
rating-settings-alert-hint = This person gets a mail when a customer is not happy.
rating-settings-nobody = Nobody
rated-happy = The customer said: all was well.
rated-fine = The customer said: it was fine.
rated-unhappy = The customer said: not happy.
done-rated-before = You have answered already. Thank you.
