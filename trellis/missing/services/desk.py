"""A report taken at the desk: who it is and that they are missing, recorded together and once."""

from typing import Any
from uuid import UUID

from django.db import IntegrityError

from trellis.accounts.access import check_may
from trellis.accounts.models import User
from trellis.accounts.permissions import Permission
from trellis.audit_log.trail import attempt
from trellis.cases.introductions import person_told_of
from trellis.core.row_context import Duty, duty
from trellis.missing.models import MissingEpisode
from trellis.missing.queries.desk import reported_with
from trellis.missing.services.episodes import report_missing
from trellis.people.services import Introduction


class MissingAlready(ValueError):
    """Another episode of this child covers the time."""


def take_report(*, who: Introduction, key: UUID, by: User, **told: Any) -> MissingEpisode:
    """Record a report given by telephone or in person. ``told`` are the arguments of report_missing.

    ``key`` becomes the episode's id, so that one form sent many times makes one report. Raises Refused without
    MISSING_RECORD, MissingAlready.
    """
    check_may(by, Permission.MISSING_RECORD)
    try:
        with duty(Duty.INTAKE), attempt():
            return report_missing(person=person_told_of(who, by=by), by=by, id=key, **told)
    except IntegrityError:
        already = reported_with(key, by)
        if already is None:
            raise MissingAlready from None
        return already
