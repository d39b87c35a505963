"""The hub's cases: opened, closed, and open at the end of each year."""

from trellis.reports.annual.blocks import counts, heading, in_words, ranked
from trellis.reports.book import Book
from trellis.reports.document.parts import Name, Paragraph, Section, Table, Words, say

OPEN, OPENED, CLOSED = "cases.open_at_year_end", "cases.opened", "cases.closed"


def work(book: Book) -> Section:
    caption = say("Cases closed by reason, {year}", year=Name(book.year))
    reasons = counts(book, CLOSED, "closure_reason", caption=caption, first="Reason")
    return Section("cases", "Cases", [Paragraph(flow(book)), over_years(book), Paragraph(why_closed(book)), reasons])


def flow(book: Book) -> Words:
    change = book.change(OPEN)
    return say(
        "The hub opened {opened} cases in {year} and closed {closed}. {open} were open on its last day{change}.",
        opened=book.number(OPENED),
        year=Name(book.year),
        closed=book.number(CLOSED),
        open=book.number(OPEN),
        change=(", ", *change) if change else (),
    )


def over_years(book: Book) -> Table:
    rows = [[Name(year), *(book.number(measure, year) for measure in (OPENED, CLOSED, OPEN))] for year in book.years]
    columns = [heading("Year", numeric=False), heading("Opened"), heading("Closed"), heading("Open on the last day")]
    return Table("cases-by-year", say("Cases opened, closed and open in each year"), columns, rows)


def why_closed(book: Book) -> Words:
    order = ranked(book, CLOSED, "closure_reason")
    if not order:
        return say("No reason for closing a case can be shown.")
    return say(
        "The most frequent reason for closing was “{reason}” ({some} of {all}).",
        reason=in_words(book, "closure_reason", order[0]),
        some=book.number(CLOSED, closure_reason=order[0]),
        all=book.number(CLOSED),
    )
