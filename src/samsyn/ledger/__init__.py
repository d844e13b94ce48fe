"""Hold the books: import them, keep them, sum them."""
