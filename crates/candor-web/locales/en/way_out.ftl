# The account through which a mailbox sends, and a trial of both its ways.

sending-title = Send through its own account
sending-row-words = Replies leave through the same account at your provider from which mail is fetched.
sending-intro = Replies from { $address } leave through an account at your provider. No DNS is needed: to the world they come from there.
sending-own = Replies leave through the account
sending-own-words = They are handed to { $server }.
sending-stop = Use the desk's server again
sending-desk = Replies leave through the desk's server
sending-desk-words = It serves every mailbox without an account of its own.
sending-account-title = The account
sending-account-words = What you enter is tried before it is kept. Nothing is sent for that.
sending-password-hint = Gmail, Yahoo and iCloud want an app password, which you make in your account there. At Microsoft 365 and Google Workspace sign in at the provider instead.
sending-login-password = The password below
sending-back = Answers come back to
sending-back-plus = help+word@…
sending-back-plain = The plain address
sending-back-hint = With a word of its own each answer finds its ticket. GMX, Web.de, T-Online, Freenet and Yahoo know the plain address only.
sending-host-hint = Such as smtp.example.org. Your provider names it under SMTP.
done-sending = The account opens. Replies leave through it from now on.
done-sending-stopped = Replies leave through the desk's server again.
both-ways = Does mail come and go?
both-ways-words = Looks into the inbox, sends a test to { $address } and lets the mailbox write to itself. If something is wrong, the page says what and how to mend it.
both-ways-try = Test both ways
both-ways-in = In: the inbox opens. { $count ->
    [0] It is empty.
    [one] There is one mail in it.
   *[other] There are { $count } mails in it.
}
both-ways-in-failed = In: the inbox does not open. { $why }
both-ways-no-inbox = In: no mail is fetched for this mailbox. Set that up under “Fetch from an inbox”, unless your mail comes straight to this desk.
both-ways-out = Out: the mail server took the test for { $address }. It should be there in a moment.
both-ways-out-failed = Out: the test did not leave. { $why }
both-ways-no-server = Out: no mail server is set up, so nothing was sent. Mail to customers is kept here until there is one.
send-failure-token-refused = The provider does not take the sign-in for sending. Sign the mailbox in again, with the right to send.
send-failure-switched-off = Sending over SMTP is switched off for this mailbox. An administrator of your organization can switch on “Authenticated SMTP” for it, or give this program the permission Mail.Send; then sign in again.
send-failure-no-right = The sign-in does not hold the right to send. Add the permission Mail.Send at the provider and sign in again.
send-failure-no-tokens = The mail server takes no sign-in, only passwords. Enter an app password.
send-failure-provider-silent = The provider gives no access at the moment. We will try again.
send-failure-signed-out = The mailbox is no longer signed in at its provider. Sign in again.
