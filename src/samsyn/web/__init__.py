"""Furnish every page: frame, components, figures and dates in the reader's language. No tables."""
