"""A hub of twenty users who see different things, and what one of them may ask, for many to ask at once."""
