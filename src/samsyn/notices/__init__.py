"""Send mail and reminders out of the house."""
