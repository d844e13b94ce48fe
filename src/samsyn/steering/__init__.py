"""Say what each service is, who does which step of it, and who has provided it."""
