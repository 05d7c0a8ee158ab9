# Mails that the desk writes by itself.
