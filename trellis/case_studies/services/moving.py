"""The steps of a case study: each is kept with when, who and why."""

from __future__ import annotations

from django.db import transaction

from trellis.accounts.access import check_may
from trellis.accounts.models import User
from trellis.accounts.permissions import Permission
from trellis.audit_log.models import Action
from trellis.audit_log.trail import note
from trellis.case_studies.access import check_either, check_second_person
from trellis.case_studies.lifecycle import CASE_STUDY, CHECKED, DRAFT, PROPOSED, RELEASED, WITHDRAWN, WRITABLE
from trellis.case_studies.models import CaseStudy, CaseStudyMove, ReleasedStudy
from trellis.case_studies.queries import Standing, standing_of
from trellis.cases.services import add_chronology_entry
from trellis.core.bulk_insert import insert_rows
from trellis.core.clocks import now
from trellis.core.lifecycle import NotAsItStands
from trellis.need_to_know.access import check_sees_whole, visible_to
from trellis.people.models import Person

KIND = "case_study"
WHEN_SEALED = "The record was sealed"


def settle(study: CaseStudy, by: User) -> Standing:
    """Search the story anew and say whether it is checked: after each saving, reason or change of the record."""
    standing = standing_of(by, study)
    if study.status in WRITABLE:
        wanted = CHECKED if standing.is_clear else DRAFT
        if wanted != study.status:
            move(study, wanted, by)
    return standing


def move(study: CaseStudy, new: str, by: User, why: str = "", **more: object) -> None:
    """Raises MoveNotAllowed, ChangedMeanwhile."""
    old = study.status
    CASE_STUDY.check_move(old, new)
    study.save_over(study.revision, status=new, **more)
    insert_rows([CaseStudyMove(study=study, old=old, new=new, moved_at=now(), moved_by=by, why=why)])
    note(Action.WRITE, "case study", object_id=study.id, children=[study.person_id])


def check_clear(standing: Standing) -> None:
    if standing.to_change:
        raise NotAsItStands("The checker still finds what tells who it is: change those words first")
    if standing.to_explain:
        raise NotAsItStands("Say first why each possible finding is harmless, or change the words")


@transaction.atomic
def propose_case_study(*, study: CaseStudy, by: User) -> CaseStudy:
    """Hand the story to a second person. Raises Refused, Hidden, NotAsItStands, MoveNotAllowed."""
    check_may(by, Permission.CASE_STUDY_WRITE)
    check_sees_whole(by, study.person)
    study = _held(study)
    check_clear(settle(study, by))
    move(study, PROPOSED, by)
    return study


@transaction.atomic
def release_case_study(*, study: CaseStudy, by: User) -> ReleasedStudy:
    """Release it as somebody who did not draft it, with consent, nothing found and every reason read: from here on it
    is told outside the record.

    Raises Refused, Hidden, NotAsItStands, MoveNotAllowed.
    """
    check_second_person(by, study)
    check_sees_whole(by, study.person)
    study = _held(study)
    if study.status == RELEASED and study.released:
        return study.released
    standing = standing_of(by, study)
    check_clear(standing)
    if standing.consent_missing:
        raise NotAsItStands(f"Consent is not recorded: {', '.join(standing.consent_missing).lower()}")
    CASE_STUDY.check_move(study.status, RELEASED)
    story = ReleasedStudy(released_at=now(), **study.texts)
    insert_rows([story])
    move(study, RELEASED, by, released=story)
    _say(study, "Case study released", by)
    return story


@transaction.atomic
def send_back_case_study(*, study: CaseStudy, why: str, by: User) -> CaseStudy:
    """Back to whoever drafted it, with words. Raises Refused, Hidden, MoveNotAllowed."""
    check_second_person(by, study)
    check_sees_whole(by, study.person)
    study = _held(study)
    move(study, DRAFT, by, why)
    return study


@transaction.atomic
def withdraw_case_study(*, study: CaseStudy, why: str, by: User) -> CaseStudy:
    """Out of the list and of every later report at once; what was written is kept in the record. A story withdrawn
    already stays as it is. Raises Refused, Hidden."""
    check_either(by, study.person)
    return _withdraw(study, why, by)


def withdraw_when_sealed(person: Person, by: User) -> None:
    """What was released before anybody knew of the danger is taken back; those who hold the seal may release anew."""
    for study in visible_to(by, CaseStudy).filter(person=person, status=RELEASED).select_related("person"):
        _withdraw(study, WHEN_SEALED, by)


def _withdraw(study: CaseStudy, why: str, by: User) -> CaseStudy:
    study = _held(study)
    if study.status == WITHDRAWN:
        return study
    was_released = study.status == RELEASED
    move(study, WITHDRAWN, by, why)
    if study.released_id:
        ReleasedStudy.objects.filter(id=study.released_id).update(withdrawn_at=now())
    if was_released:
        _say(study, "Case study withdrawn", by)
    return study


def _held(study: CaseStudy) -> CaseStudy:
    """The row as it is, held until this is done: of two steps at once the second sees the first."""
    return CaseStudy.objects.select_for_update(of=("self",)).select_related("released", "person").get(id=study.id)


def _say(study: CaseStudy, title: str, by: User) -> None:
    add_chronology_entry(person=study.person, happened_at=now(), kind=KIND, title=title, by=by, subject=study.id)
