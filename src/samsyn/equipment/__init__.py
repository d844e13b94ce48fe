"""Keep which devices there are, who has each, until when it is leased, and what it costs to hand it back or not."""
