"""Know when each contract ends, when it must be decided about, and what happens if nobody does."""
