"""A tool's definition from and to plain data (JSON), and the fingerprint a published version carries."""

import hashlib
import json
from typing import Any

from trellis.assessments.instruments.checks import check_together
from trellis.assessments.instruments.definition import (
    INFORMANTS,
    Band,
    Definition,
    Domain,
    Floor,
    Item,
    ItemKind,
    Level,
    Per,
    Questions,
    ReviewRule,
    Rule,
    RuleKind,
    Scale,
    ScaleKind,
    Window,
)
from trellis.assessments.instruments.fields import Part, Problems, Unusable, unique

__all__ = ["Unusable", "as_far_as_it_reads", "fingerprint", "read", "write"]

MOST_DOMAINS, MOST_ITEMS, MOST_SCALES, MOST_LEVELS, MOST_BANDS = 40, 100, 40, 20, 20
MOST_DAYS, MOST_SCORE, MOST_TOTAL = 730, 1_000, 100_000_000
LINE, LONG = 300, 2_000
KINDS = tuple(str(kind) for kind in ItemKind)
FLAGS = tuple(Questions.__dataclass_fields__)
# Stands for a scale that is missing or unreadable until the reader has said so.
NO_SCALE = Scale("", "", ScaleKind.TEXT)


def read(data: Any) -> Definition:
    """The definition ``data`` holds. Raises Unusable with every problem it has, each naming its place."""
    made, problems = as_far_as_it_reads(data)
    if problems:
        raise Unusable(problems)
    return made


def as_far_as_it_reads(data: Any) -> tuple[Definition, list[str]]:
    """An unfinished definition with what is still wrong with it; what does not read is left empty in it."""
    problems = Problems()
    top = Part(data, "", problems, ("domains", "scales", "rule", "bands", "floors", "review", "questions"))
    scales = tuple(_scale(value, place, problems) for place, value in top.each("scales", "scale", MOST_SCALES))
    unique([(f"scale {number}", scale.code) for number, scale in enumerate(scales, 1)], problems)
    domains = _domains(top, {scale.code: scale for scale in scales}, problems)
    made = Definition(
        domains=domains,
        scales=scales,
        rule=_rule(top.data.get("rule", {}), problems),
        bands=tuple(_band(value, place, problems) for place, value in top.each("bands", "band", MOST_BANDS)),
        floors=tuple(_floor(value, place, problems) for place, value in top.each("floors", "floor", MOST_BANDS)),
        review=_review(top.data.get("review", {}), problems),
        questions=_questions(top.data.get("questions", {}), problems),
    )
    if not problems.found:
        check_together(made, problems)
    return made, problems.found


def _scale(data: Any, place: str, problems: Problems) -> Scale:
    part = Part(data, place, problems, ("code", "label", "kind", "levels", "minimum", "maximum", "windows"))
    levels = tuple(_level(value, where, problems) for where, value in part.each("levels", "level", MOST_LEVELS))
    windows = tuple(_window(value, where, problems) for where, value in part.each("windows", "time", MOST_LEVELS))
    unique([(f"{place}, level {number}", level.code) for number, level in enumerate(levels, 1)], problems)
    unique([(f"{place}, time {number}", window.code) for number, window in enumerate(windows, 1)], problems)
    return Scale(
        code=part.code(),
        label=part.text("label", "the name", LINE),
        kind=part.choice("kind", "the kind of scale", ScaleKind, ScaleKind.TEXT),
        levels=levels,
        minimum=part.number("minimum", "the lowest number", 0, MOST_SCORE, 0),
        maximum=part.number("maximum", "the highest number", 1, MOST_SCORE, 10),
        windows=windows,
    )


def _level(data: Any, place: str, problems: Problems) -> Level:
    part = Part(data, place, problems, ("code", "label", "score"))
    score = part.number_or_none("score", "the score", 0, MOST_SCORE)
    return Level(part.code(), part.text("label", "the answer", LINE), score)


def _window(data: Any, place: str, problems: Problems) -> Window:
    part = Part(data, place, problems, ("code", "label"))
    return Window(part.code(most=20), part.text("label", "the name", LINE))


def _domains(top: Part, scales: dict[str, Scale], problems: Problems) -> tuple[Domain, ...]:
    made, codes, item_codes = [], [], []
    for place, data in top.each("domains", "domain", MOST_DOMAINS):
        part = Part(data, place, problems, ("code", "label", "items"))
        items = []
        for where, value in part.each("items", "item", MOST_ITEMS):
            items.append(_item(value, where, scales, problems))
            item_codes.append((where, items[-1].code))
        made.append(Domain(part.code(), part.text("label", "the name", LINE), tuple(items)))
        codes.append((place, made[-1].code))
    unique(codes, problems)
    unique(item_codes, problems)
    return tuple(made)


