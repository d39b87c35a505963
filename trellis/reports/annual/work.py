"""The hub's cases: opened, closed, and open at the end of each year."""

from trellis.reports.annual.blocks import counts, heading, in_words, listed, most_frequent, noun
from trellis.reports.annual.outcomes import outcomes
from trellis.reports.book import Book
from trellis.reports.document.parts import Name, Paragraph, Row, Section, Table, Words, say

OPEN, OPENED, CLOSED = "cases.open_at_year_end", "cases.opened", "cases.closed"


def work(book: Book) -> Section:
    caption = say("Cases closed by reason, {year}", year=Name(book.year))
    reasons = counts(book, CLOSED, "closure_reason", caption=caption, first="Reason", frequent_first=True)
    parts = [Paragraph(flow(book)), over_years(book), Paragraph(why_closed(book)), reasons, *outcomes(book)]
    return Section("cases", "Cases", parts)


def flow(book: Book) -> Words:
    change = book.change(OPEN)
    return say(
        "The hub opened {opened} {cases} in {year} and closed {closed}. {open} {were} open on its last day{change}.",
        opened=book.number(OPENED),
        cases=noun(book.number(OPENED), "case", "cases"),
        were=noun(book.number(OPEN), "was", "were"),
        year=Name(book.year),
        closed=book.number(CLOSED),
        open=book.number(OPEN),
        change=(", ", *change) if change else (),
    )


def over_years(book: Book) -> Table:
    rows: list[Row] = [
        [Name(year), *(book.number(measure, year) for measure in (OPENED, CLOSED, OPEN))] for year in book.years
    ]
    columns = [heading("Year", numeric=False), heading("Opened"), heading("Closed"), heading("Open on the last day")]
    return Table("cases-by-year", say("Cases opened, closed and open in each year"), columns, rows)


def why_closed(book: Book) -> Words:
    leading = most_frequent(book, CLOSED, "closure_reason")
    if not leading:
        return say("No reason for closing a case can be shown.")
    return say(
        "Most often the reason for closing was: {reasons} ({some} of {all}{each}).",
        reasons=listed([in_words(book, "closure_reason", reason) for reason in leading], "or"),
        some=book.number(CLOSED, closure_reason=leading[0]),
        all=book.number(CLOSED),
        each=" each" if len(leading) > 1 else "",
    )
