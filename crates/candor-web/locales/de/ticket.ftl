# One ticket: its thread, its composer, its properties.
