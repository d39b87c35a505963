"""What young people's times missing have in common: links computed from what was recorded, each with its evidence.

A link is a question for a worker, never a fact, and is not kept: it is there for as long as its evidence is.
"""
