"""What a review changes: a grant is ended, an unusual access is looked at."""

import uuid

from django.db import IntegrityError

from trellis.accounts.models import User
from trellis.audit_log.models import Action
from trellis.audit_log.trail import attempt, note
from trellis.core.row_context import Duty, duty
from trellis.governance.access import check_can_end_grant, check_can_review_opening
from trellis.governance.models import UnusualAccessReview
from trellis.governance.queries.unusual import Finding
from trellis.need_to_know.models import Grant
from trellis.need_to_know.services import end_grant as end


def end_grant(*, grant: Grant, why: str, by: User) -> None:
    """End a grant to a user or an agency now. Raises Refused, with what to do instead, for any that has a reason
    still in force elsewhere."""
    check_can_end_grant(by, grant)
    end(grant=grant, why=why, by=by)


def review_unusual_access(*, finding: Finding, outcome: str, reason: str, by: User, key: uuid.UUID) -> None:
    """Say what was made of a finding as it stands now. ``key`` becomes the review's id, so that one form sent many
    times makes one. Raises Refused when the opening was the reviewer's own."""
    check_can_review_opening(by, finding.worker)
    review = UnusualAccessReview(
        id=key,
        rule=finding.rule,
        worker=finding.worker,
        person_id=finding.child,
        on=finding.on,
        seen_until_at=finding.last_at,
        outcome=outcome,
        reason=reason,
        reviewed_by=by,
    )
    try:
        with attempt(), duty(Duty.REVIEW):
            review.save(force_insert=True)
            note(
                Action.WRITE,
                "unusual access review",
                object_id=review.id,
                children=[finding.child] if finding.child else [],
            )
    except IntegrityError:
        return
