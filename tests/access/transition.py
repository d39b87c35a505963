"""What is written of each child of the matrix on the way to adulthood, a word in every part of it."""

from typing import Any
from uuid import UUID

from tests.factories.prepared import prepared
from trellis.accounts.models import User
from trellis.core.clocks import now, today
from trellis.core.ids import new_id
from trellis.need_to_know.models import AdultBasis
from trellis.people.models import Person
from trellis.transition import services
from trellis.transition.models import AdultOutcome, Readiness, TransitionPlanCorrection

WANTS = ("what_i_want", "who_beside_me", "what_worries_me")
SCHOOL = ("from_school", "to_school", "childs_words", "who_knows_them", "what_helps", "visits", "received_by")


def write_transition(name: str, child: Person, by: User, word: Any) -> dict[str, dict[str, UUID]]:
    """Gives, by kind, what an address of it names."""

    def said(what: str) -> str:
        return str(word(name, f"way{what.replace('_', '')}"))

    day, ids, mark = today(), {"person_id": child.id}, {"by": by, "key": new_id()}
    with prepared():
        plan = services.write_own_words(person=child, after=0, **mark, **{what: said(what) for what in WANTS})
        TransitionPlanCorrection.objects.create(
            plan=plan, old_values={"what_i_want": said("before")}, corrected_at=now(), corrected_by=by
        )
        area = {"person": child, "area": "home", "looked_on": day, "recorded_by": by}
        Readiness.objects.create(standing="ready", words=said("ready"), **area)
        AdultOutcome.objects.create(age=18, standing="well", words=said("outcome"), **area)
        services.record_capacity(
            person=child, decision=said("decision"), assessed_on=day, assessed_by=said("assessor"), outcome="can",
            help_given=said("help"), why=said("capacitywhy"), **mark,
        )  # fmt: skip
        threshold = services.ask_threshold(
            person=child, kind="care_needs", asked_of=said("asked"), asked_on=day, words=said("answer"), **mark
        )
        worker = services.name_adult_worker(
            person=child, name=said("worker"), service=said("service"), phone=said("phone"), **mark
        )
        services.record_joint_meeting(
            adult_worker=worker, met_on=day, young_person_came=True, who_took_part=said("took"),
            childs_words=said("met"), **mark,
        )  # fmt: skip
        handed = services.hand_over(person=child, what=said("handed"), to_whom=said("to"), handed_on=day, **mark)
        move = {what: said(what) for what in SCHOOL}
        services.write_school_move(person=child, after=0, moves_on=day, received_on=day, **mark, **move)
        AdultBasis.objects.create(
            person=child, kind="consent", words=said("agreed"), starts_on=day, ended_at=now(), recorded_by=by,
            ended_because=said("saidno"), ended_by=by,
        )  # fmt: skip
        basis = services.record_basis(person=child, kind="consent", words=said("basis"), with_partners=True, **mark)
    return {
        "threshold": {**ids, "threshold_id": threshold.id},
        "adult worker": {**ids, "worker_id": worker.id},
        "hand-over": {**ids, "hand_over_id": handed.id},
        "basis": {**ids, "basis_id": basis.id},
        "outcomes": {**ids, "age": 18},
    }


def of_transition(page: Any, ask: Any) -> bool:
    return bool(ask.sees("transition"))


# Whether what an address names is there for who asks.
SEEN_OF_TRANSITION = {
    "outcomes": of_transition,
    "threshold": lambda _, ask: ask.sees_row("transition_adultthreshold", "threshold_id"),
    "adult worker": lambda _, ask: ask.sees_row("transition_adultworker", "worker_id"),
    "hand-over": lambda _, ask: ask.sees_row("transition_handover", "hand_over_id"),
    "basis": lambda _, ask: ask.sees("transition") and ask.sees_row("need_to_know_adultbasis", "basis_id"),
}
