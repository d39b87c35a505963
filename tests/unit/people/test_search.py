"""What is read out of one search box."""

from datetime import date

import pytest

from trellis.people.search import Asked, read

BORN = date(2009, 11, 3)


@pytest.mark.parametrize(
    ("typed", "asked"),
    [
        ("Amira Khan", Asked(words=("amira", "khan"))),
        ("  O’Neil-Smith,  Siân ", Asked(words=("oneilsmith", "sian"))),
        ("3/11/2009", Asked(born=BORN)),
        ("03.11.2009", Asked(born=BORN)),
        ("3 Nov 2009", Asked(born=BORN)),
        ("2009-11-03", Asked(born=BORN)),
        ("khan 3 november 2009 amira", Asked(words=("khan", "amira"), born=BORN)),
        ("31/02/2009 khan", Asked(words=("31022009", "khan"))),
        ("999 123 4567", Asked(nhs_number="9991234567")),
        ("9991234567", Asked(nhs_number="9991234567")),
        ("csh-1a2b3c4d", Asked(reference="csh-1a2b3c4d")),
        ("MP/26/0042", Asked(reference="MP/26/0042")),
        ("", Asked()),
        ("'-'", Asked()),
        ("a\0b", Asked(words=("a", "b"))),
    ],
)
def test_what_was_typed_is_read(typed, asked):
    assert read(typed) == asked


def test_a_very_long_search_keeps_its_first_words():
    assert len(read("word " * 500).words) == 8


def test_nothing_asked_is_false():
    assert not Asked()
    assert Asked(born=BORN)
