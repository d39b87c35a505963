"""What the report is for, and the numbers a reader leaves with."""

from trellis.core.presenters import day
from trellis.measures.periods import report_year
from trellis.reports.book import Book
from trellis.reports.document.parts import Headlines, Name, Number, Paragraph, Section, Words, say

HEADLINES = (
    ("Referrals received", "referrals.received"),
    ("Cases open at the end of the year", "cases.open_at_year_end"),
    ("Missing reports", "missing.reports"),
    ("Children reported missing", "missing.children"),
    ("Return interviews completed", "missing.return_interviews.completed"),
    ("Interviews within the time limit", "missing.return_interviews.within_72h"),
)


def opening(book: Book) -> Section:
    period = report_year(book.year)
    purpose = say(
        "This report says what the hub saw and did between {start} and {end}. It brings together children's social "
        "care, police, health and partners around children who are harmed outside the home: exploited sexually or for "
        "crime, hurt or threatened by serious violence, trafficked, or missing.",
        start=Name(day(period.starts_on)),
        end=Name(day(period.ends_on)),
    )
    trust = say(
        "Every number in it is a figure with one definition. Follow a number to see how it was made: what was counted, "
        "out of whom, and from which snapshot of the record. Small numbers that could point to a child are not shown; "
        "“c” stands in their place."
    )
    items = [(label, book.number(measure), beside(book, measure)) for label, measure in HEADLINES]
    return Section("overview", "Overview and purpose", [Paragraph(purpose), Headlines(items), Paragraph(trust)])


def beside(book: Book, measure: str) -> Words:
    """What stands under a headline: the year before."""
    before: Number = book.number(measure, book.last_year)
    return say("{before} in {year}", before=before, year=Name(book.last_year))
