"""What the systems do and for whom, where several do the same, and the smallest set that does it all."""
