"""Two assessments beside each other: by score within one version of a tool, by stated outcome across tools, never else.

A total of one version says nothing about a total of another. What a chart draws is therefore in segments.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import groupby

from trellis.assessments.instruments.definition import HIGHER_IS_BETTER, HIGHER_IS_WORSE, Definition, Item
from trellis.assessments.instruments.scoring import Answers, Result, value_of

IMPROVED, SAME, WORSE, NOT_KNOWN = "improved", "same", "worse", "not_known"
CHANGED = "changed"
STATED = (IMPROVED, SAME, WORSE, NOT_KNOWN)


@dataclass(frozen=True)
class Taken:
    """One assessment as a comparison sees it. ``views``: by outcome area, what its worker stated of the change since
    the assessment before. ``key``: whatever the caller knows it by."""

    version: str
    definition: Definition
    answers: Answers
    result: Result
    views: Mapping[str, str] = field(default_factory=dict)
    key: str = ""


@dataclass(frozen=True)
class ScoreChange:
    before: int
    after: int
    maximum: int

    @property
    def difference(self) -> int:
        return self.after - self.before


@dataclass(frozen=True)
class DomainChange:
    """Of one domain; a total is None where nothing is known of it."""

    domain: str
    label: str
    before: int | None
    after: int | None
    maximum: int

    @property
    def difference(self) -> int | None:
        return None if self.before is None or self.after is None else self.after - self.before


@dataclass(frozen=True)
class Movement:
    """One item's answers then and now. ``change`` is one of STATED, or "changed" where its kind has no direction."""

    item: str
    text: str
    window: str
    before: str
    after: str
    change: str


@dataclass(frozen=True)
class AreaChange:
    """How an outcome area changed, as the later worker stated it; beside it what items of the same version say."""

    area: str
    change: str
    evidence: tuple[Movement, ...] = ()


@dataclass(frozen=True)
class Comparison:
    """``score`` is None across versions, and where either is not complete enough; ``no_score_because`` says which."""

    same_version: bool
    score: ScoreChange | None
    domains: tuple[DomainChange, ...]
    no_score_because: str
    areas: tuple[AreaChange, ...]


@dataclass(frozen=True)
class Segment:
    """Assessments in a row with one version: one line of a chart. ``points``: place in the series, and total."""

    version: str
    points: tuple[tuple[int, int | None], ...]


def compare(earlier: Taken, later: Taken, areas: Iterable[str] = ()) -> Comparison:
    """What changed from one assessment to the next. ``areas``: the outcome areas that are always told of."""
    same = earlier.version == later.version
    why_not = _no_score_because(earlier, later)
    return Comparison(
        same_version=same,
        score=None if why_not else _score(earlier, later),
        domains=() if why_not else _domains(earlier, later),
        no_score_because=why_not,
        areas=tuple(_area(area, earlier, later) for area in _areas(earlier, later, areas)),
    )


def segments(series: Iterable[Taken]) -> tuple[Segment, ...]:
    """Runs of one version in ``series``, the oldest first. A line is drawn within a segment and never between two.

    A total that is not complete enough to be compared is None: a gap in its line.
    """
    numbered = enumerate(series)
    return tuple(
        Segment(version, tuple((place, _comparable(taken)) for place, taken in run))
        for version, run in groupby(numbered, key=lambda pair: pair[1].version)
    )


def _comparable(taken: Taken) -> int | None:
    return taken.result.total if taken.result.enough else None


def _no_score_because(earlier: Taken, later: Taken) -> str:
    if earlier.version != later.version:
        return "They were made with different tools or versions: their scores cannot be compared"
    if not later.definition.is_scored:
        return "This tool does not add answers up"
    if _comparable(earlier) is None:
        return "Too little is known in the earlier one to compare scores"
    if _comparable(later) is None:
        return "Too little is known in the later one to compare scores"
    return ""


def _score(earlier: Taken, later: Taken) -> ScoreChange:
    return ScoreChange(earlier.result.total or 0, later.result.total or 0, later.result.maximum or 0)


def _domains(earlier: Taken, later: Taken) -> tuple[DomainChange, ...]:
    labels = {domain.code: domain.label for domain in later.definition.domains}
    before = {subtotal.domain: subtotal.total for subtotal in earlier.result.subtotals}
    return tuple(
        DomainChange(sub.domain, labels[sub.domain], before.get(sub.domain), sub.total, sub.maximum)
        for sub in later.result.subtotals
    )


def _areas(earlier: Taken, later: Taken, areas: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys([*areas, *earlier.definition.areas, *later.definition.areas, *later.views]))


def _area(area: str, earlier: Taken, later: Taken) -> AreaChange:
    stated = later.views.get(area, NOT_KNOWN)
    return AreaChange(area, stated if stated in STATED else NOT_KNOWN, _evidence(area, earlier, later))


def _evidence(area: str, earlier: Taken, later: Taken) -> tuple[Movement, ...]:
    """Items of the area that were answered either time, of one version only."""
    if earlier.version != later.version:
        return ()
    return tuple(
        _movement(item, window, earlier.answers.get((item.code, window)), later.answers.get((item.code, window)))
        for item in later.definition.items
        if item.area == area
        for window in item.scale.window_codes
        if (item.code, window) in earlier.answers or (item.code, window) in later.answers
    )


def _movement(item: Item, window: str, before: str | int | None, after: str | int | None) -> Movement:
    then, now = value_of(item.scale, before), value_of(item.scale, after)
    change = _change(item, then, now)
    return Movement(item.code, item.text, window, _shown(item, before), _shown(item, after), change)


def _change(item: Item, then: str | int | None, now: str | int | None) -> str:
    if then is None or now is None:
        return NOT_KNOWN
    if then == now:
        return SAME
    if not (isinstance(then, int) and isinstance(now, int)) or item.kind not in HIGHER_IS_WORSE | HIGHER_IS_BETTER:
        return CHANGED
    return IMPROVED if (now > then) == (item.kind in HIGHER_IS_BETTER) else WORSE


def _shown(item: Item, value: str | int | None) -> str:
    if value is None or value == "":
        return "Not answered"
    level = item.scale.level(value) if isinstance(value, str) else None
    return level.label if level else str(value)
