"""Reports of missing children, their returns and what was told wrongly.

Each is one transaction: the change, its status row, its chronology entry, sight of the child, its audit event.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from django.db import IntegrityError, connection, transaction

from trellis.accounts.access import check_may
from trellis.accounts.models import Agency, User
from trellis.accounts.permissions import Permission
from trellis.audit_log.models import Action
from trellis.audit_log.trail import attempt, note
from trellis.cases.models import ChronologyEntry, Significance
from trellis.cases.services import add_chronology_entries
from trellis.core.bulk_insert import insert_rows
from trellis.core.clocks import now
from trellis.core.lifecycle import MoveNotAllowed
from trellis.missing.lifecycle import EPISODE, MERGED, MISSING, RETURNED
from trellis.missing.models import (
    EpisodeCorrection,
    EpisodeMove,
    MissingEpisode,
    ReturnInterview,
    RiskGrading,
)
from trellis.missing.services.clocks import CORRECTED, DESK, POLICE, SAVED_AT_ONCE, Changed, keep_clocks, start_clocks
from trellis.need_to_know.services import HUB, MANAGEMENT, grant_sight_of_many
from trellis.people.models import Person

REPORTED = "missing.reported"


class Overlaps(MoveNotAllowed):
    """Another episode of the child lies in this time."""

    def __init__(self) -> None:
        super().__init__("another episode of theirs lies in this time: merge the two, or check the times")


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
    start_clocks(back, by)


def _reported(
    episode: MissingEpisode, title: str, significance: int, police: Agency, by: User | None, kind: str = REPORTED
) -> ChronologyEntry:
    return ChronologyEntry(
        person_id=episode.person_id,
        happened_at=episode.reported_at,
        kind=kind,
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
            by_police=bool(episode.police_ref),
            recorded_by=by,
        )
        for episode in episodes
    )


@transaction.atomic
def add_police_grades(told: Sequence[tuple[MissingEpisode, str]], *, by: User | None) -> None:
    """Keep grades the police gave to episodes of the desk's, which stand as the desk graded them."""
    insert_rows(
        RiskGrading(
            episode=episode,
            grade=grade,
            graded_at=episode.reported_at,
            graded_by=episode.officer,
            by_police=True,
            recorded_by=by,
        )
        for episode, grade in told
    )
    _note_each("risk grade", [episode for episode, _ in told])


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
    save_all(episodes, {"status", "returned_at"}.union(*(back.found for back in returns)))
    _note_each("missing episode", episodes)
    return start_clocks([(back.episode, back.returned_at) for back in returns], by)


def save_all(episodes: Sequence[MissingEpisode], fields: Collection[str]) -> None:
    """Save fields of several episodes; whether any overlap is asked once all are saved."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS one_missing_episode_at_a_time DEFERRED")
        MissingEpisode.objects.bulk_update(episodes, sorted(fields), batch_size=SAVED_AT_ONCE)
        cursor.execute("SET CONSTRAINTS one_missing_episode_at_a_time IMMEDIATE")


def correct_episode(*, episode: MissingEpisode, changes: dict[str, Any], why: str, by: User | None) -> MissingEpisode:
    """Change fields of an episode and keep what they said before. A new grade joins the grade history."""
    correct_episodes([Correction(episode, changes)], why=why, by=by)
    return episode


@transaction.atomic
def correct_at_desk(*, episode: MissingEpisode, changes: dict[str, Any], why: str, by: User) -> MissingEpisode:
    """``correct_episode`` by a worker of the desk, as the episode stands now; a return may be undone by it.

    Raises Refused without MISSING_RECORD; ReturnStands; Overlaps when the times meet another episode's.
    """
    check_may(by, Permission.MISSING_RECORD)
    episode = MissingEpisode.objects.select_for_update(of=("self",)).select_related("person").get(id=episode.id)
    if changes.get("returned_at", "") is None and episode.status != RETURNED:
        raise MoveNotAllowed("they are not recorded as back any more")
    if not changes:
        return episode
    try:
        with attempt():
            return correct_episode(episode=episode, changes=changes, why=why, by=by)
    except IntegrityError:
        raise Overlaps from None


@transaction.atomic
def correct_episodes(corrections: Sequence[Correction], *, why: str, by: User | None) -> None:
    """Correct episodes, in that order, as ``correct_episode`` does one by one.

    A child still missing who has a return time now is back: their interview's clock starts. Another time of return
    moves the clock, and takes the place of the old one in the chronology; none any more undoes the return. Raises
    ReturnStands when an interview was held on it.
    """
    insert_rows(kept(correction, why, by) for correction in corrections)
    changed = put_right(corrections)
    save_all([one.episode for one in corrections], {"status"}.union(*(one.changes for one in corrections)))
    keep_clocks(changed, by, why)
    _grade([episode for episode, changes in corrections if "risk_grade" in changes], by)
    police = Agency.objects.get(code=POLICE)
    add_chronology_entries([_corrected(one.episode, police, by) for one in corrections])
    _note_each("episode correction", [one.episode for one in corrections])


def put_right(corrections: Iterable[Correction]) -> Changed:
    """Set the fields of the episodes, unsaved, and their status by whether they are back."""
    changed = Changed([], [], [])
    for episode, changes in corrections:
        was_back_at = episode.returned_at
        for field, value in changes.items():
            setattr(episode, field, value)
        if episode.status == MERGED:
            continue
        if episode.returned_at and episode.status == MISSING:
            episode.status = RETURNED
            changed.back.append((episode, episode.returned_at))
        elif episode.returned_at and episode.returned_at != was_back_at:
            changed.moved.append((episode, episode.returned_at))
        elif was_back_at and not episode.returned_at and episode.status == RETURNED:
            episode.status = MISSING
            changed.undone.append((episode, was_back_at))
    return changed


def kept(correction: Correction, why: str, by: User | None, report: MissingEpisode | None = None) -> EpisodeCorrection:
    """What the episode says before it is corrected; ``report``: the report merged or taken out, because of which."""
    old = {field: getattr(correction.episode, field) for field in correction.changes}
    return EpisodeCorrection(
        episode=correction.episode,
        old_values={f: v.isoformat() if isinstance(v, datetime) else v for f, v in old.items()},
        corrected_at=now(),
        corrected_by=by,
        why=why,
        report=report,
    )


def _corrected(episode: MissingEpisode, police: Agency, by: User | None) -> ChronologyEntry:
    return _reported(episode, "Missing report corrected", Significance.ROUTINE, police, by, kind=CORRECTED)
