"""Where children learn, one place at a time, and the additional needs the school records."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from trellis.sample.moments import midnight
from trellis.sample.plan import YearPlan
from trellis.sample.records import Child, School
from trellis.sample.streams import Stream
from trellis.sample.words import say

ALTERNATIVE = ("alternative_provision", "pupil_referral_unit")
WITH_SEND = ("sen_support", "ehc_plan")
AT_SCHOOL = {
    "mainstream": 72,
    "special": 5,
    "alternative_provision": 7,
    "pupil_referral_unit": 8,
    "elective_home": 3,
    "not_in_education": 5,
}
AFTER_SCHOOL = {"post_16": 72, "not_in_education": 23, "alternative_provision": 5}
SEND = {"none": 64, "sen_support": 20, "ehc_plan": 9, "not_known": 7}
PLACES = {
    "mainstream": "schools",
    "special": "schools",
    "alternative_provision": "alternatives",
    "pupil_referral_unit": "alternatives",
    "post_16": "colleges",
}
LEAVING_AGE = 16


def first_school(child: Child, on: date, by: Stream) -> None:
    """Where the child is when the hub first hears of them, since a September before."""
    september = date(on.year if on.month >= 9 else on.year - 1, 9, 1)
    left = _left_school(child, september)
    since = september if left or by.happens(0.4) else date(september.year - by.between(1, 3), 9, 1)
    _enrol(child, by.pick(AFTER_SCHOOL if left else AT_SCHOOL), by.pick(SEND), since, by)


def _left_school(child: Child, september: date) -> bool:
    """School ends in the summer after the sixteenth birthday by 31 August."""
    return child.age_on(september - timedelta(days=1)) >= LEAVING_AGE


def _enrol(child: Child, provision: str, send: str, day: date, by: Stream) -> None:
    place = by.one(say("places", PLACES[provision])) if provision in PLACES else ""
    child.schools.append(School(by.id(), provision, send, place, day))


def now_at(child: Child) -> School:
    return child.schools[-1]


def turn_of_year(children: Sequence[Child], plan: YearPlan, by: Stream) -> None:
    """September of the year: those who have left school go on."""
    september = date(plan.starts_on.year, 9, 1)
    for child in children:
        place = now_at(child)
        if place.ends_on or place.starts_on >= september or child.eighteenth <= september:
            continue
        if place.provision in AT_SCHOOL and place.provision != "special" and _left_school(child, september):
            place.ends_on = september
            _enrol(child, by.pick(AFTER_SCHOOL), place.send, september, by)


def come_of_age(child: Child) -> None:
    """With the eighteenth birthday the record of schooling ends."""
    place = now_at(child)
    if place.ends_on is None and place.starts_on < child.eighteenth:
        place.ends_on = child.eighteenth


def settle_profile(children: Sequence[Child], plan: YearPlan, by: Stream) -> None:
    """Bring the children open on the last day to the numbers with SEND and in alternative provision."""
    alternative = _chosen(children, plan.profile.alternative, lambda c: _alternative_rank(c), by)
    send = _chosen(children, plan.profile.send, lambda c: now_at(c).send not in WITH_SEND, by)
    for child in children:
        here = now_at(child)
        provision = _provision(child, child in alternative, plan, by)
        needs = _needs(here.send, child in send, by)
        if (provision, needs) != (here.provision, here.send):
            _move(child, provision, needs, plan, by)


def _alternative_rank(child: Child) -> int:
    """Those already there stay; then those still at school; those past it last."""
    provision = now_at(child).provision
    return 0 if provision in ALTERNATIVE else 2 if provision == "post_16" else 1


def _chosen(children: Sequence[Child], count: int, rank: object, by: Stream) -> set[Child]:
    mixed = list(children)
    by.shuffle(mixed)
    return set(sorted(mixed, key=rank)[:count])  # type: ignore[call-overload]


def _provision(child: Child, alternative: bool, plan: YearPlan, by: Stream) -> str:
    here = now_at(child).provision
    if alternative == (here in ALTERNATIVE):
        return here
    if alternative:
        return "alternative_provision" if here == "post_16" else by.one(ALTERNATIVE)
    return "post_16" if _left_school(child, date(plan.starts_on.year, 9, 1)) else "mainstream"


def _needs(here: str, send: bool, by: Stream) -> str:
    if send == (here in WITH_SEND):
        return here
    return by.one(WITH_SEND) if send else "none"


def _move(child: Child, provision: str, send: str, plan: YearPlan, by: Stream) -> None:
    """A change inside the year; what the year itself began, or a child new to the hub, simply reads otherwise."""
    here = now_at(child)
    place = by.one(say("places", PLACES[provision])) if provision in PLACES else ""
    if here.starts_on >= plan.starts_on or child.known_from >= midnight(plan.starts_on):
        here.provision, here.send, here.place = provision, send, place
        return
    day = plan.starts_on + timedelta(days=by.between(150, 350))
    here.ends_on = day
    child.schools.append(School(by.id(), provision, send, place, day))
