"""What workers write down on the way to adulthood, and to secondary school: each form once, each change over what its
writer had seen."""

from collections.abc import Mapping
from datetime import date
from typing import Any, TypeVar
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Model

from trellis.accounts.access import check_may
from trellis.accounts.models import User
from trellis.accounts.permissions import Permission
from trellis.audit_log.once import add_once
from trellis.audit_log.trail import attempt
from trellis.cases.models import Significance
from trellis.cases.services import add_chronology_entry
from trellis.core.bulk_insert import insert_rows
from trellis.core.clocks import now, today
from trellis.core.reference_data import due_on
from trellis.core.revisions import ChangedMeanwhile
from trellis.need_to_know import adulthood
from trellis.need_to_know.access import check_sees_whole
from trellis.need_to_know.models import AdultBasis
from trellis.people.models import Person
from trellis.plans.services.saving import note_saved, save_once
from trellis.transition.lifecycle import LOOKED_AT
from trellis.transition.models import (
    AdultOutcome,
    AdultThreshold,
    AdultWorker,
    CapacityAssessment,
    HandOver,
    JointMeeting,
    Readiness,
    SchoolMove,
    TransitionPlan,
    TransitionPlanCorrection,
)

# What was said of one area: its status and words.
Said = tuple[str, str]
InArea = TypeVar("InArea", Readiness, AdultOutcome)


class NotYet(ValueError):
    """What is there does not allow this; the sentence says what to do first."""


@transaction.atomic
def record_basis(*, person: Person, kind: str, words: str, by: User, with_partners: bool, key: UUID) -> AdultBasis:
    """On what the work goes on from 18, also in the chronology. Raises Refused, Hidden, BasisStands."""
    made = adulthood.record_adult_basis(
        person=person, kind=kind, words=words, by=by, with_partners=with_partners, key=key
    )
    if not person.chronology.filter(subject=made.id).exists():
        _tell(person, "adult_basis", f"Recorded on what the work goes on from {made.starts_on:%-d %B %Y}", by, made)
    return made


@transaction.atomic
def end_basis(*, basis: AdultBasis, why: str, by: User) -> AdultBasis:
    """It holds no longer. It is told before it ends: whoever says so may see the record no longer afterwards.

    Raises Refused, Hidden.
    """
    check_may(by, Permission.ADULT_BASIS_RECORD)
    check_sees_whole(by, basis.person)
    if basis.ended_at is None:
        _tell(basis.person, "adult_basis", "What the work went on from 18 on has ended", by, basis)
    return adulthood.end_adult_basis(basis=basis, why=why, by=by)


def _tell(person: Person, kind: str, title: str, by: User, about: Model, body: str = "") -> None:
    add_chronology_entry(
        person=person,
        happened_at=now(),
        kind=kind,
        title=title,
        body=body,
        significance=Significance.NOTABLE,
        by=by,
        subject=about.pk,
    )


@transaction.atomic
def write_own_words(
    *,
    person: Person,
    after: int,
    by: User,
    key: UUID | None = None,
    review_due_on: date | None = None,
    **words: Any,
) -> TransitionPlan:
    """What they want from 18 on, over revision ``after`` (0: nothing was written yet). ``words``: what_i_want,
    who_beside_me, what_worries_me, own_words, said_on. Left empty, ``review_due_on`` follows the limit.

    Raises Refused; ChangedMeanwhile with what stands.
    """
    check_may(by, Permission.TRANSITION_WRITE)
    words["review_due_on"] = review_due_on or due_on(LOOKED_AT, today())
    if not after:
        return _first_words(person, by, key, words)
    plan = TransitionPlan.objects.get(person=person)
    old = {name: str(getattr(plan, name) or "") for name in words}
    if save_once(plan, after, **words):
        insert_rows([TransitionPlanCorrection(plan=plan, old_values=old, corrected_at=now(), corrected_by=by)])
        note_saved("transition plan", plan, person.id)
    return plan


def _first_words(person: Person, by: User, key: UUID | None, words: Mapping[str, Any]) -> TransitionPlan:
    try:
        with attempt():
            made = TransitionPlan(person=person, form_key=key, recorded_by=by, **words)
            insert_rows([made])
            note_saved("transition plan", made, person.id)
            return made
    except IntegrityError:
        stands = TransitionPlan.objects.get(person=person)
        if key is None or stands.form_key != key:
            raise ChangedMeanwhile(stands) from None
        return stands


@transaction.atomic
def record_readiness(
    *, person: Person, looked_on: date, areas: Mapping[str, Said], by: User, key: UUID
) -> list[Readiness]:
    """How ready they are, area by area, on a day. Raises Refused."""
    check_may(by, Permission.TRANSITION_WRITE)
    said = {"person": person, "looked_on": looked_on, "form_key": key, "recorded_by": by}
    rows = [Readiness(area=area, standing=standing, words=words, **said) for area, (standing, words) in areas.items()]
    return _add_areas(rows, "readiness", person)


@transaction.atomic
def record_outcomes(
    *, person: Person, age: int, looked_on: date, areas: Mapping[str, Said], by: User, key: UUID
) -> list[AdultOutcome]:
    """How things were at 18, 21 or 25, area by area. Raises Refused."""
    check_may(by, Permission.TRANSITION_WRITE)
    said = {"person": person, "age": age, "looked_on": looked_on, "form_key": key, "recorded_by": by}
    rows = [
        AdultOutcome(area=area, standing=standing, words=words, **said) for area, (standing, words) in areas.items()
    ]
    return _add_areas(rows, "adult outcome", person)


