"""An assessment is submitted, returned for more, signed off, or stopped."""

from django.db import transaction

from trellis.accounts.access import Refused
from trellis.accounts.models import User
from trellis.assessments.access import check_can_assess, check_can_sign_off
from trellis.assessments.instruments.scoring import Result
from trellis.assessments.lifecycle import IN_PROGRESS, SIGNED_OFF, STOPPED, SUBMITTED
from trellis.assessments.models import Assessment, Judgement
from trellis.assessments.queries import definition_of, last_judgement, reckoned, standing_answers, submitter_of
from trellis.assessments.services.moves import locked, move, tell_chronology
from trellis.assessments.services.saying import needs_reason
from trellis.cases.notices import tell
from trellis.core.clocks import now

NRM = "Say whether the National Referral Mechanism was considered, and why"
CHILD = "Write down the young person's view, or why it could not be heard"
JUDGEMENT = "Record your judgement"
REASON = "Say why your judgement is not what the tool's own rule gives: the answers changed since"


class NotYetComplete(ValueError):
    """What has to be there before an assessment is submitted. ``missing``: one line each."""

    def __init__(self, missing: list[str]) -> None:
        super().__init__("; ".join(missing))
        self.missing = missing


def missing_from(assessment: Assessment, judgement: Judgement | None, found: Result) -> list[str]:
    """What is still missing, in words. Unanswered items are none of it: what is not known is shown as such."""
    definition = definition_of(assessment)
    heard = (assessment.childs_view and assessment.childs_view_how) or assessment.child_not_heard_why
    considered = assessment.nrm_considered != Assessment.NrmConsidered.NOT_YET and assessment.nrm_why
    missing = [] if heard or not definition.questions.childs_view else [CHILD]
    missing += [] if considered else [NRM]
    if definition.questions.judgement and judgement is None:
        missing.append(JUDGEMENT)
    elif judgement is not None and needs_reason(judgement, found, bool(definition.bands)):
        missing.append(REASON)
    return missing


@transaction.atomic
def submit_assessment(*, assessment: Assessment, by: User) -> Assessment:
    """Send it for sign-off. What the tool's rule gives for the answers is reckoned and kept.

    Raises NotYetComplete, Refused, MoveNotAllowed.
    """
    check_can_assess(by, assessment.person_id)
    assessment = locked(assessment.id)
    moment = now()
    move(assessment, SUBMITTED, at=moment, by=by)
    found = reckoned(assessment, standing_answers(assessment))
    missing = missing_from(assessment, last_judgement(assessment), found)
    if missing:
        raise NotYetComplete(missing)
    assessment.submitted_at, assessment.result = moment, found.as_json()
    assessment.save()
    return assessment


@transaction.atomic
def return_for_more(*, assessment: Assessment, reason: str, by: User) -> Assessment:
    """Give a submitted assessment back to its worker, who is told. Raises Refused, MoveNotAllowed."""
    check_can_sign_off(by, assessment)
    assessment = locked(assessment.id)
    move(assessment, IN_PROGRESS, at=now(), by=by, why=reason)
    assessment.submitted_at = assessment.result = None
    assessment.save()
    _tell_worker(assessment, "An assessment you sent for sign-off has come back to you with a question")
    return assessment


@transaction.atomic
def sign_off_assessment(*, assessment: Assessment, by: User, words: str = "") -> Assessment:
    """A manager answers for it, too: from this moment on it is completed, and nothing of it changes any more.

    Raises Refused, also for the worker and for whoever submitted it; MoveNotAllowed.
    """
    check_can_sign_off(by, assessment)
    assessment = locked(assessment.id)
    if submitter_of(assessment) == by.id:
        raise Refused("Whoever submitted an assessment does not sign it off.", "assessment", assessment.id)
    moment = now()
    move(assessment, SIGNED_OFF, at=moment, by=by, why=words)
    assessment.signed_off_at, assessment.signed_off_by = moment, by
    assessment.save()
    tell_chronology(assessment, "assessment.signed_off", "Assessment signed off", at=moment, by=by)
    _tell_worker(assessment, "An assessment of yours is signed off")
    return assessment


@transaction.atomic
def stop_assessment(*, assessment: Assessment, reason: str, by: User) -> Assessment:
    """End an assessment that will not be completed; what was written stays. Raises Refused, MoveNotAllowed."""
    check_can_assess(by, assessment.person_id)
    assessment = locked(assessment.id)
    move(assessment, STOPPED, at=now(), by=by, why=reason)
    assessment.save()
    return assessment


def _tell_worker(assessment: Assessment, words: str) -> None:
    tell(to=[assessment.worker], person=assessment.person, kind="assessment", words=words)
