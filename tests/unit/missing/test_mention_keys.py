"""Two mentions of one thing have one key, however they were typed; of two things, two."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trellis.missing.mention_keys import LONGEST, key_of
from trellis.missing.models import Mention

ALIKE = [
    ("phone", "07700 900123", "+44 7700 900123"),
    ("phone", "07700 900123", "0044 7700 900 123"),
    ("phone", "07700-900-123", "+44 (0)7700 900123"),
    ("phone", "0161 496 0123", "+44 161 496 0123"),
    ("phone", "٠٧٧٠٠ ٩٠٠١٢٣", "07700900123"),
    ("phone", "Unknown number", "unknown  number."),
    ("place", "St. Peter's Square", "St Peters square"),
    ("place", "Café Rouge", "cafe rouge"),
    ("place", "The Flat, Heron Road", "the flat heron road"),
    ("person", "Dániel  O'NEIL", "daniel oneil"),
    ("person", "Straße", "STRASSE"),
    ("vehicle", "AB12 CDE", "ab12cde"),
    ("vehicle", "A black Golf, AB12 CDE", "ab12 cde (black)"),
    ("vehicle", "Black car", "black  CAR"),
    ("online", "@Heron_07", "heron_07"),
    ("online", "Heron_07 ", "heron_07"),
]
APART = [
    ("phone", "07700 900123", "07700 900124"),
    ("phone", "+1 202 555 0123", "0202 555 0123"),
    ("place", "Heron Road", "Heron Lane"),
    ("person", "Dan", "Dani"),
    ("vehicle", "AB12 CDE", "AB12 CDF"),
    ("vehicle", "A black car", "A red car"),
    ("online", "heron.07", "heron_07"),
]


@pytest.mark.parametrize(("kind", "one", "other"), ALIKE)
def test_one_thing_typed_in_two_ways_has_one_key(kind, one, other):
    assert key_of(kind, one) == key_of(kind, other) != ""


@pytest.mark.parametrize(("kind", "one", "other"), APART)
def test_two_things_have_two_keys(kind, one, other):
    assert key_of(kind, one) != key_of(kind, other)


@pytest.mark.parametrize("kind", Mention.Kind.values)
def test_what_holds_nothing_to_compare_has_no_key(kind):
    assert [key_of(kind, words) for words in ("", "  ", "\u200f")] == ["", "", ""]


@given(st.sampled_from(Mention.Kind.values), st.text(max_size=200))
def test_a_key_fits_its_column_and_case_and_space_make_no_difference(kind, words):
    key = key_of(kind, words)
    assert len(key) <= LONGEST
    assert "\x00" not in key or kind == "online"
    assert key_of(kind, f"  {words} ") == key
