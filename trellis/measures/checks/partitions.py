"""Shares of one whole by category: which cannot add up, which can only if categories overlap, which leave some out."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from trellis.measures.checks.bases import Base, bases_of
from trellis.measures.checks.figures import Figure, finding_at
from trellis.measures.checks.findings import Finding, Severity
from trellis.measures.checks.kinds import Kind, Listed, kind_of, listed, nested
from trellis.measures.checks.rounding import (
    ROUNDING,
    Published,
    counts_or_neighbours,
    counts_sum_range,
    least_in_several,
    real_sum_range,
    sum_signs,
)
from trellis.measures.checks.table import Sense, Table, section_key

SHARES_SHOWN = 12


@dataclass(frozen=True, slots=True)
class Group:
    """The shares of one whole by one family of categories, in one section and year."""

    figures: tuple[Figure, ...]
    senses: tuple[Sense, ...]
    parts: dict[str, list[Published]]
    bases: tuple[Base, ...]

    @property
    def firsts(self) -> list[Published]:
        return [part[0] for part in self.parts.values()]

    @property
    def total(self) -> Published:
        places = max(share.places for share in self.firsts)
        return Published(sum(share.units * 10 ** (places - share.places) for share in self.firsts), places)

    @property
    def sum_in_words(self) -> str:
        shown = " + ".join(str(share) for share in self.firsts[:SHARES_SHOWN])
        return f"{shown}{' + ...' if len(self.firsts) > SHARES_SHOWN else ''} = {self.total}"

    def sign(self) -> int:
        """0 where the shares can make up the whole; else whether they must be more (1) or less (-1) than it."""
        return _sign_of(list(self.parts.values()), self.bases, self.total)


def _sign_of(parts: list[list[Published]], bases: tuple[Base, ...], total: Published) -> int:
    signs: set[int] = set()
    sizes: list[int | None] = [base.size for base in bases]
    for size in sizes or [None]:
        signs |= sum_signs(parts, size)
    if 0 in signs or not signs:
        return 0
    return signs.pop() if len(signs) == 1 else (1 if total.units >= 100 * total.step else -1)


def partition_findings(table: Table) -> Iterator[Finding]:
    for group in _groups(table):
        sign = group.sign() if len(group.parts) > 1 else 0
        if sign > 0:
            yield from _above(group)
        elif sign < 0:
            yield from _below(group)


def _groups(table: Table) -> Iterator[Group]:
    found: dict[tuple, list[Figure]] = defaultdict(list)
    for figure in table.shares:
        sense = table.sense[figure.line]
        if sense.category and not sense.body:
            by = () if sense.family else figure.meaning.by
            found[figure.year, section_key(figure), sense.population, sense.family_key, by].append(figure)
    for figures in found.values():
        yield _group(table, figures)


def _group(table: Table, figures: list[Figure]) -> Group:
    parts: dict[str, list[Published]] = defaultdict(list)
    for figure in figures:
        values = parts[table.sense[figure.line].category]
        if figure.value not in values:
            values.append(figure.value)
    senses = tuple(table.sense[figure.line] for figure in figures)
    return Group(tuple(figures), senses, dict(parts), _bases(table, figures))


def _bases(table: Table, figures: list[Figure]) -> tuple[Base, ...]:
    """The bases of the group: one stated in the note of any of its rows, else those of the first row."""
    found = [base for figure in figures for base in bases_of(table, figure) if base.size]
    stated = [base for base in found if base.is_stated]
    return tuple({base.size: base for base in stated or found}.values())


def _above(group: Group) -> Iterator[Finding]:
    kind = kind_of(group.figures, group.senses)
    if kind is Kind.SAID_TO_OVERLAP or (kind is Kind.EXCLUSIVE and _fits_without_nested(group)):
        return
    at_least, least = _overlap_in_words(group)
    several = f"{at_least} would have to be in two or more categories"
    if kind is Kind.EXCLUSIVE:
        message = f"{group.sum_in_words}: {_why_not(group)}, though each is in one category only"
        would = f"{several}, or a share would have to be wrong"
        yield _finding(group, "partition_sum", Severity.IMPOSSIBLE, message, would, least)
    elif kind is Kind.OVERLAPPING:
        message = f"{group.sum_in_words}: more than the whole, so these are overlapping categories and no partition"
        would = f"it can be true only if categories overlap: {several}, and the table would have to say so"
        yield _finding(group, "overlap", Severity.QUESTION, message, would, least)
    else:
        message = f"{group.sum_in_words}: more than the whole; are the categories exclusive or overlapping?"
        would = f"if they overlap, {several}; if they exclude each other, it cannot be true"
        yield _finding(group, "exclusive_or_overlapping", Severity.QUESTION, message, would, least)


def _below(group: Group) -> Iterator[Finding]:
    known = listed(group.figures, group.senses[0].family, frozenset(group.parts))
    if kind_of(group.figures, group.senses) is not Kind.EXCLUSIVE or known is Listed.PERHAPS_SOME:
        return
    message = f"{group.sum_in_words}: {_why_not(group)}"
    left_out = _left_out_in_words(group)
    if known is Listed.ALL:
        message += ", though the categories take in everyone"
        would = f"{left_out} would have to be in none of the categories, or a share would have to be wrong"
        yield _finding(group, "partition_sum", Severity.IMPOSSIBLE, message, would, {})
    else:
        would = f"{left_out} would have to be in a category that is not listed"
        yield _finding(group, "partition_short", Severity.QUESTION, message, would, {})


def _fits_without_nested(group: Group) -> bool:
    inner = nested(frozenset(group.parts))
    outer = [part for category, part in group.parts.items() if category not in inner]
    return bool(inner) and len(outer) > 1 and _sign_of(outer, group.bases, group.total) <= 0


def _overlap_in_words(group: Group) -> tuple[str, dict[str, object]]:
    """The least overlap needed, in children where the base is known and in points where it is not."""
    if not group.bases:
        low, _ = real_sum_range(group.firsts)
        excess = Published(low.units - 100 * low.step, low.places)
        return f"at least {excess} points of the whole", {"least_overlap_points": excess.number}
    base = max(group.bases, key=lambda found: found.size)
    least = [min(counts_or_neighbours(share, base.size, rule).start for rule in ROUNDING) for share in group.firsts]
    several, extra = least_in_several(least, base.size), sum(least) - base.size
    who = f"at least {several:,} of {base}"
    if several != extra:
        who += f", or {extra:,} if none is in more than two,"
    return who, {"least_overlap": several, "least_extra": extra, "least_counts": least}


def _left_out_in_words(group: Group) -> str:
    if not group.bases:
        _, high = real_sum_range(group.firsts)
        return f"at least {Published(100 * high.step - high.units, high.places)} points of the whole"
    base = min(group.bases, key=lambda found: found.size)
    most = max(counts_sum_range(group.firsts, base.size, rule)[1] for rule in ROUNDING)
    return f"at least {base.size - most:,} of {base}"


def _why_not(group: Group) -> str:
    low, high = real_sum_range(group.firsts)
    if low.units <= 100 * low.step <= high.units:
        why = "rounding alone could explain that, but no whole counts do"
    else:
        why = f"before rounding they add up to between {low} and {high}, not 100"
    if len(group.bases) != 1:
        return why
    base = group.bases[0]
    ranges = [counts_sum_range(group.firsts, base.size, rule) for rule in ROUNDING]
    least, most = min(low for low, _ in ranges), max(high for _, high in ranges)
    span = f"{least:,} to {most:,}" if least != most else f"{least:,}"
    return f"{why}; as counts they make {span} of {base}"


def _finding(group: Group, kind: str, severity: Severity, message: str, would: str, more: dict[str, object]) -> Finding:
    return finding_at(
        group.figures,
        kind,
        severity,
        message=message,
        would=would,
        measure=group.figures[0].measure,
        shares=[share.number for share in group.firsts],
        sum=group.total.number,
        base=group.bases[0].size if len(group.bases) == 1 else None,
        bases=[base.size for base in group.bases],
        **more,
    )
