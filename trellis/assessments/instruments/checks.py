"""Whether the parts of a tool fit together: scales with their items, bands with the totals there can be, floors."""

from itertools import pairwise

from trellis.assessments.instruments.definition import Definition, Floor, Item, ItemKind, RuleKind, Scale, ScaleKind
from trellis.assessments.instruments.fields import Problems, unique
from trellis.assessments.instruments.scoring import maximum


def check_together(definition: Definition, problems: Problems) -> None:
    """Add to ``problems`` what is wrong between parts that are each well formed."""
    for number, scale in enumerate(definition.scales, 1):
        _check_scale(scale, f"scale {number}", problems)
    _check_domains(definition, problems)
    if definition.is_scored:
        _check_rule(definition, problems)
    elif definition.bands or definition.floors:
        problems.add("rule", "a tool that does not add answers up has no bands and no floors")
    _check_bands(definition, problems)
    for number, floor in enumerate(definition.floors, 1):
        _check_floor(definition, floor, f"floor {number}", problems)
    unique([(f"floor {number}", floor.code) for number, floor in enumerate(definition.floors, 1)], problems)
    for code, _ in definition.review.by_band:
        if definition.band(code) is None:
            problems.add("review", f"there is no band {code!r}")


def _check_scale(scale: Scale, place: str, problems: Problems) -> None:
    if scale.kind in (ScaleKind.ORDINAL, ScaleKind.CHOICE):
        if len(scale.levels) < 2:
            problems.add(place, "it needs two answers to choose from, or more")
        elif not scale.scores:
            problems.add(place, 'every answer says "not known": give one a score')
    elif scale.levels:
        problems.add(place, "only a scale of answers to choose from has answers")
    if scale.kind is ScaleKind.NUMBER and scale.minimum >= scale.maximum:
        problems.add(place, "the lowest number is not below the highest")


def _check_domains(definition: Definition, problems: Problems) -> None:
    if not definition.domains:
        problems.add("", "The tool has no domain")
    for number, domain in enumerate(definition.domains, 1):
        if not domain.items:
            problems.add(f"domain {number}", "it has no item")
        for place, item in enumerate(domain.items, 1):
            if item.kind is ItemKind.NARRATIVE and item.scale.kind is not ScaleKind.TEXT:
                problems.add(f"domain {number}, item {place}", "a narrative item is answered in text")


def _check_rule(definition: Definition, problems: Problems) -> None:
    rule = definition.rule
    if not definition.asked:
        problems.add("rule", "no item is counted: choose kinds of item that the tool has, answered by a score")
    if rule.kind is RuleKind.COUNT and definition.asked and (maximum(definition) or 0) == 0:
        problems.add("rule", f"no answer has a score of {rule.level} or more, so that nothing is ever counted")
    floor_kinds = {kind for floor in definition.floors for kind in floor.kinds}
    for where, item in _placed(definition):
        looked_at = definition.counts(item) or item.kind in floor_kinds
        if looked_at and item.scale.windows and rule.window not in item.scale.window_codes:
            problems.add(
                where, f"its scale asks of several times, and the rule does not say that {rule.window!r} counts"
            )


def _placed(definition: Definition) -> list[tuple[str, Item]]:
    return [
        (f"domain {number}, item {place}", item)
        for number, domain in enumerate(definition.domains, 1)
        for place, item in enumerate(domain.items, 1)
    ]


def _check_bands(definition: Definition, problems: Problems) -> None:
    """Bands follow one another with neither gap nor overlap, and reach the highest total there can be."""
    unique([(f"band {number}", band.code) for number, band in enumerate(definition.bands, 1)], problems)
    for number, band in enumerate(definition.bands, 1):
        if band.highest < band.lowest:
            problems.add(f"band {number}", "its highest total is below its lowest")
    for number, (before, after) in enumerate(pairwise(definition.bands), 2):
        if after.lowest <= before.highest:
            problems.add(f"band {number}", f"it overlaps the one before, which goes up to {before.highest}")
        elif after.lowest > before.highest + 1:
            problems.add(f"band {number}", f"there is a gap after {before.highest}, where the one before ends")
    most = maximum(definition)
    if definition.bands and most is not None and definition.bands[-1].highest < most:
        problems.add(f"band {len(definition.bands)}", f"it ends before {most}, the highest total there can be")


def _check_floor(definition: Definition, floor: Floor, place: str, problems: Problems) -> None:
    if definition.band(floor.band) is None:
        problems.add(place, f"there is no band {floor.band!r}")
    if floor.age_under is None and not floor.learning_disability and floor.at_least is None:
        problems.add(place, "it names no age, no learning disability and no score, so that it would always hold")
    if floor.kinds and floor.at_least is None:
        problems.add(place, "it names kinds of item and not the score it looks for")
    if floor.at_least is not None and not _can_reach(definition, floor, floor.at_least):
        problems.add(place, f"no item it looks at can have a score of {floor.at_least}")


def _can_reach(definition: Definition, floor: Floor, score: int) -> bool:
    looked_at = (item for item in definition.items if (item.kind in floor.kinds or not floor.kinds))
    return any(
        max(item.scale.scores, default=0) >= score for item in looked_at if floor.kinds or definition.counts(item)
    )