def _item(data: Any, place: str, scales: dict[str, Scale], problems: Problems) -> Item:
    known = ("code", "text", "help", "kind", "scale", "weight", "area", "informants", "evidence")
    part = Part(data, place, problems, known)
    scale = part.code("scale", "the scale")
    if scale and scale not in scales:
        part.wrong(f"there is no scale {scale!r}")
    return Item(
        code=part.code(),
        text=part.text("text", "the question", LONG),
        help=part.text("help", "the help", LONG, needed=False),
        kind=part.choice("kind", "the kind of item", ItemKind, ItemKind.NARRATIVE),
        scale=scales.get(scale, NO_SCALE),
        weight=part.number("weight", "the weight", 1, 100, 1),
        area=part.code("area", "the outcome area", needed=False),
        informants=part.choices("informants", "who is asked", INFORMANTS),
        evidence=part.flag("evidence", "whether evidence is asked for", False),
    )


def _rule(data: Any, problems: Problems) -> Rule:
    part = Part(data, "rule", problems, ("kind", "per", "level", "kinds", "window", "completeness_at_least"))
    return Rule(
        kind=part.choice("kind", "the way of counting", RuleKind, RuleKind.NONE),
        per=part.choice("per", "what is counted", Per, Per.ITEM),
        level=part.number("level", "the score counted from", 1, MOST_SCORE, 1),
        kinds=tuple(ItemKind(kind) for kind in part.choices("kinds", "the kinds counted", KINDS)),
        window=part.code("window", "the time counted", 20, needed=False),
        completeness_at_least=part.number("completeness_at_least", "the completeness", 0, 100, 0),
    )


def _band(data: Any, place: str, problems: Problems) -> Band:
    part = Part(data, place, problems, ("code", "label", "lowest", "highest"))
    lowest = part.number("lowest", "its lowest total", 0, MOST_TOTAL, 0)
    return Band(
        code=part.code(most=40),
        label=part.text("label", "the name", LINE),
        lowest=lowest,
        highest=part.number("highest", "its highest total", 0, MOST_TOTAL, lowest),
    )


def _floor(data: Any, place: str, problems: Problems) -> Floor:
    known = ("code", "why", "band", "age_under", "learning_disability", "kinds", "at_least")
    part = Part(data, place, problems, known)
    return Floor(
        code=part.code(),
        why=part.text("why", "the reason", LINE),
        band=part.code("band", "the band", 40),
        age_under=part.number_or_none("age_under", "the age", 1, 26),
        learning_disability=part.flag("learning_disability", "learning disability", False),
        kinds=tuple(ItemKind(kind) for kind in part.choices("kinds", "the kinds of item", KINDS)),
        at_least=part.number_or_none("at_least", "the score it looks for", 1, MOST_SCORE),
    )


def _review(data: Any, problems: Problems) -> ReviewRule:
    part = Part(data, "review", problems, ("days", "by_band"))
    by_band = Part(part.data.get("by_band", {}), "review by band", problems, None)
    codes = [code for code in by_band.data if isinstance(code, str)]
    days = [(code, by_band.number_or_none(code, f"the days for {code[:40]!r}", 1, MOST_DAYS)) for code in codes]
    return ReviewRule(
        part.number_or_none("days", "the days", 1, MOST_DAYS), tuple((code, day) for code, day in days if day)
    )


def _questions(data: Any, problems: Problems) -> Questions:
    part = Part(data, "questions", problems, FLAGS)
    return Questions(**{name: part.flag(name, name.replace("_", " "), True) for name in FLAGS})


def write(definition: Definition) -> dict[str, Any]:
    """The definition as plain data; ``read`` gives the very same definition back."""
    return {
        "scales": [_scale_data(scale) for scale in definition.scales],
        "domains": [
            {"code": domain.code, "label": domain.label, "items": [_item_data(item) for item in domain.items]}
            for domain in definition.domains
        ],
        "rule": {**vars(definition.rule), "kinds": list(definition.rule.kinds)},
        "bands": [dict(vars(band)) for band in definition.bands],
        "floors": [{**vars(floor), "kinds": list(floor.kinds)} for floor in definition.floors],
        "review": {"days": definition.review.days, "by_band": dict(definition.review.by_band)},
        "questions": dict(vars(definition.questions)),
    }


def _scale_data(scale: Scale) -> dict[str, Any]:
    levels, windows = ([dict(vars(one)) for one in many] for many in (scale.levels, scale.windows))
    return {**vars(scale), "levels": levels, "windows": windows}


def _item_data(item: Item) -> dict[str, Any]:
    return {**vars(item), "scale": item.scale.code, "informants": list(item.informants)}


def fingerprint(data: Any) -> str:
    """SHA-256 of the definition's canonical JSON. Raises Unusable for what JSON cannot hold."""
    try:
        text = json.dumps(data, sort_keys=True, separators=(",", ":"), ensure_ascii=True, allow_nan=False)
    except (TypeError, ValueError, RecursionError) as fault:
        raise Unusable(["This cannot be written as JSON"]) from fault
    return hashlib.sha256(text.encode("ascii")).hexdigest()
