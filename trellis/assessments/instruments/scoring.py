"""What a tool's own rule gives for answers: total, band, floors, completeness. "Not known" is never nought."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from trellis.assessments.instruments.definition import (
    Band,
    Definition,
    Floor,
    Item,
    Per,
    RuleKind,
    Scale,
    ScaleKind,
)

# (item, window) to what was answered: a level's code, a whole number, text; None: taken back.
Answers = Mapping[tuple[str, str], str | int | None]
NO_RULE = "This tool does not add answers up"
NO_BANDS = "This tool has no bands"


@dataclass(frozen=True)
class About:
    """What floors ask of the young person. ``learning_disability`` None: it is not known."""

    age: int
    learning_disability: bool | None = None


@dataclass(frozen=True)
class Subtotal:
    domain: str
    total: int | None
    maximum: int
    answered: int
    asked: int


@dataclass(frozen=True)
class FloorFound:
    code: str
    why: str
    band: str


@dataclass(frozen=True)
class Result:
    """``total`` is None where nothing is known that counts. ``enough``: as complete as the rule asks for a band.

    ``floors``: those that hold and stand above the band before them; where there is no band, those that would.
    ``floors_open``: those that hang on what is not known of the young person.
    """

    total: int | None
    maximum: int | None
    subtotals: tuple[Subtotal, ...]
    at_each_score: tuple[tuple[int, int], ...]
    band_before_floors: str | None
    floors: tuple[FloorFound, ...]
    floors_open: tuple[FloorFound, ...]
    band: str | None
    answered: int
    asked: int
    completeness: int
    enough: bool
    not_known: tuple[str, ...]
    unanswered: tuple[str, ...]
    no_band_because: str

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Result:
        found = {name: tuple(FloorFound(**floor) for floor in data[name]) for name in ("floors", "floors_open")}
        listed = {name: tuple(data[name]) for name in ("not_known", "unanswered")}
        return cls(
            **{
                **data,
                **found,
                **listed,
                "subtotals": tuple(Subtotal(**subtotal) for subtotal in data["subtotals"]),
                "at_each_score": tuple((score, number) for score, number in data["at_each_score"]),
            }
        )


def result(definition: Definition, answers: Answers, about: About) -> Result:
    """What the tool gives for ``answers``. Raises ValueError naming the item whose answer does not fit its scale."""
    check(definition, answers)
    scores = {item.code: _score(definition, item, answers) for item in definition.items}
    known = {item.code for item in definition.asked if is_known(definition, item, answers)}
    given = {item.code for item in definition.asked if _is_given(definition, item, answers)}
    asked = len(definition.asked)
    total = _total(definition, _units(definition, scores))
    enough = len(known) >= needed(definition)
    why_not, before = _band(definition, total, len(known), enough)
    holding, still_open = _floors(definition, scores, about)
    rank = {band.code: place for place, band in enumerate(definition.bands)}
    lifting = tuple(floor for floor in holding if before is None or rank[floor.band] > rank[before.code])
    highest = max([before.code, *(floor.band for floor in lifting)], key=rank.__getitem__) if before else None
    return Result(
        total=total,
        maximum=maximum(definition),
        subtotals=_subtotals(definition, scores, known),
        at_each_score=_at_each_score(_units(definition, scores)),
        band_before_floors=before.code if before else None,
        floors=lifting,
        floors_open=still_open,
        band=highest,
        answered=len(known),
        asked=asked,
        completeness=(200 * len(known) + asked) // (2 * asked) if asked else 0,
        enough=enough,
        not_known=tuple(item.code for item in definition.asked if item.code in given - known),
        unanswered=tuple(item.code for item in definition.asked if item.code not in given),
        no_band_because=why_not,
    )


def check(definition: Definition, answers: Answers) -> None:
    """Raises ValueError naming the first item whose answer does not fit."""
    items = {item.code: item for item in definition.items}
    for (code, window), value in answers.items():
        if code not in items:
            raise ValueError(f"{code}: this version of the tool has no such item")
        if window not in items[code].scale.window_codes:
            raise ValueError(f"{code}: it is not asked of the time {window!r}")
        if value is not None and not fits(items[code].scale, value):
            raise ValueError(f"{code}: {value!r} is no answer on the scale {items[code].scale.label!r}")


def fits(scale: Scale, value: object) -> bool:
    match scale.kind:
        case ScaleKind.TEXT:
            return isinstance(value, str)
        case ScaleKind.NUMBER:
            whole = isinstance(value, int) and not isinstance(value, bool)
            return whole and scale.minimum <= value <= scale.maximum  # type: ignore[operator]
        case _:
            return isinstance(value, str) and scale.level(value) is not None


def needed(definition: Definition) -> int:
    """How many of the items asked must be known for a band."""
    return -(-definition.rule.completeness_at_least * len(definition.asked) // 100)


def maximum(definition: Definition) -> int | None:
    """The highest total there can be; None where nothing is added up."""
    highest = {item.code: max(item.scale.scores, default=0) for item in definition.items}
    return _total(definition, _units(definition, highest))


def is_known(definition: Definition, item: Item, answers: Answers) -> bool:
    """Whether something is said that counts as an answer: neither left out nor "not known"."""
    return any(
        value_of(item.scale, answers.get((item.code, window))) is not None
        for window in definition.windows_counted(item)
    )


def value_of(scale: Scale, value: str | int | None) -> str | int | None:
    """The score, number or text answered; None where it says nothing, or "not known"."""
    if scale.kind is ScaleKind.TEXT:
        return (value.strip() or None) if isinstance(value, str) else None
    if scale.kind is ScaleKind.NUMBER or value is None:
        return value
    level = scale.level(str(value))
    return level.score if level else None


def _is_given(definition: Definition, item: Item, answers: Answers) -> bool:
    return any(
        answers.get((item.code, window)) not in (None, "") and str(answers[item.code, window]).strip()
        for window in definition.windows_counted(item)
    )


def _score(definition: Definition, item: Item, answers: Answers) -> int | None:
    """The item's score in the window counted, before any weight."""
    if not definition.is_scored or item.scale.kind is ScaleKind.TEXT:
        return None
    value = value_of(item.scale, answers.get((item.code, definition.windows_counted(item)[0])))
    return value if isinstance(value, int) else None


