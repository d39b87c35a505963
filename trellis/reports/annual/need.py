"""Need: the referrals of four years, by type, and what changed."""

from decimal import Decimal

from trellis.reports.annual.blocks import (
    ROUNDING,
    base_note,
    counts,
    heading,
    in_words,
    listed,
    most_frequent,
    moved,
    noun,
    picture_of,
    ranked,
)
from trellis.reports.book import Book, exact
from trellis.reports.document.parts import (
    Name,
    Number,
    Paragraph,
    Picture,
    Row,
    Run,
    Section,
    Series,
    Table,
    Words,
    say,
)

RECEIVED, SHARE, TYPE = "referrals.received", "referrals.share_by_type", "exploitation_type"


def need(book: Book) -> Section:
    by_type, over_years = referrals_by_type(book), over_the_years(book)
    agencies = counts(
        book,
        RECEIVED,
        "source_agency",
        caption=say("Referrals by the agency that made them, {year}", year=Name(book.year)),
        first="Agency",
        frequent_first=True,
    )
    title = say(
        "Referrals {moved} from {then} in {first} to {now} in {last}",
        moved=moved(book, RECEIVED),
        then=book.number(RECEIVED, book.years[0]),
        first=Name(book.years[0]),
        now=book.number(RECEIVED),
        last=Name(book.year),
    )
    return Section(
        "need",
        "Need",
        [
            Paragraph(how_many(book)),
            picture_of(
                over_years, title=title, name="Referrals", column=1, base="all referrals received", kind="lines"
            ),
            *(Paragraph(words) for words in (main_types(book), largest_shift(book)) if words),
            by_type,
            types_compared(book),
            *([Paragraph(who_asked(book))] if ranked(book, RECEIVED, "source_agency") else []),
            agencies,
        ],
    )


def how_many(book: Book) -> Words:
    change = book.change(RECEIVED)
    return say(
        "Partners made {received} {referrals} to the hub in {year}{change}. A table below shows four years by main "
        "type; each referral counts once, under its main type, so the shares of a year make a whole.",
        received=book.number(RECEIVED),
        referrals=noun(book.number(RECEIVED), "referral", "referrals"),
        year=Name(book.year),
        change=(", ", *change) if change else (),
    )


def over_the_years(book: Book) -> Table:
    rows: list[Row] = [[Name(year), book.number(RECEIVED, year)] for year in book.years]
    columns = [heading("Year", numeric=False), heading("Referrals")]
    return Table("referrals-by-year", say("Referrals received in each year"), columns, rows)


def referrals_by_type(book: Book) -> Table:
    """Number and share of each type in each year, with totals."""
    columns = [heading("Main type", numeric=False)]
    for year in book.years:
        columns += [heading(Name(year)), heading((Name(year), " share"))]
    rows: list[Row] = [[book.label(TYPE, kind), *across(book, kind)] for kind in types_seen(book)]
    foot: list[Run] = ["All referrals"]
    for year in book.years:
        foot += [book.number(RECEIVED, year), ""]
    caption = say(
        "Referrals received by main exploitation type, {first} to {last}",
        first=Name(book.years[0]),
        last=Name(book.year),
    )
    return Table("referrals-by-type", caption, columns, rows, foot, [base_note(book, SHARE), ROUNDING])


def types_seen(book: Book) -> list[str]:
    """Types with a referral in any of the years, in the order of the definition."""
    seen = {kind for year in book.years for kind in book.categories(RECEIVED, TYPE, year)}
    return [kind for kind in book.categories(RECEIVED, TYPE, nought=True) if kind in seen]


def across(book: Book, kind: str) -> list[Number]:
    return [
        number
        for year in book.years
        for number in (book.number(RECEIVED, year, **{TYPE: kind}), book.number(SHARE, year, **{TYPE: kind}))
    ]


def types_compared(book: Book) -> Picture:
    kinds = types_seen(book)
    pairs = {year: [book.number(SHARE, year, **{TYPE: kind}) for kind in kinds] for year in (book.last_year, book.year)}
    rows: list[Row] = [
        [book.label(TYPE, kind), *(pairs[year][place] for year in pairs)] for place, kind in enumerate(kinds)
    ]
    columns = [heading("Main type", numeric=False), *(heading(Name(year)) for year in pairs)]
    title = largest_shift(book, as_title=True) or say(
        "The mix of types in {year} and the year before", year=Name(book.year)
    )
    table = Table("types-compared", say("Share of referrals by main type"), columns, rows, (), [ROUNDING])
    return Picture(
        "types-compared",
        "bars",
        title,
        [book.label(TYPE, kind).text for kind in kinds],
        [Series(year, numbers) for year, numbers in reversed(pairs.items())],
        table,
        "all referrals received in the year",
        "%",
    )


def main_types(book: Book) -> Words:
    """The two most frequent types of the year."""
    order = ranked(book, SHARE, TYPE)[:2]
    if len(order) < 2:
        return ()
    first, second = order
    return say(
        "The main concern was {first} in {share} of referrals ({some} of {all}) and {second} in {other}.",
        first=in_words(book, TYPE, first),
        share=book.number(SHARE, **{TYPE: first}),
        some=book.part(SHARE, "numerator", **{TYPE: first}),
        all=book.part(SHARE, "denominator", **{TYPE: first}),
        second=in_words(book, TYPE, second),
        other=book.number(SHARE, **{TYPE: second}),
    )


def largest_shift(book: Book, as_title: bool = False) -> Words:
    """The type whose share moved most since last year; nothing when no single type did, or no page could show it."""
    moves = sorted(
        ((abs(change), kind) for kind in types_seen(book) if (change := change_of(book, kind))), reverse=True
    )
    if not moves or (len(moves) > 1 and moves[0][0] == moves[1][0]):
        return ()
    change, kind = moves[0]
    then, now = (book.number(SHARE, year, **{TYPE: kind}) for year in (book.last_year, book.year))
    if then.text == now.text:
        return ()
    words = {
        "kind": book.label(TYPE, kind) if as_title else in_words(book, TYPE, kind),
        "way": "rose" if change_of(book, kind) > 0 else "fell",
        "then": then,
        "now": now,
        "year": Name(book.last_year),
    }
    if as_title:
        return say("{kind} {way} from {then} to {now} of referrals", **words)
    return say("What changed most since {year} is {kind}: its share {way} from {then} to {now}.", **words)


def change_of(book: Book, kind: str) -> Decimal:
    """How far a type's share moved since last year, unrounded; nought when either is not shown."""
    then, now = (book.figure(SHARE, year, **{TYPE: kind}) for year in (book.last_year, book.year))
    return Decimal(0) if then.value is None or now.value is None else exact(now) - exact(then)


def who_asked(book: Book) -> Words:
    leading = most_frequent(book, RECEIVED, "source_agency")
    return say(
        "The most referrals came from {agencies}: {some} of {all}{each}.",
        agencies=listed([book.label("source_agency", agency) for agency in leading]),
        some=book.number(RECEIVED, source_agency=leading[0]),
        all=book.number(RECEIVED),
        each=" each" if len(leading) > 1 else "",
    )
