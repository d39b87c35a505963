"""How the figures were made: the place every number leads to."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from trellis.core.presenters import moment
from trellis.measures.periods import is_year
from trellis.reports.book import CHANGE, PER_CHILD, RATE_RATIO, Book
from trellis.reports.document.parts import Definition, Definitions, Name, Paragraph, Section, Words, say

COUNTS = {
    "people": "People or what happened to them: small numbers are suppressed",
    "activity": "Activity, not people: nothing is suppressed",
}
DERIVED = {
    CHANGE: ("Change between two periods", "The figure of the later less that of the earlier", "None: a difference"),
    PER_CHILD: ("Missing reports for each child", "Missing reports", "Children reported missing"),
    RATE_RATIO: (
        "Ratio of rates, with its interval",
        "The share of the group: number over base, as shown",
        "The share of all other groups that are recorded; the interval is by the logarithm of the ratio, at 95%",
    ),
}
OF_YEARS, OF_MONTHS = (CHANGE, PER_CHILD), (CHANGE, RATE_RATIO)


def made(book: Book) -> Section:
    largest = book.material.definitions["limits"]["disclosure.largest_hidden"]
    lead = say(
        "All figures come from one snapshot of the hub's record, taken on {moment}. Its id is {id}. Counts of people "
        "from one to {largest} are shown as “c”, and so is any number that would give one away. Nought stays.",
        moment=Name(moment(book.material.as_at)),
        id=Name(book.material.snapshot),
        largest=Name(str(largest)),
    )
    words = [Paragraph(lead)] if is_year(book.year) else [Paragraph(lead), Paragraph(of_a_month())]
    return Section("made", "How the figures were made", [*words, Definitions(definitions(book))])


def of_a_month() -> Words:
    return say(
        "Measures are defined for any period. Where a definition speaks of the year, a figure of a month counts in "
        "that month. The months of a report year add up to the year, save for children, who may be reported again. "
        "What this report shows by month no report shows by year, so that neither gives away what the other hides."
    )


def definitions(book: Book) -> list[Definition]:
    measures = [
        Definition(code, str(words["title"]), rows_of(words, book.material.snapshot))
        for code, words in book.material.measures.items()
    ]
    return measures + [derived(code) for code in (OF_YEARS if is_year(book.year) else OF_MONTHS)]


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
