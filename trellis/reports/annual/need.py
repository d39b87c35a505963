"""Need: the referrals of four years, by type, and what changed."""

from trellis.reports.annual.blocks import ROUNDING, base_note, counts, heading, in_words, moved, picture_of, ranked
from trellis.reports.book import Book
from trellis.reports.document.parts import Name, Number, Paragraph, Picture, Run, Section, Series, Table, Words, say

RECEIVED, SHARE, TYPE = "referrals.received", "referrals.share_by_type", "exploitation_type"


def need(book: Book) -> Section:
    by_type, over_years = referrals_by_type(book), over_the_years(book)
    agencies = counts(
        book,
        RECEIVED,
        "source_agency",
        caption=say("Referrals by the agency that made them, {year}", year=Name(book.year)),
        first="Agency",
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
        "Partners made {received} referrals to the hub in {year}{change}. The next table shows them by main type over "
        "four years; each referral counts once, under its main type, so the shares of a year make a whole.",
        received=book.number(RECEIVED),
        year=Name(book.year),
        change=(", ", *change) if change else (),
    )


def over_the_years(book: Book) -> Table:
    rows = [[Name(year), book.number(RECEIVED, year)] for year in book.years]
    columns = [heading("Year", numeric=False), heading("Referrals")]
    return Table("referrals-by-year", say("Referrals received in each year"), columns, rows)


def referrals_by_type(book: Book) -> Table:
    """Number and share of each type in each year, with totals."""
    columns = [heading("Main type", numeric=False)]
    for year in book.years:
        columns += [heading(Name(year)), heading((Name(year), " share"))]
    rows = [[book.label(TYPE, kind), *across(book, kind)] for kind in types_seen(book)]
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
    rows = [[book.label(TYPE, kind), *(pairs[year][place] for year in pairs)] for place, kind in enumerate(kinds)]
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
    """The type whose share moved most since last year; nothing when no share can be compared."""
    moves = []
    for kind in types_seen(book):
        now, then = book.number(SHARE, **{TYPE: kind}), book.number(SHARE, book.last_year, **{TYPE: kind})
        if now.value is not None and then.value is not None and now.value != then.value:
            moves.append((abs(now.value - then.value), kind, then, now))
    if not moves:
        return ()
    _, kind, then, now = max(moves, key=lambda move: (move[0], move[1]))
    words = {
        "kind": book.label(TYPE, kind) if as_title else in_words(book, TYPE, kind),
        "way": "rose" if (now.value or 0) > (then.value or 0) else "fell",
        "then": then,
        "now": now,
        "year": Name(book.last_year),
    }
    if as_title:
        return say("{kind} {way} from {then} to {now} of referrals", **words)
    return say("What changed most since {year} is {kind}: its share {way} from {then} to {now}.", **words)


def who_asked(book: Book) -> Words:
    first = ranked(book, RECEIVED, "source_agency")[0]
    return say(
        "{agency} made the most referrals: {some} of {all}.",
        agency=book.label("source_agency", first),
        some=book.number(RECEIVED, source_agency=first),
        all=book.number(RECEIVED),
    )
