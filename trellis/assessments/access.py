"""Which assessments and contributions a user may see, and what they may do with them."""

import uuid

from django.db.models import QuerySet

from trellis.accounts.access import Hidden, Refused, allowed, check_may
from trellis.accounts.models import User
from trellis.accounts.permissions import Permission
from trellis.assessments.lifecycle import ASKED, ASSESSMENT, IN_PROGRESS
from trellis.assessments.models import Assessment, ContributionRequest
from trellis.assessments.models.assessments import AssessmentQuerySet
from trellis.audit_log.models import Action
from trellis.audit_log.trail import note
from trellis.core.lifecycle import MoveNotAllowed
from trellis.need_to_know.access import seen_by, sees_whole_record, visible_to
from trellis.people.models import Person


def assessments_visible_to(user: User) -> AssessmentQuerySet:
    return Assessment.objects.filter(seen_by(user, Assessment))


def requests_visible_to(user: User) -> QuerySet[ContributionRequest]:
    return visible_to(user, ContributionRequest)


def see_assessment(user: User, person: Person, assessment_id: uuid.UUID) -> Assessment:
    """An assessment of this young person, with its tool, and a mark in the log. Raises Hidden."""
    related = ("version__instrument", "worker__agency", "signed_off_by", "best_placed__agency", "person")
    rows = assessments_visible_to(user).filter(person=person).select_related(*related)
    found = rows.filter(id=assessment_id).first()
    if found is None:
        raise Hidden("assessment", assessment_id)
    note(Action.READ, "assessment", object_id=found.id, children=[person.id])
    return found


def see_request(user: User, request_id: uuid.UUID) -> ContributionRequest:
    """What an agency was asked to contribute, and a mark in the log. Raises Hidden."""
    rows = requests_visible_to(user).select_related("person", "agency", "asked_of", "asked_by__agency")
    found = rows.filter(id=request_id).first()
    if found is None:
        raise Hidden("contribution request", request_id)
    note(Action.READ, "contribution request", object_id=found.id, children=[found.person_id])
    return found


def check_can_assess(user: User, person_id: uuid.UUID) -> None:
    """Whether the user may write assessments of this young person. Raises Refused, also for whoever has only a part of
    the record or opened it in an emergency."""
    check_may(user, Permission.ASSESSMENT_WRITE)
    if not sees_whole_record(user, person_id):
        raise Refused("Only somebody with the whole record writes an assessment.", "assessment", person_id)


def can_assess(user: User, person_id: uuid.UUID) -> bool:
    return allowed(check_can_assess, user, person_id)


def check_still_open(assessment: Assessment) -> None:
    """Raises MoveNotAllowed unless the assessment is still being written."""
    if assessment.status != IN_PROGRESS:
        status = ASSESSMENT.statuses[assessment.status].lower()
        raise MoveNotAllowed(f"this assessment can be changed no more: it is {status}")


def check_can_hand_over(user: User, assessment: Assessment) -> None:
    """Its worker hands an assessment on, or whoever allocates; either with the whole record. Raises Refused."""
    if assessment.worker_id == user.id:
        check_can_assess(user, assessment.person_id)
        return
    check_may(user, Permission.CASE_ALLOCATE)
    if not sees_whole_record(user, assessment.person_id):
        raise Refused("Only somebody with the whole record hands an assessment over.", "assessment", assessment.id)


def can_hand_over(user: User, assessment: Assessment) -> bool:
    return assessment.status == IN_PROGRESS and allowed(check_can_hand_over, user, assessment)


def check_can_sign_off(user: User, assessment: Assessment) -> None:
    """Raises Refused without ASSESSMENT_SIGN_OFF or the whole record, and for the worker whose assessment it is."""
    check_may(user, Permission.ASSESSMENT_SIGN_OFF)
    if assessment.worker_id == user.id:
        raise Refused("Nobody signs off an assessment of their own: ask another manager.", "assessment", assessment.id)
    if not sees_whole_record(user, assessment.person_id):
        raise Refused("Only somebody with the whole record signs an assessment off.", "assessment", assessment.id)


def can_sign_off(user: User, assessment: Assessment) -> bool:
    return allowed(check_can_sign_off, user, assessment)


def check_can_give(user: User, request: ContributionRequest) -> None:
    """Raises Refused without CONTRIBUTION_GIVE, and for whoever is not of the agency that was asked."""
    check_may(user, Permission.CONTRIBUTION_GIVE)
    if request.agency_id != user.agency_id:
        raise Refused("The agency that was asked contributes.", "contribution request", request.id)


def can_give(user: User, request: ContributionRequest) -> bool:
    return request.status == ASKED and allowed(check_can_give, user, request)
