"""Decide what is IT cost, and spread it over services and units."""
