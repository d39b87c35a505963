"""Return interviews: how many, how soon, each base of the share in time side by side, and why some were late."""

from trellis.core.presenters import lower_first
from trellis.reports.annual.blocks import counts, heading, in_words, listed, most_frequent, noun
from trellis.reports.book import Book
from trellis.reports.document.parts import Name, Number, Paragraph, Picture, Row, Section, Series, Table, Words, say

COMPLETED, DELAYS = "missing.return_interviews.completed", "missing.return_interviews.delay_reasons"
IN_TIME = "missing.return_interviews.within_72h"
OF_REPORTS, OF_RETURNS = f"{IN_TIME}_of_reports", f"{IN_TIME}_of_returns"
HELD = "missing.return_interviews.completed_of_reports"
MONTH_NAME_ENDS = -5


def interviews(book: Book) -> Section:
    return Section(
        "interviews",
        "Return interviews",
        [
            Paragraph(how_many(book)),
            Paragraph(one_number_three_bases(book)),
            side_by_side(book),
            by_month(book),
            Paragraph(why_late(book)),
            delays(book),
        ],
    )


def limit(book: Book) -> Name:
    """The time limit in force on the last day of the year, in words."""
    return Name(f"{book.material.definitions['limits']['missing.return_interview']} hours")


def how_many(book: Book) -> Words:
    change = book.change(COMPLETED)
    return say(
        "An independent person held {completed} return {interviews} in {year}{change}. {share} of them, {some}, took "
        "place within {limit} of the child's return.",
        completed=book.number(COMPLETED),
        interviews=noun(book.number(COMPLETED), "interview", "interviews"),
        year=Name(book.year),
        change=(", ", *change) if change else (),
        share=book.number(IN_TIME),
        some=book.part(IN_TIME, "numerator"),
        limit=limit(book),
    )


def one_number_three_bases(book: Book) -> Words:
    return say(
        "That share is of interviews held, and says nothing of those that never took place. Of the {reports} missing "
        "reports of the year, {of_reports} led to an interview in time; of the {returns} returns, {of_returns} did. "
        "The three answer different questions, so they stand side by side.",
        reports=book.part(OF_REPORTS, "denominator"),
        of_reports=book.number(OF_REPORTS),
        returns=book.part(OF_RETURNS, "denominator"),
        of_returns=book.number(OF_RETURNS),
    )


def side_by_side(book: Book) -> Table:
    rows: list[Row] = []
    for measure in (IN_TIME, OF_REPORTS, OF_RETURNS, HELD):
        words = book.material.measures[measure]
        rows.append(
            [
                Name(str(words["title"])),
                Name(lower_first(str(words["population"]))),
                book.part(measure, "numerator"),
                book.part(measure, "denominator"),
                book.number(measure),
                book.number(measure, book.last_year),
            ]
        )
    columns = [
        heading("Figure", numeric=False),
        heading("Out of", numeric=False),
        heading("Number"),
        heading("Base"),
        heading("Share"),
        heading((Name(book.last_year), " share")),
    ]
    caption = say(
        "Return interviews within {limit}, each base side by side, {year}", limit=limit(book), year=Name(book.year)
    )
    return Table("interviews-side-by-side", caption, columns, rows)


def by_month(book: Book) -> Picture:
    months = book.categories(COMPLETED, "month", nought=True)
    names = [book.label("month", month).text[:MONTH_NAME_ENDS] for month in months]
    held: list[Number] = [book.number(COMPLETED, month=month) for month in months]
    in_time = [book.part(IN_TIME, "numerator", month=month) for month in months]
    shares = [book.number(IN_TIME, month=month) for month in months]
    rows: list[Row] = [list(row) for row in zip(map(Name, names), held, in_time, shares, strict=True)]
    columns = [
        heading("Month", numeric=False),
        heading("Held"),
        heading("Of them in time"),
        heading("Share in time"),
    ]
    table = Table("interviews-by-month", say("Return interviews by month"), columns, rows)
    title = say("{share} of return interviews were held in time over the year", share=book.number(IN_TIME))
    series = [Series("Held", held), Series("Of them in time", in_time)]
    return Picture(
        "interviews-by-month", "lines", title, names, series, table, "return interviews completed in the month"
    )


def why_late(book: Book) -> Words:
    leading, late = most_frequent(book, DELAYS, "reason"), book.number(DELAYS)
    if not leading:
        return say("No reason for a late interview can be shown.")
    return say(
        "{late} {were} late. A delay has its reason; most often: {reasons} ({some}{each}).",
        late=late,
        were=noun(late, "interview was", "interviews were"),
        reasons=listed([in_words(book, "reason", reason) for reason in leading], "or"),
        some=book.number(DELAYS, reason=leading[0]),
        each=" each" if len(leading) > 1 else "",
    )


def delays(book: Book) -> Table:
    caption = say("Return interviews held late, by reason, {year}", year=Name(book.year))
    return counts(book, DELAYS, "reason", caption=caption, first="Reason for the delay", frequent_first=True)
