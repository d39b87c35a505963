"""A protective marking is a line; the word in somebody's sentence is not."""

import pytest

from trellis.need_to_know.protective_marking import marking_of

MARKINGS = ["SECRET", "TOP SECRET"]


@pytest.mark.parametrize(
    ("text", "marking"),
    [
        ("SECRET", "SECRET"),
        ("Secret", "SECRET"),
        ("** SECRET **", "SECRET"),
        ("UK SECRET", "SECRET"),
        ("First line\r\n  top secret  \r\nthird", "TOP SECRET"),
        ("SECRET UK EYES ONLY", "SECRET"),
        ("TOP SECRET//STRAP2", "TOP SECRET"),
        ("[SECRET] The source was seen", "SECRET"),
        ("(TOP SECRET) seen", "TOP SECRET"),
        ("SECRET: seen at the arcade", "SECRET"),
        ("Protective marking: Secret", "SECRET"),
        ("CLASSIFICATION - TOP SECRET", "TOP SECRET"),
        ("ＳＥＣＲＥＴ", "SECRET"),
        ("S\u200bECRET", "SECRET"),
        ("SECRET\nTOP SECRET", "TOP SECRET"),
    ],
)
def test_a_line_that_marks(text, marking):
    assert marking_of(text, MARKINGS) == marking


@pytest.mark.parametrize(
    "text",
    [
        "",
        "OFFICIAL-SENSITIVE",
        "CONFIDENTIAL",
        "“It is our secret,” he said",
        "Secret phone found under the bed",
        "She keeps it secret",
        "He asked her to keep a SECRET from her mum",
        "Top secret hiding places are a game of theirs",
        "SECRETARY ASKED TO CALL BACK",
        "The marking was said to be wrong",
    ],
)
def test_a_line_that_does_not(text):
    assert marking_of(text, MARKINGS) == ""
