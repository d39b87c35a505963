"""What the young person, or a parent or carer, said when asked whether the story may be told."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db import IntegrityError, transaction

from trellis.accounts.models import User
from trellis.audit_log.models import Action
from trellis.audit_log.trail import attempt, note
from trellis.case_studies.access import check_either
from trellis.case_studies.lifecycle import WITHDRAWN
from trellis.case_studies.models import CaseStudy, StudyConsent
from trellis.case_studies.services.moving import withdraw_case_study
from trellis.core.bulk_insert import insert_rows


@transaction.atomic
def record_consent(
    *, study: CaseStudy, who: str, answer: str, asked_on: date, words: str, by: User, key: UUID | None = None
) -> StudyConsent:
    """Keep an answer in their own words. Taken back, or a no after the release, withdraws the story at once. One
    ``key`` makes one row. Raises Refused, Hidden."""
    check_either(by, study.person)
    made = StudyConsent(
        study=study, who=who, answer=answer, asked_on=asked_on, words=words, form_key=key, recorded_by=by
    )
    try:
        with attempt():
            insert_rows([made])
            note(Action.WRITE, "consent to a case study", object_id=made.id, children=[study.person_id])
    except IntegrityError:
        return StudyConsent.objects.get(form_key=key, recorded_by=by)
    refused = answer == StudyConsent.Answer.NO and study.released_id
    if (refused or answer == StudyConsent.Answer.TAKEN_BACK) and study.status != WITHDRAWN:
        withdraw_case_study(study=study, why=str(made), by=by)
    return made
