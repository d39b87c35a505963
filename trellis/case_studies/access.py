"""Who may read, draft and release a young person's story, and who reads what is released."""

from __future__ import annotations

import uuid

from trellis.accounts.access import Hidden, Refused, check_may
from trellis.accounts.models import User
from trellis.accounts.permissions import Permission
from trellis.audit_log.models import Action
from trellis.audit_log.trail import note
from trellis.case_studies.models import CaseStudy, ReleasedStudy, ReleasedStudyQuerySet
from trellis.core.protection import Part
from trellis.need_to_know.access import check_sees_whole, see_person, visible_to
from trellis.people.models import Person


def see_to_draft(user: User, person_id: uuid.UUID) -> Person:
    """The young person, for somebody who may draft and has the whole record. Raises Refused, Hidden."""
    check_may(user, Permission.CASE_STUDY_WRITE)
    return see_whole(user, person_id)


def see_whole(user: User, person_id: uuid.UUID) -> Person:
    person = see_person(user, person_id, "case studies", Part.RECORD)
    check_sees_whole(user, person)
    return person


def see_study(user: User, person: Person, study_id: uuid.UUID) -> CaseStudy:
    """A case study of this young person. Raises Hidden."""
    rows = visible_to(user, CaseStudy).filter(person=person, id=study_id)
    found = rows.select_related("recorded_by", "released").first()
    if found is None:
        raise Hidden("case study", study_id)
    return found


def check_either(user: User, person: Person) -> None:
    """Raises Refused for whoever neither drafts nor releases, Hidden without the whole record."""
    if not user.may(Permission.CASE_STUDY_RELEASE):
        check_may(user, Permission.CASE_STUDY_WRITE)
    check_sees_whole(user, person)


def check_second_person(user: User, study: CaseStudy) -> None:
    """Raises Refused without CASE_STUDY_RELEASE, and for whoever drafted it."""
    check_may(user, Permission.CASE_STUDY_RELEASE)
    if study.recorded_by_id == user.id:
        raise Refused("A second person releases a story: not whoever drafted it.", "case study", study.id)


def released_visible_to(user: User) -> ReleasedStudyQuerySet:
    """The released stories that stand, for whoever reads reports; none for anybody else."""
    if not user.may(Permission.REPORT_READ):
        return ReleasedStudy.objects.none()
    return ReleasedStudy.objects.standing()


def see_released(user: User, study_id: uuid.UUID) -> ReleasedStudy:
    """A released story that stands, and a mark in the log. Raises Refused, Hidden."""
    check_may(user, Permission.REPORT_READ)
    found = released_visible_to(user).filter(id=study_id).first()
    if found is None:
        raise Hidden("released case study", study_id)
    note(Action.READ, "released case study", object_id=found.id)
    return found
