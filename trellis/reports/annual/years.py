"""Year on year: the main figures over four years, with what a reader must know to compare them."""

from collections.abc import Mapping

from trellis.reports.annual.blocks import heading
from trellis.reports.annual.local import local_words
from trellis.reports.book import Book
from trellis.reports.document.parts import Name, Number, Paragraph, Run, Section, Table, Words, say

MEASURES = (
    "referrals.received",
    "cases.open_at_year_end",
    "cases.closed",
    "missing.reports",
    "missing.children",
    "missing.repeat_children",
    "missing.mean_age",
    "missing.return_interviews.completed",
    "missing.return_interviews.within_72h",
    "missing.return_interviews.within_72h_of_reports",
)


def years(book: Book) -> Section:
    notes = annotations(book)
    lead = say(
        "The same measures, defined the same way, over four years. The last column is the change since {year}.",
        year=Name(book.last_year),
    )
    return Section("years", "Year on year", [Paragraph(lead), *map(Paragraph, notes), four_years(book)])


def four_years(book: Book) -> Table:
    marked = {str(note["year"]) for note in noted(book)}
    columns = [
        heading("Measure", numeric=False),
        *(heading((Name(year), " *") if year in marked else Name(year)) for year in book.years),
        heading("Change"),
    ]
    notes = [say("* The year carries a note, above.")] if marked else []
    return Table(
        "year-on-year", say("The main figures over four years"), columns, [row(book, m) for m in MEASURES], (), notes
    )


def row(book: Book, measure: str) -> list[Run]:
    title = Name(str(book.material.measures[measure]["title"]))
    counted = book.figure(measure).unit == "count"
    change: Run = book.signed_change(measure, book.year) if counted else ""
    numbers: list[Number] = [book.number(measure, year) for year in book.years]
    return [title, *numbers, change]


def annotations(book: Book) -> list[Words]:
    """What happened in a year that its figures cannot say."""
    return [(Name(str(note["year"])), ": ", *note_words(book, note)) for note in noted(book)]


def noted(book: Book) -> list[Mapping[str, str]]:
    """The hub's standing annotations and the edition's own, for the years compared."""
    standing = book.material.definitions["annotations"]
    own = [{**note, "own": "yes"} for note in book.material.local.get("annotations", [])]
    return sorted(
        (note for note in [*standing, *own] if note["year"] in book.years), key=lambda note: str(note["year"])
    )


def note_words(book: Book, note: Mapping[str, str]) -> Words:
    return local_words(book, note["words"]) if note.get("own") else (Name(note["words"]),)
