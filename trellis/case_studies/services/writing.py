"""Changing the text, and saying why something possible is harmless: both are searched anew."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction

from trellis.accounts.access import check_may
from trellis.accounts.models import User
from trellis.accounts.permissions import Permission
from trellis.audit_log.models import Action
from trellis.audit_log.trail import note
from trellis.case_studies.lifecycle import WRITABLE
from trellis.case_studies.models import CaseStudy, HarmlessReason
from trellis.case_studies.queries import standing_of
from trellis.case_studies.services.moving import settle
from trellis.core.lifecycle import NotAsItStands
from trellis.core.revisions import ChangedMeanwhile
from trellis.need_to_know.access import check_sees_whole
from trellis.need_to_know.protective_marking import check_marking

Key = tuple[str, str]
LOCKED = "It is with a second person, released or withdrawn: it changes only after it was sent back"


@transaction.atomic
def change_case_study(*, study: CaseStudy, after: int, by: User, **texts: str) -> CaseStudy:
    """Save the words over revision ``after``. The same sent again changes nothing.

    Raises Refused, Hidden, NotAsItStands once it is out of the drafter's hands, MarkedTooHigh, ChangedMeanwhile.
    """
    _check_may_write(study, by)
    check_marking(*texts.values())
    if study.revision != after:
        if all(getattr(study, name) == text for name, text in texts.items()):
            return study
        raise ChangedMeanwhile(study)
    study.save_over(after, **texts)
    note(Action.WRITE, "case study", object_id=study.id, children=[study.person_id])
    settle(study, by)
    return study


@transaction.atomic
def explain_findings(*, study: CaseStudy, reasons: Mapping[Key, str], by: User) -> CaseStudy:
    """Keep why possible findings are harmless, by their key. What is not found as possible now is passed over; so is
    what has a reason already. Raises Refused, Hidden, NotAsItStands."""
    _check_may_write(study, by)
    waiting = standing_of(by, study).to_explain
    for key, why in reasons.items():
        if key in waiting and why.strip():
            kind, matched = key
            HarmlessReason.objects.bulk_create(
                [HarmlessReason(study=study, kind=kind, matched=matched[:200], why=why.strip(), recorded_by=by)],
                ignore_conflicts=True,
            )
    note(Action.WRITE, "case study", object_id=study.id, children=[study.person_id])
    settle(study, by)
    return study


def _check_may_write(study: CaseStudy, by: User) -> None:
    check_may(by, Permission.CASE_STUDY_WRITE)
    check_sees_whole(by, study.person)
    study.refresh_from_db()
    if study.status not in WRITABLE:
        raise NotAsItStands(LOCKED)
