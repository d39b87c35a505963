"""An assessment is begun, with a version of a tool that is in use and fits the young person's age."""

import uuid
from datetime import date

from django.db import IntegrityError, transaction

from trellis.accounts.models import User
from trellis.assessments.access import check_can_assess
from trellis.assessments.lifecycle import IN_PROGRESS
from trellis.assessments.models import Assessment, AssessmentMove, InstrumentVersion
from trellis.assessments.services.moves import tell_chronology, written
from trellis.audit_log.trail import attempt
from trellis.core.clocks import age_on, now, today
from trellis.core.reference_data import due_on
from trellis.people.models import Person

DAYS = "assessment.days"


class DoesNotFit(ValueError):
    """The tool is not in use, or not for somebody of this age."""


class UnderWayAlready(ValueError):
    """An assessment with this tool is under way."""

    def __init__(self) -> None:
        super().__init__("An assessment with this tool is under way already: go on with that one")


def begin_assessment(
    *,
    person: Person,
    version: InstrumentVersion,
    by: User,
    worker: User | None = None,
    clock_started_on: date | None = None,
    learning_disability: bool | None = None,
    key: uuid.UUID | None = None,
) -> Assessment:
    """Begin an assessment by ``worker`` (the user, when nobody else is named). Its clock counts from
    ``clock_started_on``, today when not said, by the limit ``assessment.days`` in the limit's own unit.

    ``key``: one form sent many times begins one. Raises Refused, DoesNotFit, UnderWayAlready.
    """
    check_can_assess(by, person.id)
    start = clock_started_on or today()
    check_fits(version, person)
    assessment = Assessment(
        person=person,
        case=person.cases.open().first(),
        version=version,
        worker=worker or by,
        clock_started_on=start,
        due_on=due_on(DAYS, start),
        learning_disability=learning_disability,
        form_key=key,
        recorded_by=by,
    )
    try:
        with attempt():
            _store(assessment, by)
    except IntegrityError:
        already = Assessment.objects.filter(form_key=key, person=person, recorded_by=by).first() if key else None
        if already is None:
            raise UnderWayAlready from None
        return already
    return assessment


@transaction.atomic
def _store(assessment: Assessment, by: User) -> None:
    moment = now()
    assessment.save(force_insert=True)
    AssessmentMove.objects.create(assessment=assessment, new=IN_PROGRESS, moved_at=moment, moved_by=by)
    written(assessment)
    tell_chronology(assessment, "assessment.started", "Assessment begun", at=moment, by=by)


def check_fits(version: InstrumentVersion, person: Person) -> None:
    """Raises DoesNotFit."""
    tool, day = version.instrument, today()
    if version.retired_at or version.valid_from > day:
        raise DoesNotFit(f"{version} is not in use: choose another tool")
    age = age_on(person.date_of_birth, day)
    if not tool.age_from <= age <= tool.age_to:
        raise DoesNotFit(f"{tool} is for ages {tool.age_from} to {tool.age_to}: choose another tool")
