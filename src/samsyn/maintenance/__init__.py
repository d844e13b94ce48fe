"""How things are looked after: groups of systems, reviews of rights, superusers, representatives, and time for it."""
