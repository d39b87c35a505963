"""How the figures were made: the place every number leads to."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from trellis.core.presenters import moment
from trellis.reports.book import CHANGE, PER_CHILD, Book
from trellis.reports.document.parts import Definition, Definitions, Name, Paragraph, Section, say

COUNTS = {
    "people": "People or what happened to them: small numbers are suppressed",
    "activity": "Activity, not people: nothing is suppressed",
}
DERIVED = {
    CHANGE: ("Change between two years", "The figure of the later year less that of the earlier", "None: a difference"),
    PER_CHILD: ("Missing reports for each child", "Missing reports", "Children reported missing"),
}


def made(book: Book) -> Section:
    largest = book.material.definitions["limits"]["disclosure.largest_hidden"]
    lead = say(
        "All figures come from one snapshot of the hub's record, taken on {moment}. Its id is {id}. Counts of people "
        "from one to {largest} are shown as “c”, and so is any number that would give one away. Nought stays.",
        moment=Name(moment(book.material.as_at)),
        id=Name(book.material.snapshot),
        largest=Name(str(largest)),
    )
    return Section("made", "How the figures were made", [Paragraph(lead), Definitions(definitions(book))])


def definitions(book: Book) -> list[Definition]:
    measures = [
        Definition(code, str(words["title"]), rows_of(words, book.material.snapshot))
        for code, words in book.material.measures.items()
    ]
    return measures + [derived(code) for code in DERIVED]


def rows_of(words: Mapping[str, Any], snapshot: str) -> list[tuple[str, str]]:
    """What a measure says of itself, term by term."""
    return [
        ("Why it matters", words["why"]),
        ("Numerator", words["numerator"]),
        ("Denominator", words["denominator"] or "None: a count"),
        ("Population", words["population"]),
        ("Counts", COUNTS[words["counts"]]),
        ("Source", words["source"]),
        ("Owner", words["owner"]),
        ("Version of the definition", words["definition"]),
        ("Snapshot", snapshot),
    ]


def derived(code: str) -> Definition:
    title, above, below = DERIVED[code]
    rows = [
        ("Numerator", above),
        ("Denominator", below),
        ("Source", "Figures of this report, each with its own definition"),
    ]
    return Definition(code, title, rows)
