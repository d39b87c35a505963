"""How long children were away, where they were found, and what followed."""

from trellis.core.presenters import lower_first
from trellis.reports.annual.blocks import counts, heading, in_words, listed, most_frequent, picture_of, shares
from trellis.reports.annual.interviews import limit
from trellis.reports.book import Book, in_full
from trellis.reports.document.parts import Name, Paragraph, Picture, Row, Section, Table, Words, say

RETURNS = "missing.returns"
RI = "missing.return_interviews."
OFFERED, OUTCOMES, WITHOUT = f"{RI}offered_of_returns", f"{RI}outcomes", f"{RI}none_by_reason"
SIDE_BY_SIDE = (
    f"{RI}within_72h",
    f"{RI}within_72h_of_reports",
    f"{RI}within_72h_of_returns",
    f"{RI}completed_of_reports",
    f"{RI}completed_of_returns",
    OFFERED,
)


def returns(book: Book) -> Section:
    month = (", ", in_full(book.year))
    places = counts(
        book,
        RETURNS,
        "found_place",
        caption=("Where they were found", *month),
        first="Kind of place",
        frequent_first=True,
    )
    return Section(
        "returns", "Coming back", [Paragraph(came_back(book)), lengths(book), Paragraph(where(book)), places]
    )


def came_back(book: Book) -> Words:
    return say(
        "Children came back {returns} times in {month}. A time away counts from when the child was last seen to when "
        "they were back, in elapsed hours, in the month they came back.",
        returns=book.number(RETURNS),
        month=in_full(book.year),
    )


def lengths(book: Book) -> Picture:
    table = counts(
        book, RETURNS, "length", caption=("How long they were away, ", in_full(book.year)), first="Time away"
    )
    leading = most_frequent(book, RETURNS, "length")
    title = say("How long they were away")
    if leading:
        title = say(
            "Most were away {lengths}: {number}{each}",
            lengths=listed([in_words(book, "length", one) for one in leading], "or"),
            number=book.number(RETURNS, length=leading[0]),
            each=" each" if len(leading) > 1 else "",
        )
    return picture_of(table, title=title, name="Returns", column=1, base="all returns of the month, by time away")


def where(book: Book) -> Words:
    leading = most_frequent(book, RETURNS, "found_place")
    if not leading:
        return say("No kind of place can be shown. Only kinds of place on the hub’s list are named, never an address.")
    return say(
        "Most often the place was: {places} ({number}{each}). Only kinds of place on the hub’s list are named, never "
        "an address.",
        places=listed([in_words(book, "found_place", one) for one in leading], "or"),
        number=book.number(RETURNS, found_place=leading[0]),
        each=" each" if len(leading) > 1 else "",
    )


def interviews(book: Book) -> Section:
    month = (", ", in_full(book.year))
    outcomes = shares(
        book,
        OUTCOMES,
        "outcome",
        caption=("What became of the interview after each return", *month),
        first="The interview",
    )
    reasons = counts(
        book, WITHOUT, "reason", caption=("Returns without an interview", *month), first="Reason", frequent_first=True
    )
    return Section(
        "interviews",
        "Return interviews",
        [Paragraph(how_many(book)), side_by_side(book), Paragraph(accounted(book)), outcomes, reasons],
    )


def how_many(book: Book) -> Words:
    return say(
        "{offered} of the returns of {month} led to an offer. {held} interviews were completed in the month, {prompt} "
        "of them within {limit} of the child’s return. Of all reports of the month {of_reports} led to an interview in "
        "time; of all returns {of_returns} did. Each answers another question, so they stand side by side.",
        offered=book.number(OFFERED),
        month=in_full(book.year),
        held=book.number(f"{RI}completed"),
        prompt=book.number(f"{RI}within_72h"),
        limit=limit(book),
        of_reports=book.number(f"{RI}within_72h_of_reports"),
        of_returns=book.number(f"{RI}within_72h_of_returns"),
    )


def side_by_side(book: Book) -> Table:
    rows: list[Row] = []
    for measure in SIDE_BY_SIDE:
        said = book.material.measures[measure]
        rows.append(
            [
                Name(str(said["title"])),
                Name(lower_first(str(said["population"]).replace("in the year", "in the month"))),
                book.part(measure, "numerator"),
                book.part(measure, "denominator"),
                book.number(measure),
                book.number(measure, book.last_year),
            ]
        )
    named = ("Figure", "Out of")
    columns = [
        *(heading(word, numeric=False) for word in named),
        *(heading(word) for word in ("Number", "Base", "Share")),
    ]
    columns.append(heading((in_full(book.last_year), ", share")))
    caption = say("Return interviews, each base side by side, {month}", month=in_full(book.year))
    return Table("interviews-side-by-side", caption, columns, rows)


def accounted(book: Book) -> Words:
    return say(
        "Every return is accounted for below, as the record stood when the report was made. {without} ended without an "
        "interview, because it was declined or not offered.",
        without=book.number(WITHOUT),
    )
