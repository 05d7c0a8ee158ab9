# Logging in, invitations, passwords, sessions.
