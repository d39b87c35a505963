"""What the reports of the month were like, and whom those of the last full year were about."""

from dataclasses import replace

from trellis.reports.annual.blocks import ROUNDING, counts, heading, in_words, listed, most_frequent, picture_of, shares
from trellis.reports.book import Book, in_full, year_before
from trellis.reports.document.parts import Name, Paragraph, Picture, Row, Section, Series, Table, Words, say
from trellis.reports.month.labels import DAYS, FROM_HOURS, UNTIL

DESCRIBED, HIGH, REASONS = "missing.reports_described", "missing.graded_high", "missing.reasons"
DELAYS = "missing.return_interviews.delay_reasons"
AS_THEY_STOOD = say("As the police graded it last; grades change as more is known.")


def circumstances(book: Book) -> Section:
    return Section(
        "reports",
        "The reports",
        [
            Paragraph(from_where(book)),
            table(book, "kind", "Missing reports, from home and from care", "From"),
            table(book, "area", "Missing reports by where the child lives", "Area"),
            ages(book),
            week(book),
            Paragraph(graded(book)),
            replace(table(book, "risk_grade", "Missing reports by grade of risk", "Grade"), notes=[AS_THEY_STOOD]),
        ],
    )


def table(book: Book, key: str, caption: str, first: str) -> Table:
    return counts(book, DESCRIBED, key, caption=(caption, ", ", in_full(book.year)), first=first)


def from_where(book: Book) -> Words:
    return say(
        "{home} reports were of children missing from home and {care} of children missing from care; {away} were of "
        "children away from their placement whose whereabouts were known.",
        home=book.number(DESCRIBED, kind="home"),
        care=book.number(DESCRIBED, kind="care"),
        away=book.number(DESCRIBED, kind="away_without_authorisation"),
    )


def ages(book: Book) -> Picture:
    made = table(book, "age_band", "Missing reports by age", "Age at the report")
    title = say("Missing reports by age")
    if leading := most_frequent(book, DESCRIBED, "age_band"):
        title = say(
            "Most reports were about young people aged {ages}{young}",
            ages=listed([in_words(book, "age_band", age) for age in leading]),
            young=under_twelve(book),
        )
    return picture_of(made, title=title, name="Reports", column=1, base="all missing reports of the month, by age")


def under_twelve(book: Book) -> Words:
    """The reports about the youngest, where the number is shown."""
    young = book.number(DESCRIBED, age_band="under_12")
    return () if young.suppressed else say("; {young} were about children under twelve", young=young)


def week(book: Book) -> Picture:
    """Seven days by six parts of the day, in London time."""
    series = [
        Series(
            f"{hour}–{UNTIL[hour][:2]}",
            [book.number(DESCRIBED, part_of_week=f"{day}-{hour}") for day in range(1, len(DAYS) + 1)],
        )
        for hour in FROM_HOURS
    ]
    rows: list[Row] = [[Name(name), *(one.numbers[place] for one in series)] for place, name in enumerate(DAYS)]
    columns = [heading("Day", numeric=False), *(heading(Name(one.name)) for one in series)]
    caption = say("Missing reports by day and hour, London time, {month}", month=in_full(book.year))
    made = Table("part-of-week", caption, columns, rows)
    base = "all missing reports of the month, by when they were made"
    return Picture("part-of-week", "heat", busiest(book), DAYS, series, made, base)


def busiest(book: Book) -> Words:
    leading = most_frequent(book, DESCRIBED, "part_of_week")
    if not leading:
        return say("When in the week reports came")
    return say(
        "Most reports came on {parts} ({number}{each})",
        parts=listed([book.label("part_of_week", part) for part in leading]),
        number=book.number(DESCRIBED, part_of_week=leading[0]),
        each=" each" if len(leading) > 1 else "",
    )


def graded(book: Book) -> Words:
    return say(
        "{share} of the reports, {some} of {all}, were graded high risk.",
        share=book.number(HIGH),
        some=book.part(HIGH, "numerator"),
        all=book.part(HIGH, "denominator"),
    )


def last_year(book: Book) -> Section:
    """Who the children were is told for a full year: a month of it would undo what the year hides."""
    year = Book(replace(book.material, period=year_before(book.year)))
    named = (", ", Name(year.year))
    tables = (
        counts(
            year,
            "missing.reports",
            "legal_status",
            caption=("Missing reports by legal status", *named),
            first="Highest legal status",
        ),
        counts(
            year,
            "missing.reports",
            "ethnicity_group",
            caption=("Missing reports by ethnicity group", *named),
            first="Ethnicity group",
        ),
        counts(year, "missing.reports_profile", "sex", caption=("Missing reports by sex", *named), first="Sex"),
        counts(
            year,
            "missing.reports_profile",
            "send",
            caption=("Missing reports by special educational needs", *named),
            first="Need",
        ),
        shares(
            year,
            REASONS,
            "reason",
            caption=("Main reasons for going missing", *named),
            first="Main reason",
            notes=[ROUNDING],
            frequent_first=True,
        ),
        counts(
            year,
            DELAYS,
            "reason",
            caption=("Return interviews held late, by reason", *named),
            first="Reason for the delay",
            frequent_first=True,
        ),
    )
    return Section(
        "year", "Who the children were, over a full year", [Paragraph(whom(year)), Paragraph(why_a_year()), *tables]
    )


def whom(year: Book) -> Words:
    leading = most_frequent(year, REASONS, "reason")
    reason = (
        listed([in_words(year, "reason", one) for one in leading], "or") if leading else ("not one that can be shown",)
    )
    return say(
        "In {year}, the last report year that was over, {reports} reports were about {children} children, of whom "
        "{again} were reported more than once. The main reason found most often was: {reason}.",
        year=Name(year.year),
        reports=year.number("missing.reports"),
        children=year.number("missing.children"),
        again=year.number("missing.repeat_children"),
        reason=reason,
    )


def why_a_year() -> Words:
    return say(
        "Who the children are is shown for a whole report year and not for a month. A year less eleven months is the "
        "twelfth, so both together would give away numbers that each of them hides."
    )
