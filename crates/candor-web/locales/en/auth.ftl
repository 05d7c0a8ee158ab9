# Logging in, invitations, passwords, sessions.
login-title = Log in
login-email = E-mail address
login-password = Password
login-go = Log in
login-forgotten = I forgot my password
