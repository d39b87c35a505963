"""Disclosure control: the one place where small numbers are suppressed before figures leave the hub.

Primary: a count of people that is small, and a share whose numerator, or whose rest, is small, is hidden. Secondary:
more is hidden until no hidden number can be worked out from the figures that stay, through any sum that ties them
(a partition and its total, a share and its rest, figures that add up across measures). Zero stays, except in what is
shown all or none: where a share is hidden because its base is, that nobody was in its numerator is no secret and is not
defended.

It does not round. Two editions of one record are made so that they cannot be set against each other: see `editions`,
whose `published_figures` is what a report asks. A subset must be taken after control, never before.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from trellis.measures import registry
from trellis.measures.figures import Figure
from trellis.measures.shape import Fact
from trellis.measures.sums import Equation, Ledger, determined, facts_of, ledger


@dataclass(frozen=True)
class Rule:
    """Counts from 1 to `largest_hidden` are hidden."""

    largest_hidden: int = 4
    source: str = "local setting, unverified: no threshold of a named authority could be confirmed"

    def __post_init__(self) -> None:
        if self.largest_hidden < 1:
            raise ValueError("the largest hidden count must be 1 or more")

    def small(self, count: int) -> bool:
        return 1 <= count <= self.largest_hidden


DEFAULT_RULE = Rule()


@dataclass(frozen=True)
class Elsewhere:
    """What other editions of the same record do to this one: facts they show, which hide nothing here, and facts this
    one may not show, because they would give away what another hid."""

    shown: frozenset[Fact] = frozenset()
    withheld: frozenset[Fact] = frozenset()


ALONE = Elsewhere()


def publish(figures: Sequence[Figure], rule: Rule = DEFAULT_RULE, elsewhere: Elsewhere = ALONE) -> list[Figure]:
    """The same figures in the same order, those that must not leave the hub suppressed. Figures of activity stay."""
    about_people = [figure for figure in figures if registry.measure(figure.measure).of.counts == "people"]
    hidden = {
        period: hidden_facts([figure for figure in about_people if figure.period == period], rule, elsewhere)
        for period in {figure.period for figure in about_people}
    }
    return [
        figure.hidden() if not hidden.get(figure.period, set()).isdisjoint(facts_of(figure)) else figure
        for figure in figures
    ]


def hidden_facts(figures: Sequence[Figure], rule: Rule = DEFAULT_RULE, elsewhere: Elsewhere = ALONE) -> set[Fact]:
    """The numbers behind these figures, all of one period and about people, that must not be shown."""
    return _hidden(ledger(figures), rule, elsewhere)


class NothingLeft(RuntimeError):
    """Around these facts everything is hidden, zeros too, but what other editions show."""


def _hidden(book: Ledger, rule: Rule, elsewhere: Elsewhere) -> set[Fact]:
    values = book.values
    sensitive = {fact for fact, value in values.items() if rule.small(value)}
    hidden = (sensitive | elsewhere.withheld) & set(book.shown)
    settled: set[Fact] = set()
    while True:
        hidden = _with_what_falls(book, hidden)
        exposed = _exposed(book, hidden, sensitive, rule, settled)
        if exposed is None:
            return hidden
        try:
            hidden.add(_cheapest(book, exposed, hidden | elsewhere.shown))
        except NothingLeft:
            settled |= exposed


def _with_what_falls(book: Ledger, hidden: set[Fact]) -> set[Fact]:
    """What is hidden, and what is not shown without it."""
    while falling := {one for one, other in book.falls_with if other in hidden} - hidden:
        hidden = hidden | falling
    return hidden


def _exposed(book: Ledger, hidden: set[Fact], sensitive: set[Fact], rule: Rule, settled: set[Fact]) -> set[Fact] | None:
    """The facts of a sum that would let a protected number be worked out; None when there is none. Around those
    `settled` nothing more can be hidden."""
    unknown = hidden | set(book.implied)
    pinned = determined(book.equations, unknown)
    betrayed = {fact for fact in pinned & (hidden | sensitive) if book.values[fact] > 0} - settled
    if betrayed:
        return {min(betrayed)}
    for equation in book.equations:
        if settled.issuperset(equation.facts):
            continue
        if _too_tight(equation, book.values, unknown - pinned, hidden, rule):
            return set(equation.facts)
    return None


def _too_tight(equation: Equation, values: dict[Fact, int], unknown: set[Fact], hidden: set[Fact], rule: Rule) -> bool:
    """The unknown parts of a known whole are a small group together, or leave each no room to be anything else.

    A hidden count is at least 1, because zero is never hidden for being small.
    """
    parts = [part for part in equation.parts if part in unknown]
    if equation.whole in unknown or hidden.isdisjoint(parts):
        return False
    total = sum(values[part] for part in parts)
    least = sum(part in hidden and values[part] > 0 for part in parts)
    return rule.small(total) or 0 < total == least


def _cheapest(book: Ledger, around: set[Fact], settled: set[Fact]) -> Fact:
    """The smallest number still shown in a sum around these facts: a part before its total, a zero only at last."""
    while True:
        near = {fact for equation in book.equations if not around.isdisjoint(equation.facts) for fact in equation.facts}
        shown = [fact for fact in near if fact in book.shown and fact not in settled]
        choices = [fact for fact in shown if book.shown[fact] > 0] or (shown if near <= around else [])
        if choices:
            return min(choices, key=lambda fact: (book.shown[fact], fact.cut == "", fact))
        if near <= around:
            raise NothingLeft
        around = around | near
