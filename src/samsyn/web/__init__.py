"""Furnish every page: the frame, the components, the figures and dates in the reader's language. No tables."""
