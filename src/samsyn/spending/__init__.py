"""Let money meet the overview: what was bought on agreements, and what a system costs."""
