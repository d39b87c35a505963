"""An assessment that one worker began is gone on with by another."""

from django.db import transaction

from trellis.accounts.access import Refused
from trellis.accounts.models import User
from trellis.assessments.access import check_can_hand_over, check_still_open
from trellis.assessments.models import Assessment
from trellis.assessments.queries import assessors
from trellis.assessments.services.moves import hand, locked
from trellis.cases.notices import tell
from trellis.core.clocks import now
from trellis.need_to_know.access import kept_from


class HandedMeanwhile(ValueError):
    """Somebody else handed it on first. ``now``: whose it is."""

    def __init__(self, now: User) -> None:
        super().__init__(f"Somebody else handed this assessment on first: it is {now.name}'s now")
        self.now = now


@transaction.atomic
def hand_over_assessment(*, assessment: Assessment, to: User, why: str, after: User, by: User) -> Assessment:
    """Give an assessment in progress to another worker, who is told; its clock goes on. ``after``: whose it was when
    whoever decides looked. The same asked again changes nothing.

    Raises Refused, also where ``to`` may not write assessments of this young person; MoveNotAllowed; HandedMeanwhile.
    """
    check_can_hand_over(by, assessment)
    assessment = locked(assessment.id)
    if assessment.worker_id == to.id:
        return assessment
    if assessment.worker_id != after.id:
        raise HandedMeanwhile(assessment.worker)
    check_still_open(assessment)
    may = assessors(assessment.person).filter(id=to.id).exists()
    if not may or kept_from(to, [assessment.person_id]):
        raise Refused("They cannot assess this young person. Choose somebody else.", "assessment", assessment.id)
    hand(assessment, to, at=now(), by=by, why=why)
    assessment.save(update_fields=["worker"])
    tell(to=[to], person=assessment.person, kind="assessment", words="An assessment was handed over to you")
    return assessment
