"""Arithmetic of the cost model: which rule takes a row, what a model document says, how cost is spread."""
