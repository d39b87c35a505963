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
from trellis.missing.queries.desk import overlapping, reported_with
from trellis.missing.services.episodes import report_missing
from trellis.missing.services.merging import CannotMerge, keep_second_report
from trellis.people.models import Person
from trellis.people.services import Introduction


class MissingAlready(ValueError):
    """Another episode of this child covers the time. ``why``: why this cannot be a second report of it either."""

    def __init__(self, why: str = "") -> None:
        super().__init__(why)
        self.why = why


def take_report(*, who: Introduction, key: UUID, by: User, second: bool = False, **told: Any) -> MissingEpisode:
    """Record a report given by telephone or in person. ``told`` are the arguments of report_missing.

    ``key`` becomes the row's id, so that one form sent many times makes one report. ``second``: where the child is
    reported missing already, keep this as another report of the same time. Gives the episode. Raises Refused without
    MISSING_RECORD, MissingAlready.
    """
    check_may(by, Permission.MISSING_RECORD)
    already = reported_with(key, by)
    if already:
        return already.merged_into or already
    try:
        with duty(Duty.INTAKE), attempt():
            return _record(person_told_of(who, by=by), key, by, second, told)
    except IntegrityError:
        already = reported_with(key, by)
        if already is None:
            raise MissingAlready from None
        return already.merged_into or already
    except CannotMerge as refusal:
        raise MissingAlready(str(refusal)) from None


def _record(person: Person, key: UUID, by: User, second: bool, told: dict[str, Any]) -> MissingEpisode:
    covered = overlapping(person, told.get("last_seen_at"), told["reported_at"])
    if not covered:
        return report_missing(person=person, by=by, id=key, **told)
    if len(covered) > 1:
        raise CannotMerge("it overlaps several times they were missing: check when they were last seen")
    if not second:
        raise MissingAlready
    report = MissingEpisode(id=key, person=person, recorded_by=by, **told)
    keep_second_report(episode=covered[0], report=report, by=by)
    return covered[0]
