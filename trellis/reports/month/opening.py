"""The month in a few numbers, what they are and are not, and the thirteen months side by side."""

from trellis.core.presenters import day
from trellis.measures.periods import month
from trellis.reports.annual.blocks import heading, most_frequent_period, noun
from trellis.reports.book import Book, in_full
from trellis.reports.document.parts import (
    Headlines,
    Name,
    Number,
    Paragraph,
    Picture,
    Row,
    Section,
    Series,
    Table,
    Words,
    say,
)

REPORTS, CHILDREN = "missing.reports", "missing.children"
FIRST, REPEATEDLY = "missing.children_first_this_year", "missing.children_repeatedly"
RI = "missing.return_interviews."
HEADLINES = (
    ("Missing reports", REPORTS),
    ("Children reported missing", CHILDREN),
    ("For the first time this report year", FIRST),
    ("Missing repeatedly", REPEATEDLY),
    ("Returns", "missing.returns"),
    ("Offered an interview, of returns", f"{RI}offered_of_returns"),
    ("Interviews completed", f"{RI}completed"),
    ("In time, of interviews completed", f"{RI}within_72h"),
    ("In time, of returns", f"{RI}within_72h_of_returns"),
)
TREND = (
    ("Reports", REPORTS),
    ("Children", CHILDREN),
    ("Of them new this report year", FIRST),
    ("Returns", "missing.returns"),
    ("Interviews completed", f"{RI}completed"),
    ("In time, of interviews", f"{RI}within_72h"),
)


def opening(book: Book) -> Section:
    items = [(label, book.number(measure), beside(book, measure)) for label, measure in HEADLINES]
    return Section(
        "overview",
        "The month in short",
        [Paragraph(lead(book)), Headlines(items), *map(Paragraph, (what(), often(book)))],
    )


def lead(book: Book) -> Words:
    period = month(book.year)
    change = book.change(REPORTS)
    return say(
        "Between {start} and {end} the police received {reports} missing {words} about {children} {people}{change}. "
        "{first} of the children had not been reported before in the report year.",
        start=Name(day(period.starts_on)),
        end=Name(day(period.ends_on)),
        reports=book.number(REPORTS),
        words=noun(book.number(REPORTS), "report", "reports"),
        children=book.number(CHILDREN),
        people=noun(book.number(CHILDREN), "child", "children"),
        change=(", ", *change) if change else (),
        first=book.number(FIRST),
    )


def what() -> Words:
    """Never set beside the statutory return without saying so."""
    return say(
        "These are police reports of all children under eighteen, with times, by the London day they were made. The "
        "statutory return counts looked-after children only, by dates and placement. The two are never the same "
        "number. A second report of the same time missing is not counted again, and one conversation that covers "
        "several reports is one interview."
    )


def often(book: Book) -> Words:
    limits = book.material.definitions["limits"]
    return say(
        "Missing repeatedly means {count} reports or more within {days} days, the rule in force on the day of the "
        "report; reports of earlier months count towards it. A child counts once in each month, so children of months "
        "do not add up to those of the year; those new in the report year do.",
        count=Name(str(limits["missing.repeat_count"])),
        days=Name(str(limits["missing.repeat_days"])),
    )


def beside(book: Book, measure: str) -> Words:
    """What stands under a headline: the month before."""
    return say("{before} in {month}", before=book.number(measure, book.last_year), month=in_full(book.last_year))


def over_months(book: Book) -> Section:
    names = [in_full(period).text for period in book.years]
    series = [Series(label, [book.number(code, period) for period in book.years]) for label, code in TREND[:2]]
    rows: list[Row] = [[in_full(period), *(book.number(code, period) for _, code in TREND)] for period in book.years]
    columns = [heading("Month", numeric=False), *(heading(label) for label, _ in TREND)]
    table = Table("months", say("Reports, children and interviews over thirteen months"), columns, rows)
    picture = Picture("months", "lines", highest(book), names, series, table, "all missing reports of the month")
    return Section("months", "Over thirteen months", [Paragraph(against_last_year(book)), picture])


def against_last_year(book: Book) -> Words:
    change = book.change(REPORTS, book.years[0])
    if not change:
        return say("Reports of {month} cannot be set against the same month a year before.", month=in_full(book.year))
    return say(
        "{month} had {reports} reports, {change}.",
        month=in_full(book.year),
        reports=book.number(REPORTS),
        change=change,
    )


def highest(book: Book) -> Words:
    leading = most_frequent_period(book, REPORTS)
    if not leading:
        return say("Missing reports and children, month by month")
    number: Number = book.number(REPORTS, leading)
    return say("Reports were highest in {month}: {number}", month=in_full(leading), number=number)
