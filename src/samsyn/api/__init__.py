"""Open the doors for machines."""
