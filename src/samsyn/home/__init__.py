"""Meet each person with what they answer for and what awaits them."""
