"""Children missing from home and care."""

from trellis.reports.annual.blocks import (
    ROUNDING,
    counts,
    heading,
    in_words,
    listed,
    most_frequent,
    moved,
    noun,
    picture_of,
    shares,
)
from trellis.reports.book import Book
from trellis.reports.document.parts import Name, Paragraph, Picture, Row, Section, Series, Table, Words, say

REPORTS, CHILDREN, REASONS = "missing.reports", "missing.children", "missing.reasons"
MONTH_NAME_ENDS = -5


def missing(book: Book) -> Section:
    return Section(
        "missing",
        "Missing from home and care",
        [
            Paragraph(how_often(book)),
            over_years(book),
            by_month(book),
            Paragraph(who(book)),
            by_legal_status(book),
            by_ethnicity(book),
            Paragraph(why(book)),
            reasons(book),
        ],
    )


def how_often(book: Book) -> Words:
    change = book.change(REPORTS)
    return say(
        "The police received {reports} missing {words} about {children} {people} in {year}{change}. That is {each} "
        "reports for each child; {repeat} {were} reported missing more than once.",
        reports=book.number(REPORTS),
        children=book.number(CHILDREN),
        words=noun(book.number(REPORTS), "report", "reports"),
        people=noun(book.number(CHILDREN), "child", "children"),
        were=noun(book.number("missing.repeat_children"), "child was", "children were"),
        year=Name(book.year),
        change=(": ", *change) if change else (),
        each=book.reports_per_child(),
        repeat=book.number("missing.repeat_children"),
    )


def over_years(book: Book) -> Picture:
    rows: list[Row] = [
        [
            Name(year),
            book.number(REPORTS, year),
            book.number(CHILDREN, year),
            book.reports_per_child(year),
            book.number("missing.mean_age", year),
        ]
        for year in book.years
    ]
    labels = ("Reports", "Children", "Reports for each child", "Mean age")
    columns = [heading("Year", numeric=False), *(heading(label) for label in labels)]
    table = Table("missing-by-year", say("Missing reports and children in each year"), columns, rows)
    title = say(
        "Missing reports {moved} from {then} in {first} to {now} in {last}",
        moved=moved(book, REPORTS),
        then=book.number(REPORTS, book.years[0]),
        first=Name(book.years[0]),
        now=book.number(REPORTS),
        last=Name(book.year),
    )
    return picture_of(table, title=title, name="Reports", column=1, base="all missing reports of the year")


def by_month(book: Book) -> Picture:
    months = {year: book.categories(REPORTS, "month", year, nought=True) for year in (book.year, book.last_year)}
    series = [
        Series(year, [book.number(REPORTS, year, month=month) for month in named]) for year, named in months.items()
    ]
    names = [book.label("month", month).text[:MONTH_NAME_ENDS] for month in months[book.year]]
    rows: list[Row] = [
        [Name(name), *(one.numbers[place] for one in reversed(series))] for place, name in enumerate(names)
    ]
    columns = [heading("Month", numeric=False), *(heading(Name(one.name)) for one in reversed(series))]
    table = Table("missing-by-month", say("Missing reports by month"), columns, rows)
    return Picture("missing-by-month", "lines", busiest(book), names, series, table, "all missing reports of the year")


def busiest(book: Book) -> Words:
    leading = most_frequent(book, REPORTS, "month")
    if not leading:
        return say("Missing reports by month")
    return say(
        "The most missing reports came in {months}, {number}{each}",
        months=listed([book.label("month", month) for month in leading]),
        number=book.number(REPORTS, month=leading[0]),
        each=" each" if len(leading) > 1 else "",
    )


def who(book: Book) -> Words:
    return say(
        "The mean age at a report was {age} years. The next tables show the reports by the child's legal status and "
        "ethnicity group on the day of the report; here each report counts once, under the highest status.",
        age=book.number("missing.mean_age"),
    )


def by_legal_status(book: Book) -> Table:
    caption = say("Missing reports by legal status on the day, {year}", year=Name(book.year))
    return counts(book, REPORTS, "legal_status", caption=caption, first="Highest legal status")


def by_ethnicity(book: Book) -> Table:
    caption = say("Missing reports by ethnicity group, {year}", year=Name(book.year))
    return counts(book, REPORTS, "ethnicity_group", caption=caption, first="Ethnicity group")


def why(book: Book) -> Words:
    leading = most_frequent(book, REASONS, "reason")
    if not leading:
        return say("No main reason for going missing can be shown for {year}.", year=Name(book.year))
    return say(
        "A main reason is known for {known} of the reports. Most often it was: {reasons} ({share}{each}).",
        known=book.part(REASONS, "denominator", reason=leading[0]),
        reasons=listed([in_words(book, "reason", reason) for reason in leading], "or"),
        share=book.number(REASONS, reason=leading[0]),
        each=" each" if len(leading) > 1 else "",
    )


def reasons(book: Book) -> Table:
    caption = say("Main reasons for going missing, {year}", year=Name(book.year))
    return shares(book, REASONS, "reason", caption=caption, first="Main reason", notes=[ROUNDING], frequent_first=True)
