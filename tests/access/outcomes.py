"""Outcomes of each child of the matrix, and of a case that was closed long before, a word in every part of them."""

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

from tests.factories.prepared import prepared
from trellis.accounts.models import User
from trellis.cases.models import Case
from trellis.core.clocks import today
from trellis.outcomes.models import ClosureChallenge, ClosureLook, ClosureTold, FollowUp, OutcomeRecord
from trellis.people.models import Person

SEEN_OF_OUTCOMES: dict[str, Callable[[Any, Any], bool]] = {
    "point": lambda _, ask: ask.sees("outcomes"),
    "told": lambda _, ask: ask.sees("record"),
    "follow-up": lambda _, ask: ask.sees_row("outcomes_followup", "follow_up_id"),
    "closure": lambda _, ask: ask.sees("record") and ask.sees_row("cases_case", "case_id"),
}


def write_outcomes(name: str, child: Person, by: User, word: Any) -> dict[str, dict[str, UUID | str]]:
    """Adds a case that is over; gives, by kind, what an address of it names."""

    def said(what: str) -> str:
        return str(word(name, f"outcome{what}"))

    with prepared():
        now = Case.objects.get(person=child)
        over = Case.objects.create(
            person=child,
            reference=str(word(name, "over")),
            status="closed",
            opened_on=date(2020, 1, 6),
            closed_on=date(2020, 9, 4),
            closure_reason="did_not_engage",
        )
        about, asked = {"person": child, "case": over, "recorded_by": by}, {"who_says": "child", "recorded_on": today()}
        told = {part: said(part.replace("_", "")) for part in ("tried", "what_else", "who_else", "young_person_said")}
        OutcomeRecord.objects.create(
            point="start", area="education", stands="same", evidence=said("evidence"),
            **{**about, "case": now}, **asked,
        )  # fmt: skip
        OutcomeRecord.objects.create(
            point="close", area="education", stands="worse", evidence=said("then"), **about, **asked
        )
        ClosureChallenge.objects.create(
            reason="did_not_engage", met=0, attempted=4, cancelled=1, may_close=True, decided_why=said("why"),
            decided_on=date(2020, 9, 3), **about, **told,
        )  # fmt: skip
        ClosureTold.objects.create(
            whom="school", told_on=date(2020, 9, 3), name=said("school"), how=said("how"), **about
        )
        ClosureLook.objects.create(referred_on=today(), learnt=said("learnt"), change=said("change"), **about)
        about.pop("recorded_by")
        done = {"done_on": date(2021, 3, 4), "who_asked": by, "why_not": said("notreached")}
        FollowUp.objects.create(point="six", due_on=date(2021, 3, 6), worker=by, **about, **done)
        later = FollowUp.objects.create(point="twelve", due_on=date(2021, 9, 4), worker=by, **about)
    ids: dict[str, UUID | str] = {"person_id": child.id}
    return {
        "point": {**ids, "point": "mid"},
        "told": {**ids, "whom": "school"},
        "follow-up": {**ids, "follow_up_id": later.id},
        "closure": {**ids, "case_id": over.id},
    }