def _add_areas(rows: list[InArea], what: str, person: Person) -> list[InArea]:
    """The same form sent again adds nothing."""
    if not rows:
        return rows
    try:
        with attempt():
            insert_rows(rows)
            for row in rows:
                note_saved(what, row, person.id)
    except IntegrityError:
        if not type(rows[0]).objects.filter(form_key=rows[0].form_key, person=person).exists():
            raise
    return rows


@transaction.atomic
def record_capacity(*, person: Person, by: User, key: UUID, **told: Any) -> CapacityAssessment:
    """Whether they could make one decision. ``told``: decision, assessed_on, assessed_by, outcome, help_given, why.

    Raises Refused.
    """
    check_may(by, Permission.TRANSITION_WRITE)
    row = CapacityAssessment(person=person, form_key=key, recorded_by=by, **told)
    return add_once(row, "capacity assessment", person=person.id)[0]


@transaction.atomic
def ask_threshold(*, person: Person, by: User, key: UUID, **told: Any) -> AdultThreshold:
    """Adult services are asked. ``told``: kind, asked_of, asked_on; answer, answered_on, words where known already.

    Raises Refused.
    """
    check_may(by, Permission.TRANSITION_WRITE)
    row = AdultThreshold(person=person, form_key=key, recorded_by=by, **told)
    return add_once(row, "adult threshold", person=person.id)[0]


@transaction.atomic
def answer_threshold(
    *, threshold: AdultThreshold, after: int, answer: str, answered_on: date, by: User, words: str = ""
) -> AdultThreshold:
    """What they answered. Raises Refused, NotYet, ChangedMeanwhile."""
    check_may(by, Permission.TRANSITION_WRITE)
    if answered_on < threshold.asked_on:
        raise NotYet("The answer cannot be older than the question: check the day")
    if save_once(threshold, after, answer=answer, answered_on=answered_on, words=words):
        note_saved("adult threshold", threshold, threshold.person_id)
    return threshold


@transaction.atomic
def name_adult_worker(*, person: Person, name: str, by: User, key: UUID, **told: Any) -> AdultWorker:
    """Who works with them from 18 on; whoever was named before no longer is. ``told``: agency_id, service, phone.

    Raises Refused.
    """
    check_may(by, Permission.TRANSITION_WRITE)
    Person.objects.select_for_update(of=("self",), no_key=True).get(id=person.id)
    already = AdultWorker.objects.filter(form_key=key, recorded_by=by).first()
    if already:
        return already
    day = today()
    AdultWorker.objects.filter(person=person, ends_on=None).update(ends_on=day)
    made = AdultWorker(person=person, name=name, starts_on=day, form_key=key, recorded_by=by, **told)
    insert_rows([made])
    note_saved("adult worker", made, person.id)
    _tell(person, "transition", "An adult worker was named", by, made)
    return made


@transaction.atomic
def record_joint_meeting(*, adult_worker: AdultWorker, by: User, key: UUID, **told: Any) -> JointMeeting:
    """A meeting with the adult worker. ``told``: met_on, young_person_came, who_took_part, childs_words.

    Raises Refused.
    """
    check_may(by, Permission.TRANSITION_WRITE)
    row = JointMeeting(adult_worker=adult_worker, form_key=key, recorded_by=by, **told)
    return add_once(row, "joint meeting", person=adult_worker.person_id)[0]


@transaction.atomic
def hand_over(*, person: Person, what: str, to_whom: str, handed_on: date, by: User, key: UUID) -> HandOver:
    """Something is handed over; it waits for a receipt. Raises Refused."""
    check_may(by, Permission.TRANSITION_WRITE)
    row = HandOver(person=person, what=what, to_whom=to_whom, handed_on=handed_on, form_key=key, recorded_by=by)
    made = add_once(row, "hand-over", person=person.id)[0]
    if made is row:
        _tell(person, "transition", "Handed over", by, made, what)
    return made


@transaction.atomic
def receive_hand_over(*, hand_over: HandOver, after: int, received_by: str, received_on: date, by: User) -> HandOver:
    """Somebody said that they have it. Raises Refused, NotYet, ChangedMeanwhile."""
    check_may(by, Permission.TRANSITION_WRITE)
    if received_on < hand_over.handed_on:
        raise NotYet("It cannot be received before it was handed over: check the day")
    if save_once(hand_over, after, received_by=received_by, received_on=received_on):
        note_saved("hand-over", hand_over, hand_over.person_id)
    return hand_over


@transaction.atomic
def write_school_move(*, person: Person, after: int, by: User, key: UUID | None = None, **told: Any) -> SchoolMove:
    """The move to secondary school, over revision ``after`` (0: nothing was written yet). ``told``: the fields of
    SchoolMove. Raises Refused, ChangedMeanwhile.
    """
    check_may(by, Permission.TRANSITION_WRITE)
    if after:
        move = SchoolMove.objects.get(person=person)
        if save_once(move, after, **told):
            note_saved("school move", move, person.id)
        return move
    try:
        with attempt():
            made = SchoolMove(person=person, form_key=key, recorded_by=by, **told)
            insert_rows([made])
            note_saved("school move", made, person.id)
            return made
    except IntegrityError:
        stands = SchoolMove.objects.get(person=person)
        if key is None or stands.form_key != key:
            raise ChangedMeanwhile(stands) from None
        return stands
