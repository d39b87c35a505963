"""Legal statuses as dated spells that overlap as in life, and the pattern the open children have at a year's end."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from trellis.sample.moments import midnight
from trellis.sample.plan import YearPlan
from trellis.sample.records import Child, Spell
from trellis.sample.streams import Stream

LOOKED_AFTER = "looked_after"
IN_NEED = "child_in_need"
ON_A_PLAN = "child_protection_plan"
CARE_LEAVER = "care_leaver"
KINDS = (IN_NEED, ON_A_PLAN, LOOKED_AFTER)
Pattern = tuple[str, ...]

# Chosen so that about a third of all missing reports are of looked-after children.
AT_FIRST: dict[Pattern, float] = {
    (): 50,
    (IN_NEED,): 20,
    (IN_NEED, ON_A_PLAN): 4,
    (LOOKED_AFTER,): 20,
    (IN_NEED, LOOKED_AFTER): 6,
}
SHARE_ENDING = 0.2


def first_status(child: Child, on: date, by: Stream) -> None:
    """What is true of a child when the hub first hears of them; it began some time before."""
    _begin(child, by.pick(AT_FIRST), on - timedelta(days=by.between(10, 600)), by)


def _begin(child: Child, pattern: Pattern, day: date, by: Stream) -> None:
    child.spells += [Spell(by.id(), kind, day) for kind in pattern if child.status(kind) is None]


def turn_of_year(children: Sequence[Child], plan: YearPlan, by: Stream) -> None:
    """In each year some statuses end."""
    for child in children:
        if child.eighteenth > plan.ends_on and child.open_case is None and by.happens(SHARE_ENDING):
            _end(child, KINDS, plan.starts_on + timedelta(days=by.between(1, 360)))


def come_of_age(child: Child, by: Stream) -> None:
    """With the eighteenth birthday ends what belongs to childhood; who was looked after becomes a care leaver."""
    if child.status(LOOKED_AFTER):
        child.spells.append(Spell(by.id(), CARE_LEAVER, child.eighteenth))
    _end(child, KINDS, child.eighteenth)


def _end(child: Child, kinds: Sequence[str], day: date) -> None:
    for kind in kinds:
        spell = child.status(kind)
        if spell and spell.starts_on < day:
            spell.ends_on = day


def settle_patterns(children: Sequence[Child], plan: YearPlan, wanted: Mapping[Pattern, int], by: Stream) -> None:
    """Bring the children open on the last day of the year to exactly the patterns wanted, changing as few as may be."""
    left = dict(wanted)
    undecided = list(children)
    by.shuffle(undecided)
    for same in (True, False):
        for child in list(undecided):
            pattern = _present(child) if same else _nearest(_present(child), left)
            if left.get(pattern, 0):
                left[pattern] -= 1
                undecided.remove(child)
                _become(child, pattern, plan, by)


def _present(child: Child) -> Pattern:
    return tuple(kind for kind in KINDS if child.status(kind))


def _nearest(present: Pattern, left: Mapping[Pattern, int]) -> Pattern:
    """The pattern still wanted that differs least from the present one."""
    open_ones = [pattern for pattern, count in left.items() if count]
    return min(open_ones, key=lambda pattern: (len(set(pattern) ^ set(present)), pattern))


def _become(child: Child, pattern: Pattern, plan: YearPlan, by: Stream) -> None:
    if _present(child) == pattern:
        return
    if child.known_from >= midnight(plan.starts_on):
        child.spells.clear()
        _begin(child, pattern, plan.starts_on - timedelta(days=by.between(-30, 500)), by)
        return
    turns = [day for spell in child.spells for day in (spell.starts_on, spell.ends_on) if day]
    first = max([plan.starts_on, *(day + timedelta(days=1) for day in turns)])
    day = first + timedelta(days=by.between(0, (plan.ends_on - first).days - 1))
    _end(child, [kind for kind in KINDS if kind not in pattern], day)
    _begin(child, pattern, day, by)
