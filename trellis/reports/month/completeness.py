"""What the figures rest on: how much of the record was filled in."""

from dataclasses import replace

from trellis.reports.annual.blocks import heading
from trellis.reports.book import Book, in_full, year_before
from trellis.reports.document.parts import Name, Paragraph, Row, Section, Table, say

MISSING = "not_known"
# What may not be recorded: of the month, then of the last full year.
OF_MONTH = (
    ("Grade of risk", "missing.reports_described", "risk_grade"),
    ("Age", "missing.reports_described", "age_band"),
    ("Time away", "missing.returns", "length"),
    ("Where they were found", "missing.returns", "found_place"),
    ("Why there was no interview", "missing.return_interviews.none_by_reason", "reason"),
)
OF_YEAR = (
    ("Ethnicity group", "missing.reports", "ethnicity_group"),
    ("Sex", "missing.reports_profile", "sex"),
    ("Special educational needs", "missing.reports_profile", "send"),
    ("Why an interview was late", "missing.return_interviews.delay_reasons", "reason"),
)


def completeness(book: Book) -> Section:
    year = Book(replace(book.material, period=year_before(book.year)))
    lead = say(
        "A figure is as good as the record. This is how often what the report speaks of was not recorded; where "
        "it is often, read the breakdown beside it with care."
    )
    rows = [row(each, *one) for each, asked in ((book, OF_MONTH), (year, OF_YEAR)) for one in asked]
    columns = [heading("What", numeric=False), heading("Of", numeric=False), heading("Not recorded"), heading("Out of")]
    table = Table("completeness", say("What was not recorded"), columns, rows)
    return Section("completeness", "How complete the record is", [Paragraph(lead), table])


def row(book: Book, what: str, measure: str, key: str) -> Row:
    return [what, Name(in_full(book.year).text), book.number(measure, **{key: MISSING}), book.number(measure)]
