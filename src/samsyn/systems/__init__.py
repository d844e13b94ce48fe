"""Keep what systems there are, what each is for, who uses it and what nobody knows about it yet."""
