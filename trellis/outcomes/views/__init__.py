"""Outcomes of a young person, what a closure asks for, and the lists of a team."""
