"""Several reports of one time missing: kept as they were told, counted once.

The first stands for them all; the others are ``merged_into`` it. It says the earliest last seen and reported, and
ends when the last of them does. What it said before is kept, so that a report can be taken out again.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple

from django.db import IntegrityError, transaction

from trellis.accounts.access import check_may
from trellis.accounts.models import Agency, User
from trellis.accounts.permissions import Permission
from trellis.audit_log.models import Action
from trellis.audit_log.trail import attempt, note
from trellis.cases.models import ChronologyEntry
from trellis.cases.services import add_chronology_entries
from trellis.core.bulk_insert import insert_rows
from trellis.core.clocks import now
from trellis.core.lifecycle import MoveNotAllowed
from trellis.missing.lifecycle import EPISODE, MERGED, MISSING, RETURNED, WITHDRAWN
from trellis.missing.models import EpisodeMove, MissingEpisode, ReturnInterview
from trellis.missing.services.clocks import (
    CAME_BACK,
    CORRECTED,
    POLICE,
    keep_clocks,
    see_again,
    standing,
    start_clocks,
    withdraw,
)
from trellis.missing.services.episodes import REPORTED, Correction, kept, put_right, save_all
from trellis.need_to_know.services import end_sight

TIMES = ("last_seen_at", "reported_at", "returned_at")
SECOND_REPORT = "Second report of the same time missing"
REPORT_STANDS = "Report stands by itself"


class CannotMerge(MoveNotAllowed):
    """These reports cannot be one; the message says why, and what to do."""


class Times(NamedTuple):
    """When a child was last seen, reported and back (aware), as one report or all of them together tell it."""

    last_seen_at: datetime | None
    reported_at: datetime
    returned_at: datetime | None

    @classmethod
    def of(cls, report: MissingEpisode) -> "Times":
        return cls(report.last_seen_at, report.reported_at, report.returned_at)

    def with_(self, other: "Times") -> "Times":
        """The earliest last seen and reported; back when the later of the two says, or not yet."""
        back = max(self.returned_at, other.returned_at) if self.returned_at and other.returned_at else None
        return self.told_also(other)._replace(returned_at=back)

    def told_also(self, other: "Times") -> "Times":
        """The earliest last seen and reported; back as it says itself."""
        seen = [at for at in (self.last_seen_at, other.last_seen_at) if at]
        reported = min(self.reported_at, other.reported_at)
        return Times(min(seen) if seen else None, reported, self.returned_at)


def overlapped(report: Times, episodes: list[MissingEpisode]) -> list[MissingEpisode]:
    """Those of a child's episodes which this time overlaps."""
    return [one for one in episodes if _overlap(report, Times.of(one))]


def _overlap(one: Times, other: Times) -> bool:
    first, second = sorted((one, other), key=_began)
    return first.returned_at is None or _began(second) < first.returned_at


def _began(times: Times) -> datetime:
    return times.last_seen_at or times.reported_at


@transaction.atomic
def keep_second_report(*, episode: MissingEpisode, report: MissingEpisode, by: User) -> MissingEpisode:
    """Keep an unsaved ``report`` as another report of ``episode``: its own row, and the earliest times of both.

    Raises Refused without MISSING_RECORD, CannotMerge.
    """
    check_may(by, Permission.MISSING_RECORD)
    episode = _locked(episode)
    if not _overlap(Times.of(report), Times.of(episode)):
        raise CannotMerge("this report is of another time")
    if episode.returned_at and report.reported_at > episode.returned_at:
        raise CannotMerge("they were reported after they had come back: check when they were last seen")
    report.status, report.merged_into = MERGED, episode
    insert_rows([report])
    insert_rows([EpisodeMove(episode=report, new=MERGED, moved_at=report.reported_at, moved_by=by)])
    _say(report, SECOND_REPORT, report.reported_at, by)
    _set_times(episode, Times.of(episode).told_also(Times.of(report)), "Second report", by, report)
    return report


@transaction.atomic
def merge_reports(*, report: MissingEpisode, into: MissingEpisode, why: str, by: User) -> MissingEpisode:
    """Make ``report`` another report of the episode ``into``, and end the clock it had. Gives the episode.

    Raises Refused without MISSING_RECORD; CannotMerge for another child, a report merged already, one on which an
    interview was held, or when a third episode lies between them; ReturnStands.
    """
    check_may(by, Permission.MISSING_RECORD)
    report, into = _both(report, into)
    _check_can_merge(report, into)
    interviews = ReturnInterview.objects.filter(episode=report).exclude(status=WITHDRAWN).select_for_update()
    withdraw(list(interviews), by, why)
    old, report.status, report.merged_into = report.status, MERGED, into
    insert_rows([EpisodeMove(episode=report, old=old, new=MERGED, moved_at=now(), moved_by=by, why=why)])
    report.save(update_fields=["status", "merged_into"])
    MissingEpisode.objects.filter(merged_into=report).update(merged_into=into)
    _say(report, SECOND_REPORT, report.reported_at, by, standing(REPORTED, [report.id]).get(report.id))
    came_back = standing(CAME_BACK, [report.id]).get(report.id)
    if came_back:
        _say(report, "Return told in a second report", came_back.happened_at, by, came_back)
    end_sight(source=report.id)
    together = Times.of(into).with_(Times.of(report))
    _check_interview(into, together)
    _set_times(into, together, why, by, report)
    return into


