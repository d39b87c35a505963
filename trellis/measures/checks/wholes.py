"""Counts against counts: parts above their total, children who outnumber their own events, means that do not fit."""

import re
from collections import defaultdict
from collections.abc import Iterator

from trellis.measures.checks.figures import Figure, finding_at
from trellis.measures.checks.findings import Finding, Severity
from trellis.measures.checks.kinds import Kind, Listed, kind_of, listed, nested
from trellis.measures.checks.rounding import ROUNDING, least_in_several, ratio_is_written_as
from trellis.measures.checks.table import Table, section_key
from trellis.measures.checks.vocabulary import vocabulary, words

# "referrals accepted" are some of the referrals; "referrals to another service" are not.
_SOME_OF = frozenset(
    {"accepted", "within", "aged", "by", "whose", "which", "that", "where", "involving", "declined", "closed", "late"}
)
_CHILDREN_WITH = re.compile(
    r"^(?:number of )?(?:different |individual )?(?:children|young people|people)\s+"
    r"(?:with|who had|having)\s+(?:an?|one or more|at least one)\s+(.+)$",
    re.IGNORECASE,
)
_MEAN_PER = re.compile(r"^(?:mean|average)\s+(?:number of\s+)?(.+?)\s+per\s+(.+)$", re.IGNORECASE)


def whole_findings(table: Table) -> Iterator[Finding]:
    yield from _parts_against_totals(table)
    for figure in table.counts:
        if figure.meaning.is_everyone:
            yield from _children_against_events(table, figure)
            yield from _some_against_all(table, figure)
            yield from _needing(table, figure)
    for figure in table.figures:
        yield from _mean_per(table, figure)


def _children_against_events(table: Table, figure: Figure) -> Iterator[Finding]:
    match = _CHILDREN_WITH.match(figure.measure.strip())
    for events in table.totals_beside(figure, words(match.group(1))) if match else []:
        if events.value.whole < figure.value.whole:
            yield _larger(
                figure, events, Severity.IMPOSSIBLE,
                "each of these children needs at least one, so there cannot be more children than events",
                "a row would have to count something else than its name says",
            )  # fmt: skip
            return


def _some_against_all(table: Table, figure: Figure) -> Iterator[Finding]:
    name = figure.meaning.subject
    for length in range(1, len(name)):
        if name[length] not in _SOME_OF:
            continue
        for whole in table.totals_beside(figure, name[:length]):
            if whole.value.whole < figure.value.whole:
                yield _larger(
                    figure, whole, Severity.CONTRADICTION, "a part is larger than its whole",
                    "it would have to count some that the whole leaves out, such as those received in an earlier year",
                )  # fmt: skip
                return


def _needing(table: Table, figure: Figure) -> Iterator[Finding]:
    needed = vocabulary().each_needs.get(figure.meaning.subject)
    for other in table.totals_beside(figure, needed) if needed else []:
        if other.value.whole < figure.value.whole:
            yield _larger(
                figure, other, Severity.QUESTION, "each of the first follows one of the second",
                "some would have to follow those of an earlier year, or be counted more than once",
            )  # fmt: skip
            return


def _larger(part: Figure, whole: Figure, severity: Severity, why: str, would: str) -> Finding:
    return finding_at(
        [part, whole],
        "subset_larger",
        severity,
        message=f"{part.value} ({part.name}) is more than {whole.value} ({whole.name}): {why}",
        would=would,
        part=part.value.number,
        whole=whole.value.number,
    )


def _parts_against_totals(table: Table) -> Iterator[Finding]:
    groups: dict[tuple, list[Figure]] = defaultdict(list)
    for figure in table.counts:
        sense = table.sense[figure.line]
        if not sense.is_everyone:
            by = () if sense.family else figure.meaning.by
            groups[figure.year, section_key(figure), figure.meaning.subject, sense.family_key, by].append(figure)
    for (_, _, subject, _, _), parts in groups.items():
        totals = table.totals_beside(parts[0], subject)
        if len({total.value for total in totals}) == 1:
            yield from _parts_of(table, parts, totals[0])


