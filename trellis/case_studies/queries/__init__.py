"""Reads: who and what a record names, and how a case study stands."""

from trellis.case_studies.queries.identities import identities_of
from trellis.case_studies.queries.studies import (
    Standing,
    entries_to_tell,
    moves_of,
    own_words_of,
    released_of_year,
    standing_of,
    studies_of,
)

__all__ = [
    "Standing",
    "entries_to_tell",
    "identities_of",
    "moves_of",
    "own_words_of",
    "released_of_year",
    "standing_of",
    "studies_of",
]