def _check_can_merge(report: MissingEpisode, into: MissingEpisode) -> None:
    if report.person_id != into.person_id or report.id == into.id:
        raise CannotMerge("both reports must be of the same young person")
    if into.status == MERGED:
        raise CannotMerge("the other report was merged into another meanwhile")
    EPISODE.check_move(report.status, MERGED)


def _check_interview(into: MissingEpisode, together: Times) -> None:
    held = ReturnInterview.objects.filter(episode=into, completed_at__lt=together.returned_at or now()).first()
    if held and into.returned_at != together.returned_at:
        raise CannotMerge("a return interview was held between the two: they are two times missing")


@transaction.atomic
def unmerge_report(*, report: MissingEpisode, own: Times, others: Times, why: str, by: User) -> MissingEpisode:
    """Let a merged report stand by itself with the times ``own``, and the episode it was in with ``others``.

    Raises Refused without MISSING_RECORD; CannotMerge when the two would overlap, or another episode lies there;
    ReturnStands.
    """
    check_may(by, Permission.MISSING_RECORD)
    report = _locked(report)
    if report.merged_into is None:
        raise CannotMerge("this report stands by itself already")
    episode = _locked(report.merged_into)
    if _overlap(own, others):
        raise CannotMerge("the two times overlap: say when each began and ended")
    _set_times(episode, others, why, by, report)
    status = RETURNED if own.returned_at else MISSING
    insert_rows([EpisodeMove(episode=report, old=MERGED, new=MISSING, moved_at=now(), moved_by=by, why=why)])
    _keep_old(report, own, why, by)
    report.status, report.merged_into = status, None
    _save(report, "status", "merged_into", *TIMES)
    _say(report, REPORT_STANDS, own.reported_at, by, standing(CORRECTED, [report.id]).get(report.id), kind=REPORTED)
    see_again(report, by)
    if own.returned_at:
        start_clocks([(report, own.returned_at)], by)
    return report


def times_before(report: MissingEpisode) -> Times:
    """What the episode a report was merged into said before, where it still says what the report brought."""
    episode = report.merged_into
    if episode is None:
        raise CannotMerge("this report stands by itself already")
    merged = episode.corrections.filter(report=report).order_by("-recorded_at").first()
    old: Mapping[str, Any] = merged.old_values if merged else {}
    said = {field: getattr(episode, field) for field in TIMES}
    for field in TIMES:
        if field in old and said[field] == getattr(report, field):
            said[field] = datetime.fromisoformat(old[field]) if old[field] else None
    return Times(**said)


def _set_times(episode: MissingEpisode, times: Times, why: str, by: User, report: MissingEpisode) -> None:
    """Correct the times of an episode because of another report. Raises CannotMerge where another episode lies."""
    changes = {field: at for field, at in times._asdict().items() if at != getattr(episode, field)}
    note(Action.WRITE, "merged report", object_id=report.id, children=[report.person_id])
    if changes:
        correction = Correction(episode, changes)
        insert_rows([kept(correction, why, by, report)])
        changed = put_right([correction])
        _save(episode, "status", *TIMES)
        keep_clocks(changed, by, why)


def _save(episode: MissingEpisode, *fields: str) -> None:
    try:
        with attempt():
            save_all([episode], fields)
    except IntegrityError:
        raise CannotMerge("another episode of theirs lies in this time: check the times of both") from None


def _keep_old(report: MissingEpisode, own: Times, why: str, by: User) -> None:
    changes = {field: at for field, at in own._asdict().items() if at != getattr(report, field)}
    if changes:
        correction = Correction(report, changes)
        insert_rows([kept(correction, why, by, report.merged_into)])
        for field, at in changes.items():
            setattr(report, field, at)


def _say(
    report: MissingEpisode,
    title: str,
    at: datetime,
    by: User,
    supersedes: ChronologyEntry | None = None,
    kind: str = CORRECTED,
) -> None:
    entry = ChronologyEntry(
        person_id=report.person_id,
        happened_at=at,
        kind=kind,
        title=title,
        agency=Agency.objects.get(code=POLICE),
        subject=report.id,
        supersedes=supersedes,
        recorded_by=by,
    )
    add_chronology_entries([entry])


def _locked(episode: MissingEpisode) -> MissingEpisode:
    return MissingEpisode.objects.select_for_update(of=("self",)).select_related("person").get(id=episode.id)


def _both(report: MissingEpisode, into: MissingEpisode) -> tuple[MissingEpisode, MissingEpisode]:
    """Held until the transaction ends, always in the same order."""
    held = {one.id: _locked(one) for one in sorted((report, into), key=lambda one: one.id)}
    return held[report.id], held[into.id]
