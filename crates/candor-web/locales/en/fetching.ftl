# An inbox elsewhere, in the settings of a mailbox.

fetching-title = Fetch from an inbox
fetching-row-words = For a shop whose mail lies at a provider: this desk looks there for new mail.
fetching-intro = Mail for { $address } is taken from an inbox at your provider. Nothing is deleted there.
fetching-goes = Mail is fetched
fetching-stands-still = Mail is not fetched at the moment
fetching-looked = Looked { $when }.
fetching-not-looked = Not looked yet; that happens within a minute.
fetching-kept = { $count ->
    [0] No mail taken so far.
    [one] One mail taken so far.
   *[other] { $count } mails taken so far.
}
fetching-left-behind = { $count ->
    [one] One mail is larger than 25 MB and was left there.
   *[other] { $count } mails are larger than 25 MB and were left there.
}
fetching-stop = Stop
fetching-account-title = The inbox
fetching-account-words = What you enter is tried before it is kept.
fetching-user = User
fetching-user-hint = Most often the address itself.
fetching-password = Password
fetching-password-hint = Gmail, Yahoo and iCloud want an app password, which you make in your account there. GMX and Web.de want IMAP switched on first.
fetching-host = Server
fetching-host-hint = Such as imap.example.org. Your provider names it under IMAP.
fetching-what-title = What is fetched
fetching-folder = Folder
fetching-folder-hint = INBOX is where new mail arrives.
fetching-since = Not older than
fetching-since-hint = A day, such as 2026-01-31. Empty: everything that lies there.
fetching-since-wrong = Write the day as in 2026-01-31.
fetching-after = Then
fetching-after-read = Mark it as read there
fetching-after-leave = Leave it as it is
fetching-after-move = Move it to a folder
fetching-move-to = Folder to move to
fetching-move-to-hint = Only for moving. It has to exist.
fetching-save = Try and keep
fetching-failed = Nothing was changed. { $why }
done-fetching = The inbox opens. Mail is fetched from now on.
done-fetching-stopped = Mail is no longer fetched.
imap-failure-no-such-host = There is no server of that name. Check the spelling.
imap-failure-refused = Nothing answers on that port. 993 is usual.
imap-failure-timed-out = The server does not answer. Check its name and port.
imap-failure-expects-tls = The server expects TLS from the start on this port. Choose TLS instead of STARTTLS.
imap-failure-not-loopback = The connection would not be protected, and the server is another computer. Choose TLS.
imap-failure-broken = The server ended the connection.
imap-failure-tls-not-offered = The server does not offer STARTTLS on this port. Try TLS on port 993.
imap-failure-expects-starttls = The server begins without TLS on this port. Choose STARTTLS, or port 993.
imap-failure-unknown-issuer = The server's certificate comes from nobody we know.
imap-failure-wrong-name = The server's certificate is for another name. Use the name that your provider gives.
imap-failure-out-of-date = The server's certificate has expired or is not valid yet.
imap-failure-tls = No protected connection to the server is possible.
imap-failure-login = The server does not accept this user and password. Many providers want an app password here, or IMAP switched on first.
imap-failure-folder = That folder cannot be opened. Check its name.
imap-failure-no-move = This server cannot move mails. Choose to mark them as read instead.
imap-failure-command = The server refused a request.
imap-failure-not-understood = The server said something that this desk does not understand.
imap-failure-not-kept = A mail could not be stored at the moment. It stays in the inbox and is fetched again.
fetching-gone = { $count ->
    [one] One mail left the inbox before it could be read here: another program moved or deleted it.
   *[other] { $count } mails left the inbox before they could be read here: another program moved or deleted them.
}
fetching-compared = Last compared with the inbox { $when }.
fetching-sent-title = What you send from elsewhere
fetching-sent = Folder of sent mail
fetching-sent-found = Found by itself
fetching-sent-named = Read the one below
fetching-sent-off = Do not read it
fetching-sent-hint = An answer from a telephone or an old mail program then stands in its ticket and counts.
fetching-sent-folder = Its name
fetching-sent-folder-hint = Only where you name it, such as Sent.
fetching-sent-opens = A mail to somebody new opens a ticket
fetching-sent-read = What you send from elsewhere is read in “{ $folder }”.
fetching-sent-not-read = What you send from elsewhere is not read.
error-sent-is-inbox = Choose another folder than the one in which mail arrives.
fetching-sent-gone = { $count ->
    [one] One mail left that folder before it could be read here.
   *[other] { $count } mails left that folder before they could be read here.
}
fetching-sent-compared = Last compared with that folder { $when }.
