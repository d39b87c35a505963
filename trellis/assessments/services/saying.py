"""What the child, their carers and the worker say beside the answers."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction

from trellis.accounts.models import Agency, User
from trellis.assessments.access import check_can_assess, check_still_open
from trellis.assessments.instruments.scoring import Result
from trellis.assessments.models import Assessment, BestPlaced, Judgement, OutcomeView
from trellis.assessments.queries import definition_of, reckoned, standing_answers
from trellis.assessments.services.moves import locked, written
from trellis.audit_log.trail import attempt
from trellis.core.clocks import now


class ReasonNeeded(ValueError):
    """A judgement that differs from the tool's own rule says why."""


@dataclass(frozen=True)
class Placed:
    """Who is best placed to work with the young person, and why; an empty ``who`` says nothing yet."""

    who: str = ""
    agency: Agency | None = None
    why: str = ""


@transaction.atomic
def say_views(
    *,
    assessment: Assessment,
    after: int,
    by: User,
    best_placed: Placed | None = None,
    outcomes: Mapping[str, tuple[str, str]] | None = None,
    **said: Any,
) -> Assessment:
    """Save views over revision ``after``. ``said``: childs_view, childs_view_how, child_not_heard_why, carers_view,
    analysis, nrm_considered, nrm_why. ``outcomes``: outcome area to (words, change since the assessment before).

    Raises ChangedMeanwhile when somebody saved first; Refused; MoveNotAllowed once the assessment was submitted.
    """
    check_can_assess(by, assessment.person_id)
    assessment = locked(assessment.id)
    check_still_open(assessment)
    assessment = assessment.save_over(after, **said)
    if best_placed is not None:
        _place(assessment, best_placed)
    for area, (words, change) in (outcomes or {}).items():
        OutcomeView.objects.update_or_create(
            assessment=assessment, area=area, defaults={"words": words, "change": change}
        )
    written(assessment)
    return assessment


def _place(assessment: Assessment, placed: Placed) -> None:
    if not placed.who:
        BestPlaced.objects.filter(assessment=assessment).delete()
        return
    BestPlaced.objects.update_or_create(
        assessment=assessment, defaults={"who": placed.who, "agency": placed.agency, "why": placed.why}
    )


def judge(
    *, assessment: Assessment, by: User, band: str = "", words: str = "", why: str = "", key: uuid.UUID | None = None
) -> Judgement:
    """What the worker judges: a band of the tool, if it has bands, and words. The latest stands.

    ``key``: one form sent many times judges once. Raises ReasonNeeded; ValueError for a band the tool does not have
    and for a judgement that says nothing; Refused; MoveNotAllowed once the assessment was submitted.
    """
    check_can_assess(by, assessment.person_id)
    try:
        with attempt():
            return _judge(assessment.id, by, band, words, why, key)
    except IntegrityError:
        already = Judgement.objects.filter(form_key=key, assessment=assessment).first() if key else None
        if already is None:
            raise
        return already


def _judge(assessment_id: uuid.UUID, by: User, band: str, words: str, why: str, key: uuid.UUID | None) -> Judgement:
    assessment = locked(assessment_id)
    check_still_open(assessment)
    definition = definition_of(assessment)
    if band and definition.band(band) is None:
        raise ValueError("This tool has no such band")
    if not band and not words:
        raise ValueError("Say what you judge")
    judgement = Judgement(assessment=assessment, band=band, words=words, why=why, form_key=key)
    if needs_reason(judgement, reckoned(assessment, standing_answers(assessment)), bool(definition.bands)):
        raise ReasonNeeded("Say why: what you judge is not what the tool's own rule gives")
    judgement.judged_at, judgement.judged_by = now(), by
    judgement.save(force_insert=True)
    written(assessment)
    return judgement


def needs_reason(judgement: Judgement, found: Result, has_bands: bool) -> bool:
    """Where the tool has bands and gives none, or another than is judged, the judgement stands by its reason alone."""
    differs = found.band is None or judgement.band != found.band
    return has_bands and differs and not judgement.why.strip()