def _units(definition: Definition, scores: Mapping[str, int | None], domain: str = "") -> list[int]:
    """The values that are added up, of one domain or of all: of each counted item, or the highest of each domain."""
    values = []
    for part in definition.domains:
        if domain not in ("", part.code):
            continue
        found = [_weighed(definition, item, scores[item.code]) for item in part.items if definition.counts(item)]
        known = [value for value in found if value is not None]
        values += [max(known)] if known and definition.rule.per is Per.DOMAIN else known
    return values


def _weighed(definition: Definition, item: Item, score: int | None) -> int | None:
    weight = item.weight if definition.rule.kind is RuleKind.WEIGHTED else 1
    return None if score is None else weight * score


def _total(definition: Definition, units: list[int]) -> int | None:
    if not units or not definition.is_scored:
        return None
    match definition.rule.kind:
        case RuleKind.COUNT:
            return sum(unit >= definition.rule.level for unit in units)
        case RuleKind.MAX:
            return max(units)
        case _:
            return sum(units)


def _subtotals(definition: Definition, scores: Mapping[str, int | None], known: set[str]) -> tuple[Subtotal, ...]:
    highest = {item.code: max(item.scale.scores, default=0) for item in definition.items}
    made = []
    for domain in definition.domains:
        counted = [item.code for item in domain.items if definition.counts(item)]
        if counted:
            total = _total(definition, _units(definition, scores, domain.code))
            most = _total(definition, _units(definition, highest, domain.code))
            made.append(Subtotal(domain.code, total, most or 0, len(known.intersection(counted)), len(counted)))
    return tuple(made)


def _at_each_score(units: Iterable[int]) -> tuple[tuple[int, int], ...]:
    values = list(units)
    return tuple((value, values.count(value)) for value in sorted(set(values)))


def _band(definition: Definition, total: int | None, known: int, enough: bool) -> tuple[str, Band | None]:
    """Why there is no band, or the band before floors."""
    if not definition.is_scored:
        return NO_RULE, None
    if not definition.bands:
        return NO_BANDS, None
    if not enough or total is None:
        asked, least = len(definition.asked), max(needed(definition), 1)
        return f"Not enough is known: {known} of {asked} items answered, {least} are needed for a band", None
    found = next((band for band in definition.bands if band.lowest <= total <= band.highest), None)
    return ("" if found else f"No band of this tool holds {total}"), found


def _floors(
    definition: Definition, scores: Mapping[str, int | None], about: About
) -> tuple[tuple[FloorFound, ...], tuple[FloorFound, ...]]:
    """Floors that hold, and floors that would hold if what is not known of the young person were so."""
    holding, still_open = [], []
    for floor in definition.floors:
        found = FloorFound(floor.code, floor.why, floor.band)
        if not (_young_enough(floor, about) and _item_reaches(definition, floor, scores)):
            continue
        if not floor.learning_disability or about.learning_disability:
            holding.append(found)
        elif about.learning_disability is None:
            still_open.append(found)
    return tuple(holding), tuple(still_open)


def _young_enough(floor: Floor, about: About) -> bool:
    return floor.age_under is None or about.age < floor.age_under


def _item_reaches(definition: Definition, floor: Floor, scores: Mapping[str, int | None]) -> bool:
    if floor.at_least is None:
        return True
    return any(
        (scores[item.code] or 0) >= floor.at_least
        for item in definition.items
        if (item.kind in floor.kinds if floor.kinds else definition.counts(item))
    )
