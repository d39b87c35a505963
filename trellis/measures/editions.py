"""Editions that cannot be set against each other: what a year's report and its months' reports may show of one record.

A year less eleven of its months is the twelfth. Three rules keep that from giving away what a month hid:

1. A breakdown is published by month or by year, never by both (`Cut.editions`). The months have rows of their own, so
   the breakdowns of two months share no row.
2. A month's totals are settled first, by themselves, in the same way whatever edition they stand in; breakdowns are
   hidden around them and never the other way round.
3. A year shows no total one of whose months is hidden, and hides nothing behind a month that is shown elsewhere.

A later edition of a period already published hides at least what the earlier hid, and what moved by a small count.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from trellis.measures import registry
from trellis.measures.disclosure import DEFAULT_RULE, Elsewhere, Rule, hidden_facts, publish
from trellis.measures.figures import Figure, figures_for
from trellis.measures.periods import Period, period
from trellis.measures.shape import MONTH, YEAR, Fact, Mean
from trellis.measures.sums import facts_of
from trellis.measures.tables import Snapshot

# The months of a measure that add up to the year of another.
ADDS_UP_TO = {"missing.children_first_this_year": "missing.children"}


def published_figures(
    snapshot: Snapshot,
    name: str,
    codes: Sequence[str] | None = None,
    rule: Rule = DEFAULT_RULE,
    earlier: Iterable[Figure] = (),
) -> list[Figure]:
    """The figures of a year "2022/23" or a month "2023-02" as they may leave the hub: those of its edition, controlled
    together before any choice is made. `earlier`: what was published of the same period before."""
    wanted = {measure.code for measure in registry.measures(codes)}
    asked = period(name)
    edition = MONTH if asked.name in asked.months else YEAR
    figures = of_edition(figures_for(snapshot, name), edition)
    withheld = moved(figures, earlier, rule)
    if edition == MONTH:
        elsewhere = _of_totals(totals(figures), rule, withheld)
    else:
        elsewhere = _of_months(snapshot, asked, figures, rule)
    made = publish(figures, rule, Elsewhere(elsewhere.shown, elsewhere.withheld | withheld))
    return [figure for figure in made if figure.measure in wanted]


def published_totals(
    snapshot: Snapshot, name: str, rule: Rule = DEFAULT_RULE, earlier: Iterable[Figure] = ()
) -> list[Figure]:
    """The totals alone of a month, as `published_figures` gives them, without the labour of its breakdowns."""
    whole = _month_totals(snapshot, name)
    return publish(whole, rule, Elsewhere(withheld=moved(whole, earlier, rule)))


def _month_totals(snapshot: Snapshot, name: str) -> list[Figure]:
    codes = [measure.code for measure in registry.measures() if MONTH in measure.editions and measure.has_total]
    return totals(of_edition(figures_for(snapshot, name, codes), MONTH))


def of_edition(figures: Iterable[Figure], edition: str) -> list[Figure]:
    """Those of the figures that such an edition publishes."""
    return [figure for figure in figures if edition in _editions(figure)]


def _editions(figure: Figure) -> frozenset[str]:
    measure = registry.measure(figure.measure)
    key = figure.slice.cut
    return next((cut.editions for cut in measure.by if cut.key == key), measure.editions)


def totals(figures: Iterable[Figure]) -> list[Figure]:
    return [figure for figure in figures if not figure.breakdown]


def _facts(figures: Iterable[Figure]) -> frozenset[Fact]:
    return frozenset(fact for figure in figures for fact in facts_of(figure) if fact is not None)


def _of_totals(whole: Sequence[Figure], rule: Rule, withheld: frozenset[Fact] = frozenset()) -> Elsewhere:
    """A month's totals as any edition shows them."""
    hidden = hidden_facts(whole, rule, Elsewhere(withheld=withheld))
    return Elsewhere(_facts(whole) - hidden, frozenset(hidden))


def _of_months(snapshot: Snapshot, year: Period, figures: Sequence[Figure], rule: Rule) -> Elsewhere:
    """What the months' own editions mean for their year."""
    shown: set[Fact] = set()
    withheld = _bases_of_means(figures)
    for name in year.months:
        month = _of_totals(_month_totals(snapshot, name), rule)
        shown |= {fact._replace(cut="month", category=name) for fact in month.shown}
        withheld |= {fact._replace(cut="month", category=name) for fact in month.withheld}
        withheld |= month.withheld | _sums_of(month.withheld)
    return Elsewhere(frozenset(shown), frozenset(withheld))


def _sums_of(hidden: Iterable[Fact]) -> set[Fact]:
    """The totals of the year that hidden totals of a month add up to under another name."""
    pairs = [(registry.measure(part), registry.measure(whole)) for part, whole in ADDS_UP_TO.items()]
    found = {part.of.words + part.counted.words: (whole.of.words, whole.counted.words) for part, whole in pairs}
    return {Fact(*found[key]) for fact in hidden if (key := fact.population + fact.counted) in found}


def _bases_of_means(figures: Sequence[Figure]) -> set[Fact]:
    """The base of a mean whose rows are not all known: with the unknown of eleven months it tells the twelfth's."""
    sizes = {fact: figure.numerator for figure in totals(figures) for fact in facts_of(figure)[:1] if fact is not None}
    return {
        below
        for figure in figures
        if isinstance(registry.measure(figure.measure), Mean)
        and (below := facts_of(figure)[1]) is not None
        and sizes.get(below._replace(counted="")) not in (None, figure.denominator)
    }


def moved(figures: Sequence[Figure], earlier: Iterable[Figure], rule: Rule) -> frozenset[Fact]:
    """The facts that earlier editions of the period hid, or showed otherwise by no more than a small count."""
    periods = {figure.period for figure in figures}
    before = [one for one in earlier if one.period in periods and one.measure in registry.MEASURES]
    now = _numbers(figures)
    was = _numbers(figure for figure in before if not figure.suppressed)
    hid = _facts(figure for figure in before if figure.suppressed) - was.keys()
    return hid | {fact for fact, count in was.items() if fact in now and rule.small(abs(now[fact] - count))}


def _numbers(figures: Iterable[Figure]) -> dict[Fact, int]:
    """The numbers figures show, numerators and denominators."""
    found: dict[Fact, int] = {}
    for figure in figures:
        above, below = facts_of(figure)
        found |= {above: figure.numerator or 0} if above else {}
        found |= {below: figure.denominator or 0} if below else {}
    return found
