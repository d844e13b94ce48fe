"""Keep every change as an event that the database itself refuses to alter."""
