"""How young people's lives stood when the work ended: each area of each case closed, what is not known among them."""

from trellis.measures.definitions.outcomes import AT_CLOSURE, code_of
from trellis.measures.tables import ACT_AREAS, CLOSURE_AREAS, OUTCOME_STATUSES
from trellis.reports.annual.blocks import heading, noun
from trellis.reports.book import Book
from trellis.reports.document.parts import Name, Paragraph, Part, Picture, Row, Series, Table, Words, say

CLOSED = "cases.closed"
SETS = (
    ("outcomes-at-closure", "Outcomes at closure", CLOSURE_AREAS),
    ("act-at-closure", "The six areas of the ACT evaluation at closure", ACT_AREAS),
)
DRAWN = ("achieved", "not_known")
NOTE = say("Each row sums to the cases closed. What nobody asked is counted as not known and never left out.")


def outcomes(book: Book) -> list[Part]:
    """A chart and table for each of the two sets; nothing for an edition made before outcomes were counted."""
    if AT_CLOSURE not in book.material.measures:
        return []
    return [Paragraph(said(book)), *(at_closure(book, *one) for one in SETS)]


def said(book: Book) -> Words:
    return say(
        "For the {closed} {cases} closed in {year} it was asked how things stood in each area of life. "
        "Two of the areas belong to both tables, and are asked once.",
        closed=book.number(CLOSED),
        cases=noun(book.number(CLOSED), "case", "cases"),
        year=Name(book.year),
    )


def at_closure(book: Book, key: str, words: str, areas: tuple[str, ...]) -> Picture:
    names = [book.label("outcome", area) for area in areas]
    rows: list[Row] = [
        [name, *(book.number(code_of(area), status=status) for status in OUTCOME_STATUSES), book.number(code_of(area))]
        for name, area in zip(names, areas, strict=True)
    ]
    columns = [
        heading("Area", numeric=False),
        *(heading((book.label("status", status),)) for status in OUTCOME_STATUSES),
        heading("Cases closed"),
    ]
    caption = say("{what}, {year}", what=Name(words), year=Name(book.year))
    table = Table(key, caption, columns, rows, notes=[NOTE])
    series = [
        Series(book.label("status", status).text, [book.number(code_of(area), status=status) for area in areas])
        for status in DRAWN
    ]
    title = say("{what}: what was achieved, and what is not known, {year}", what=Name(words), year=Name(book.year))
    return Picture(key, "bars", title, [name.text for name in names], series, table, "cases closed in the year")