def _parts_of(table: Table, parts: list[Figure], total: Figure) -> Iterator[Finding]:
    for part in parts:
        if part.value.whole > total.value.whole:
            yield _larger(
                part,
                total,
                Severity.IMPOSSIBLE,
                "a part is larger than its whole",
                "one of the two rows would have to be wrong",
            )
            return
    by_category = {table.sense[part.line].category: part for part in parts}
    counts = [part.value.whole for part in by_category.values()]
    whole = total.value.whole
    senses = [table.sense[part.line] for part in parts]
    kind = kind_of(parts, senses)
    if len(counts) < 2 or len(by_category) < len(parts) or sum(counts) == whole or kind is Kind.SAID_TO_OVERLAP:
        return
    if sum(counts) > whole:
        inner = nested(frozenset(by_category))
        outer = [part.value.whole for category, part in by_category.items() if category not in inner]
        if not (kind is Kind.EXCLUSIVE and inner and sum(outer) <= whole):
            yield _sum_above(parts, counts, total, kind)
    elif kind is Kind.EXCLUSIVE:
        yield from _sum_below(parts, counts, total, listed(parts, senses[0].family, frozenset(by_category)))


def _sum_above(parts: list[Figure], counts: list[int], total: Figure, kind: Kind) -> Finding:
    whole = total.value.whole
    several = least_in_several(counts, whole)
    name, severity = {
        Kind.EXCLUSIVE: ("partition_sum", Severity.IMPOSSIBLE),
        Kind.OVERLAPPING: ("overlap", Severity.QUESTION),
    }.get(kind, ("exclusive_or_overlapping", Severity.QUESTION))
    if kind is Kind.EXCLUSIVE:
        would = "a category or the total would have to be wrong, or some counted twice"
    else:
        would = f"only if categories overlap: at least {several:,} of {whole:,} would have to be in two or more"
    return _sum_finding(name, severity, parts, counts, total, would)


def _sum_below(parts: list[Figure], counts: list[int], total: Figure, known: Listed) -> Iterator[Finding]:
    missing = total.value.whole - sum(counts)
    would = f"{missing:,} would have to be in no category listed"
    if known is Listed.ALL:
        yield _sum_finding("partition_sum", Severity.IMPOSSIBLE, parts, counts, total, would)
    elif known is Listed.PROBABLY_ALL:
        yield _sum_finding("partition_short", Severity.QUESTION, parts, counts, total, would)


def _sum_finding(
    kind: str, severity: Severity, parts: list[Figure], counts: list[int], total: Figure, would: str
) -> Finding:
    shown = " + ".join(f"{count:,}" for count in counts[:12]) + (" + ..." if len(counts) > 12 else "")
    return finding_at(
        [*parts, total],
        kind,
        severity,
        message=f"{shown} = {sum(counts):,}, but the whole is {total.value} ({total.name}, line {total.line})",
        would=would,
        measure=parts[0].measure,
        counts=counts,
        sum=sum(counts),
        base=total.value.whole,
    )


def _mean_per(table: Table, figure: Figure) -> Iterator[Finding]:
    """A mean of one count of the table per another must be their quotient."""
    match = _MEAN_PER.match(figure.measure.strip())
    if not match or not figure.meaning.is_everyone:
        return
    events = table.totals_beside(figure, words(match.group(1)))
    children = [child for child in _children_of(table, figure, match.group(2)) if child.value.whole > 0]
    if len(events) != 1 or len(children) != 1:
        return
    over, under = events[0], children[0]
    if not any(ratio_is_written_as(over.value.whole, under.value.whole, figure.value, rule) for rule in ROUNDING):
        parts = f"{over.value} ({over.name}) by {under.value} ({under.name})"
        quotient = round(over.value.whole / under.value.whole, figure.value.places + 2)
        yield finding_at(
            [figure, over, under],
            "impossible_mean",
            Severity.CONTRADICTION,
            message=f"{figure.value} is published, but {parts} is {quotient}",
            would="the mean would have to be of other rows than these, and its name would have to say so",
            value=figure.value.number,
            numerator=over.value.whole,
            denominator=under.value.whole,
        )


def _children_of(table: Table, figure: Figure, name: str) -> list[Figure]:
    """The count a mean is per: that name, or for "per child" the one count of children with such an event."""
    exact = table.totals_beside(figure, words(name))
    if exact or words(name) != ("child",):
        return exact
    totals = table.in_section.get((figure.year, section_key(figure)), {}).values()
    return [total for total in totals if _CHILDREN_WITH.match(total.measure.strip())]
