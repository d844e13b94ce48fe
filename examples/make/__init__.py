"""Make the demo municipalities: everything is invented, and the same each time."""
