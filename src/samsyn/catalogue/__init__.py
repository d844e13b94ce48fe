"""Say what each service is, what is included and what it costs."""
