"""Is everybody answered alike: each group beside the rest, over the last full year, with how sure it is."""

from dataclasses import replace

from trellis.core.presenters import lower_first
from trellis.measures.figures import Figure
from trellis.measures.ratios import RateRatio, rate_ratio
from trellis.reports.annual.blocks import UNKNOWN, heading
from trellis.reports.book import NO_BASE, RATE_RATIO, Book, year_before
from trellis.reports.document.parts import SUPPRESSED, Name, Number, Paragraph, Row, Section, Table, Words, say

DECISIONS = ("equity.interview_offered", "equity.interview_within_72h", "equity.graded_high")
KEYS = (("ethnicity_group", "Ethnicity group"), ("sex", "Sex"))
NO_CLAIM = "No difference can be claimed"
NOT_SHOWN = "Too few to say"


def equity(book: Book) -> Section:
    year = Book(replace(book.material, period=year_before(book.year)))
    tables = [compared(year, measure, key, first) for measure in DECISIONS for key, first in KEYS]
    return Section("equity", "Is everybody answered alike", [Paragraph(found(year)), Paragraph(how()), *tables])


def found(year: Book) -> Words:
    """How many comparisons stand out; which ones, the tables say."""
    all_of_them = [
        (measure, key, group) for measure in DECISIONS for key, _ in KEYS for group in groups(year, measure, key)
    ]
    apart = [one for one in all_of_them if (ratio := ratio_of(year, *one)) is not None and ratio.differs]
    if not apart:
        return say(
            "In {year} no group stood apart from the rest by more than chance could explain.", year=Name(year.year)
        )
    return say(
        "In {year} these stood apart from the rest: {which}. A difference is a question to ask, not yet an answer.",
        year=Name(year.year),
        which=Name("; ".join(in_words(year, *one) for one in apart)),
    )


def in_words(year: Book, measure: str, key: str, group: str) -> str:
    title = str(year.material.measures[measure]["title"]).split(",")[0]
    return f"{year.label(key, group).text} ({lower_first(title)})"


def how() -> Words:
    return say(
        "Each group is set beside all others whose group is recorded, out of those the decision was about. A ratio of "
        "one means alike. The interval says where the true ratio plausibly lies; where it holds one, or a number is "
        "small, nothing is claimed. One child may stand behind several reports, which makes the interval too narrow "
        "rather than too wide. Those whose group is not recorded stand in the last line of each table."
    )


def groups(year: Book, measure: str, key: str) -> list[str]:
    return [one for one in year.categories(measure, key, nought=True) if one not in (*UNKNOWN, "U")]


def rest_of(year: Book, measure: str, key: str, group: str) -> list[Figure]:
    return [year.figure(measure, **{key: one}) for one in groups(year, measure, key) if one != group]


def ratio_of(year: Book, measure: str, key: str, group: str) -> RateRatio | None:
    """From published numbers alone; None where one of them is hidden or small."""
    mine, others = year.figure(measure, **{key: group}), rest_of(year, measure, key, group)
    if any(one.suppressed for one in (mine, *others)):
        return None
    some, of = (sum(getattr(one, part) for one in others) for part in ("numerator", "denominator"))
    return rate_ratio(mine.numerator or 0, mine.denominator or 0, some, of)


def compared(year: Book, measure: str, key: str, first: str) -> Table:
    rows = [row(year, measure, key, group) for group in groups(year, measure, key)]
    rows += [unknown(year, measure, key, one) for one in year.categories(measure, key) if one in (*UNKNOWN, "U")]
    names = ("Number", "Base", "Share", "Ratio to the rest", "From", "To")
    columns = [
        heading(first, numeric=False),
        *(heading(name) for name in names),
        heading("What it says", numeric=False),
    ]
    caption = (
        Name(str(year.material.measures[measure]["title"]).split(",")[0]),
        " by ",
        lower_first(first),
        ", ",
        Name(year.year),
    )
    return Table(f"{measure}-{key}", caption, columns, rows)


def row(year: Book, measure: str, key: str, group: str) -> Row:
    ratio = ratio_of(year, measure, key, group)
    figures = (year.figure(measure, **{key: group}), *rest_of(year, measure, key, group))
    bounds = [ratio.value, ratio.low, ratio.high] if ratio else []
    shown = [Number(f"{bound}", float(bound), RATE_RATIO, figures) for bound in bounds]
    return [*counted(year, measure, key, group), *(shown or hidden(figures)), verdict(ratio)]


def hidden(figures: tuple[Figure, ...]) -> list[Number]:
    """What stands where no ratio does."""
    text = SUPPRESSED if any(one.suppressed for one in figures) else NO_BASE
    return [Number(text, None, RATE_RATIO, figures)] * 3


def counted(year: Book, measure: str, key: str, group: str) -> list[Name | Number]:
    place = {key: group}
    parts = [year.part(measure, part, **place) for part in ("numerator", "denominator")]
    return [year.label(key, group), *parts, year.number(measure, **place)]


def unknown(year: Book, measure: str, key: str, group: str) -> Row:
    return [*counted(year, measure, key, group), "", "", "", "Not compared: not recorded"]


def verdict(ratio: RateRatio | None) -> str:
    if ratio is None:
        return NOT_SHOWN
    if not ratio.differs:
        return NO_CLAIM
    return "More often than the rest" if ratio.value > 1 else "Less often than the rest"
