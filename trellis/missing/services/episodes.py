"""Reports of missing children, their returns and what was told wrongly.

Each is one transaction: the change, its status row, its chronology entry, sight of the child, its audit event.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import Any, NamedTuple

from django.db import connection, transaction

from trellis.accounts.access import check_may
from trellis.accounts.models import Agency, User
from trellis.accounts.permissions import Permission
from trellis.audit_log.models import Action
from trellis.audit_log.trail import note
from trellis.cases.models import ChronologyEntry, Significance
from trellis.cases.services import add_chronology_entries
from trellis.core.bulk_insert import insert_rows
from trellis.core.clocks import after_hours, london_date, now
from trellis.core.reference_data import limit
from trellis.missing.lifecycle import AWAITING_OFFER, EPISODE, MISSING, RETURNED
from trellis.missing.models import (
    EpisodeCorrection,
    EpisodeMove,
    InterviewMove,
    MissingEpisode,
    ReturnInterview,
    RiskGrading,
)
from trellis.need_to_know.services import HUB, MANAGEMENT, grant_sight_of_many
from trellis.people.models import Person

DESK = "missing"
POLICE = "police"
SAVED_AT_ONCE = 200


class Return(NamedTuple):
    """A child is back (``returned_at`` aware); ``found`` are found_at, found_where, found_with as far as known."""

    episode: MissingEpisode
    returned_at: datetime
    found: Mapping[str, Any]


class Correction(NamedTuple):
    """Fields of an episode that were told wrongly, with what is right."""

    episode: MissingEpisode
    changes: Mapping[str, Any]


def report_missing(
    *,
    person: Person,
    kind: str,
    reported_at: datetime,
    by: User | None,
    last_seen_at: datetime | None = None,
    risk_grade: str = "",
    **details: Any,
) -> MissingEpisode:
    """Record that a child is missing (times aware). ``details`` are further fields of MissingEpisode.

    The desk, the hub and its managers see the child while they are missing. The database refuses an episode that
    overlaps another of the same child (IntegrityError).
    """
    episode = MissingEpisode(
        person=person,
        kind=kind,
        reported_at=reported_at,
        last_seen_at=last_seen_at,
        risk_grade=risk_grade,
        recorded_by=by,
        **details,
    )
    record_episodes([episode], by=by)
    return episode


@transaction.atomic
def record_episodes(episodes: Sequence[MissingEpisode], *, by: User | None) -> None:
    """Record unsaved episodes: each report and, of a child who is back, the return with its interview's clock."""
    back = [(episode, episode.returned_at) for episode in episodes if episode.returned_at]
    for episode, _ in back:
        episode.status = RETURNED
    insert_rows(episodes)
    insert_rows(
        EpisodeMove(episode=episode, new=MISSING, moved_at=episode.reported_at, moved_by=by) for episode in episodes
    )
    _grade([episode for episode in episodes if episode.risk_grade], by)
    police = Agency.objects.get(code=POLICE)
    add_chronology_entries([_reported(e, e.get_kind_display(), Significance.NOTABLE, police, by) for e in episodes])
    grant_sight_of_many(
        sources=[(episode.person_id, episode.id) for episode in episodes],
        teams=(DESK, HUB, MANAGEMENT),
        reason="Missing",
        by=by,
    )
    _note_each("missing episode", episodes)
    _start_clocks(back, by)


def _reported(
    episode: MissingEpisode, title: str, significance: int, police: Agency, by: User | None
) -> ChronologyEntry:
    return ChronologyEntry(
        person_id=episode.person_id,
        happened_at=episode.reported_at,
        kind="missing.reported",
        title=title,
        significance=significance,
        agency=police,
        subject=episode.id,
        recorded_by=by,
    )


def _grade(episodes: Iterable[MissingEpisode], by: User | None) -> None:
    insert_rows(
        RiskGrading(
            episode=episode,
            grade=episode.risk_grade,
            graded_at=episode.reported_at,
            graded_by=episode.officer,
            recorded_by=by,
        )
        for episode in episodes
    )


def _note_each(what: str, episodes: Iterable[MissingEpisode]) -> None:
    for episode in episodes:
        note(Action.WRITE, what, object_id=episode.id, children=[episode.person_id])


@transaction.atomic
def record_return(*, episode: MissingEpisode, returned_at: datetime, by: User | None, **found: Any) -> ReturnInterview:
    """Record that the child is back (``returned_at`` aware); ``found`` are found_at, found_where, found_with.

    Starts the clock of the return interview: the limit ``missing.return_interview`` in elapsed hours.
    Raises MoveNotAllowed when the child is back already; Refused when ``by`` lacks MISSING_RECORD.
    """
    if by is not None:
        check_may(by, Permission.MISSING_RECORD)
    episode = MissingEpisode.objects.select_for_update(of=("self",)).select_related("person").get(id=episode.id)
    return record_returns([Return(episode, returned_at, found)], by=by)[0]


@transaction.atomic
def record_returns(returns: Sequence[Return], *, by: User | None) -> list[ReturnInterview]:
    """Record returns, in that order, as ``record_return`` does one by one."""
    for episode, returned_at, found in returns:
        EPISODE.check_move(episode.status, RETURNED)
        for field, value in {**found, "status": RETURNED, "returned_at": returned_at}.items():
            setattr(episode, field, value)
    episodes = [back.episode for back in returns]
    _save_all(episodes, {"status", "returned_at"}.union(*(back.found for back in returns)))
    _note_each("missing episode", episodes)
    return _start_clocks([(back.episode, back.returned_at) for back in returns], by)


