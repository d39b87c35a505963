"""Rows of the way to adulthood: of those with an open case from 17 on, what they want, how ready they are, who takes
over, and on what the work goes on from 18. Which of it is there follows from the case: no cut changes another's."""

from __future__ import annotations

from datetime import timedelta

from trellis.core.clocks import birthday_in
from trellis.sample.moments import DAY, at, london_day, stamp
from trellis.sample.records import Case
from trellis.sample.rows.cut import Cut
from trellis.sample.streams import Stream, id_from, stream
from trellis.sample.words import words

WRITTEN, NAMED = 0.7, 0.5
AREAS = ("home", "money", "health", "learning", "people", "safety", "papers")
STATUSES = {"ready": 3.0, "nearly": 4.0, "not_yet": 3.0, "not_known": 2.0}
SERVICES = (("Morgan Tell-Ashby", "Leaving care team"), ("Rowan Fairlight", "Adult safeguarding team"))
REVIEW_EVERY = timedelta(days=90)


def write_transition(case: Case, cut: Cut, *, told: bool = False) -> None:
    """``told``: the story, which goes on to be read: its young person said yes. A plan and a basis stand once for each
    young person: what an earlier case had written, a later one does not write again."""
    by, child = stream("transition", case.id), case.child
    earlier = child.cases[: child.cases.index(case)]
    seventeen = at(birthday_in(child.born, child.born.year + 17), 15)
    begun = max(seventeen, case.allocated_at) + by.between(2, 20) * DAY
    written, named = by.happens(WRITTEN), by.happens(NAMED)
    if written and not earlier and _open_at(case, begun, cut):
        _write_words(case, begun, by, cut)
    half = seventeen + by.between(190, 220) * DAY
    if named and not earlier and half > case.allocated_at and _open_at(case, half, cut):
        _write_worker(case, half, by, cut)
    asked = _asked_at(case)
    if told or (asked and not any(map(_asked_at, earlier)) and cut.has(asked)):
        _write_basis(case, asked or child.eighteen_at - 60 * DAY, by, cut)


def _asked_at(case: Case) -> int | None:
    """When they were asked on what the work goes on from 18, and said yes; None where the case was over by then. What
    is later than that moment has no part in it: no cut knows more of it than another."""
    asked = case.child.eighteen_at - stream("adult basis", case.id).between(40, 95) * DAY
    asked = max(asked, case.allocated_at + DAY)
    return asked if case.closed_at is None or asked < case.closed_at else None


def _open_at(case: Case, moment: int, cut: Cut) -> bool:
    return cut.has(moment) and (case.closed_at is None or moment < case.closed_at)


def _write_words(case: Case, moment: int, by: Stream, cut: Cut) -> None:
    said, day = words("transition"), london_day(moment)
    cut.writer.add(
        "transition.TransitionPlan",
        id_from(case.child.id, "transition plan"),
        stamp(moment),
        1,
        case.child.id,
        by.one(said["what_i_want"]),
        by.one(said["who_beside_me"]),
        by.one(said["what_worries_me"]),
        True,
        day,
        max(day, cut.day) + REVIEW_EVERY,
        None,
        case.worker,
    )
    for area in AREAS:
        row = (id_from(case.id, "readiness", area), stamp(moment), area, by.pick(STATUSES), "", day, None, case.worker)
        cut.writer.add("transition.Readiness", *row, case.child.id)


def _write_worker(case: Case, moment: int, by: Stream, cut: Cut) -> None:
    name, service = by.one(SERVICES)
    cut.writer.add(
        "transition.AdultWorker",
        id_from(case.id, "adult worker"),
        stamp(moment),
        case.child.id,
        name,
        cut.directory.agencies["social_care"],
        service,
        "",
        london_day(moment),
        cut.known_day(case.closed_on),
        None,
        case.worker,
    )


def _write_basis(case: Case, moment: int, by: Stream, cut: Cut) -> None:
    if not cut.has(moment):
        return
    child = case.child
    cut.writer.add(
        "need_to_know.AdultBasis",
        id_from(child.id, "adult basis"),
        stamp(moment),
        child.id,
        "consent",
        False,
        by.one(words("transition")["consent"]),
        child.eighteenth,
        None,
        "",
        case.worker,
        None,
        None,
    )
