"""The documents the law asks for, made from what is known: each with its date, its gaps and what changed."""
