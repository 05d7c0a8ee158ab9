# Logging in, invitations, passwords, sessions.
login-title = Anmelden
login-email = E-Mail-Adresse
login-password = Passwort
login-go = Anmelden
login-forgotten = Passwort vergessen
