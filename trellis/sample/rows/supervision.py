"""Rows of supervision: of a case that goes on, what its worker and their manager said to each other at last.

It draws from a stream of each case's own, so that nothing else in the area changes with it.
"""

from __future__ import annotations

from datetime import date, timedelta

from trellis.sample.moments import at, london_day, stamp
from trellis.sample.records import Case
from trellis.sample.rows.cut import Cut
from trellis.sample.streams import Stream, id_from, stream
from trellis.supervision.lifecycle import TO_DO

SETTLED = 28
TALKED = (
    "What they ask of us, and what we have asked of them so far. We slow down and let them choose the place.",
    "Days at college and who is met on the way. The bus stop is the place to make safer.",
    "How tired the family is. Two visits a week are too many; one that they choose is better.",
    "Who else they trust. An aunt comes up again and again, and nobody has asked her yet.",
)
LIFE = (
    "Waking early and waiting for messages. Nobody at home asks, they say.",
    "Likes being out, is afraid of one street, and sleeps best at gran's.",
)
AGREED = ("Ask the aunt what helps", "Walk the way to college together", "Ring the school about a quiet room")
LOOKED = ("The record and the plan", "The plan, and a visit that I joined")
VIEW = (
    "The young person is heard, and it shows in the plan. Who is a risk is named clearly.",
    "Good, steady contact. What the adults around do about the risk is less clear than what the young person does.",
)
DIRECTION = ("Go on so, and look again in six weeks.", "Name in the plan who does what about the two addresses.")


def write_supervision(case: Case, cut: Cut) -> None:
    """The last supervision of a case that was open then, an action to be done, and now and then a manager's view."""
    if not cut.has(case.allocated_at) or cut.has(case.closed_at):
        return
    by = stream("supervision", case.id)
    since = london_day(case.allocated_at)
    held = max(since, cut.day - timedelta(days=by.between(1, SETTLED)))
    _write_held(case, held, by, cut)
    if by.happens(0.4) and cut.day - since > timedelta(days=SETTLED):
        _write_oversight(case, held, by, cut)


def _write_held(case: Case, held: date, by: Stream, cut: Cut) -> None:
    manager, moment = cut.staff.manager.id, stamp(at(held, 15))
    session, action = id_from(case.id, "session"), id_from(case.id, "action")
    supervision = id_from(case.id, "supervision")
    joint = by.happens(0.3)
    cut.writer.add(
        "supervision.Supervision",
        supervision,
        moment,
        case.child.id,
        session,
        "joint" if joint else "case",
        held,
        case.worker,
        "the clinical psychologist" if joint else "",
        ["social_care", "psychology"] if joint else ["social_care"],
        by.one(TALKED),
        by.one(LIFE),
        None,
        manager,
    )
    due = held + timedelta(days=by.between(5, 35))
    what = by.one(AGREED)
    cut.writer.add(
        "supervision.SupervisionAction",
        action,
        moment,
        1,
        case.child.id,
        supervision,
        what,
        case.worker,
        due,
        TO_DO,
        "",
        None,
        manager,
    )
    cut.move("supervision.SupervisionActionMove", action, "", TO_DO, at(held, 15), manager)


def _write_oversight(case: Case, held: date, by: Stream, cut: Cut) -> None:
    manager = cut.staff.manager.id
    cut.writer.add(
        "supervision.OversightNote",
        id_from(case.id, "oversight"),
        stamp(at(held, 16)),
        case.child.id,
        held,
        by.one(LOOKED),
        by.one(VIEW),
        by.one(DIRECTION),
        None,
        manager,
    )