def _save_all(episodes: Sequence[MissingEpisode], fields: Collection[str]) -> None:
    """Save fields of several episodes; whether any overlap is asked once all are saved."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS one_missing_episode_at_a_time DEFERRED")
        MissingEpisode.objects.bulk_update(episodes, sorted(fields), batch_size=SAVED_AT_ONCE)
        cursor.execute("SET CONSTRAINTS one_missing_episode_at_a_time IMMEDIATE")


def _start_clocks(back: Sequence[tuple[MissingEpisode, datetime]], by: User | None) -> list[ReturnInterview]:
    """Of children who came back, and when: the move, the interview that is due, the chronology."""
    due_at, police = _due_times(), Agency.objects.get(code=POLICE)
    insert_rows(
        EpisodeMove(episode=episode, old=MISSING, new=RETURNED, moved_at=at, moved_by=by) for episode, at in back
    )
    interviews = [ReturnInterview(episode=episode, due_at=due_at(at)) for episode, at in back]
    insert_rows(interviews)
    insert_rows(
        InterviewMove(interview=interview, new=AWAITING_OFFER, moved_at=at, moved_by=by)
        for interview, (_, at) in zip(interviews, back, strict=True)
    )
    add_chronology_entries([_returned(episode, at, police, by) for episode, at in back])
    return interviews


def _returned(episode: MissingEpisode, at: datetime, police: Agency, by: User | None, **more: Any) -> ChronologyEntry:
    return ChronologyEntry(
        person_id=episode.person_id,
        happened_at=at,
        kind="missing.returned",
        title="Returned",
        body=episode.found_where,
        agency=police,
        subject=episode.id,
        recorded_by=by,
        **more,
    )


def _due_times() -> Callable[[datetime], datetime]:
    """``interview_due_at``, asking for each day's limit once."""
    hours = cache(lambda day: limit("missing.return_interview", day))
    return lambda returned_at: after_hours(returned_at, hours(london_date(returned_at)))


def interview_due_at(returned_at: datetime) -> datetime:
    """The moment by which the interview is held: elapsed hours after the return, across clock changes too."""
    return _due_times()(returned_at)


def correct_episode(*, episode: MissingEpisode, changes: dict[str, Any], why: str, by: User | None) -> MissingEpisode:
    """Change fields of an episode and keep what they said before. A new grade joins the grade history."""
    correct_episodes([Correction(episode, changes)], why=why, by=by)
    return episode


@transaction.atomic
def correct_episodes(corrections: Sequence[Correction], *, why: str, by: User | None) -> None:
    """Correct episodes, in that order, as ``correct_episode`` does one by one.

    A child still missing who has a return time now is back: their interview's clock starts. Another time
    of return moves the clock, and takes the place of the old one in the chronology.
    """
    insert_rows(_kept(correction, why, by) for correction in corrections)
    back, moved = [], []
    for episode, changes in corrections:
        was_back_at = episode.returned_at
        for field, value in changes.items():
            setattr(episode, field, value)
        if episode.returned_at and episode.status == MISSING:
            episode.status = RETURNED
            back.append((episode, episode.returned_at))
        elif episode.returned_at and episode.returned_at != was_back_at:
            moved.append((episode, episode.returned_at))
    episodes = [correction.episode for correction in corrections]
    _save_all(episodes, {"status"}.union(*(correction.changes for correction in corrections)))
    _start_clocks(back, by)
    _move_clocks(moved, by)
    _grade([episode for episode, changes in corrections if "risk_grade" in changes], by)
    police = Agency.objects.get(code=POLICE)
    add_chronology_entries(
        [_reported(e, "Missing report corrected", Significance.ROUTINE, police, by) for e in episodes]
    )
    _note_each("episode correction", episodes)


def _kept(correction: Correction, why: str, by: User | None) -> EpisodeCorrection:
    old = {field: getattr(correction.episode, field) for field in correction.changes}
    return EpisodeCorrection(
        episode=correction.episode,
        old_values={f: v.isoformat() if isinstance(v, datetime) else v for f, v in old.items()},
        corrected_at=now(),
        corrected_by=by,
        why=why,
    )


def _move_clocks(moved: Sequence[tuple[MissingEpisode, datetime]], by: User | None) -> None:
    """Of children who came back at another time than was told: when the interview is due, and the chronology."""
    due_at, police, subjects = _due_times(), Agency.objects.get(code=POLICE), [episode.id for episode, _ in moved]
    interviews = {i.episode_id: i for i in ReturnInterview.objects.filter(episode__in=subjects).select_for_update()}
    told = ChronologyEntry.objects.filter(kind="missing.returned", subject__in=subjects, superseded_by=None)
    before = {entry.subject: entry for entry in told}
    for episode, at in moved:
        interviews[episode.id].due_at = due_at(at)
    ReturnInterview.objects.bulk_update(interviews.values(), ["due_at"], batch_size=SAVED_AT_ONCE)
    add_chronology_entries(
        [_returned(episode, at, police, by, supersedes=before.get(episode.id)) for episode, at in moved]
    )
