"""The clocks of return interviews: started by a return, moved with it, stopped when it was none."""

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import cache
from typing import Any, NamedTuple
from uuid import UUID

from trellis.accounts.models import Agency, User
from trellis.cases.models import ChronologyEntry
from trellis.cases.services import add_chronology_entries
from trellis.core.bulk_insert import insert_rows
from trellis.core.clocks import after_hours, london_date, now
from trellis.core.lifecycle import MoveNotAllowed
from trellis.core.reference_data import limit
from trellis.missing.lifecycle import AWAITING_OFFER, INTERVIEW, MISSING, RETURNED, WITHDRAWN
from trellis.missing.models import EpisodeMove, InterviewMove, MissingEpisode, ReturnInterview
from trellis.need_to_know.services import HUB, MANAGEMENT, grant_sight

DESK = "missing"
POLICE = "police"
SAVED_AT_ONCE = 200
CAME_BACK = "missing.returned"
CORRECTED = "missing.corrected"
NOTHING_YET = {"offered_at": None, "offered_by": None, "declined_at": None, "declined_by": "", "decline_reason": ""}

Times = Sequence[tuple[MissingEpisode, datetime]]


class ReturnStands(MoveNotAllowed):
    """An interview was held on this return, or another conversation covers it."""

    def __init__(self) -> None:
        super().__init__("a return on which an interview was held stands: correct its time instead")


class Changed(NamedTuple):
    """Episodes whose child is back now, was back at another time, or was not back after all, with the return's time:
    the new one, or the one that was told wrongly."""

    back: list[tuple[MissingEpisode, datetime]]
    moved: list[tuple[MissingEpisode, datetime]]
    undone: list[tuple[MissingEpisode, datetime]]


def keep_clocks(changed: Changed, by: User | None, why: str) -> None:
    """Make clocks and chronology tell what the episodes tell now. Raises ReturnStands."""
    start_clocks(changed.back, by)
    _move_clocks(changed.moved, by)
    _stop_clocks(changed.undone, by, why)


def start_clocks(back: Times, by: User | None) -> list[ReturnInterview]:
    """Of children who came back, and when: the move, the interview that is due, the chronology."""
    if not back:
        return []
    police = Agency.objects.get(code=POLICE)
    insert_rows(
        EpisodeMove(episode=episode, old=MISSING, new=RETURNED, moved_at=at, moved_by=by) for episode, at in back
    )
    before = _interviews_of(back)
    again = [(before[episode.id], at) for episode, at in back if episode.id in before]
    due_at = due_times()
    new = [(ReturnInterview(episode=e, due_at=due_at(at)), at) for e, at in back if e.id not in before]
    insert_rows(interview for interview, _ in new)
    start_again(again, by)
    insert_rows(
        InterviewMove(interview=interview, new=AWAITING_OFFER, moved_at=at, moved_by=by) for interview, at in new
    )
    add_chronology_entries([_returned(episode, at, police, by) for episode, at in back])
    made = {interview.episode_id: interview for interview in [*(one for one, _ in new), *before.values()]}
    return [made[episode.id] for episode, _ in back]


def start_again(interviews: Sequence[tuple[ReturnInterview, datetime]], by: User | None) -> None:
    """A clock that was stopped runs again, from the return told now; who holds the interview sees the child again."""
    due_at = due_times()
    for interview, at in interviews:
        INTERVIEW.check_move(interview.status, AWAITING_OFFER)
        move = InterviewMove(interview=interview, old=interview.status, new=AWAITING_OFFER, moved_at=now(), moved_by=by)
        insert_rows([move])
        interview.status, interview.due_at = AWAITING_OFFER, due_at(at)
        for field, empty in NOTHING_YET.items():
            setattr(interview, field, empty)
        interview.save(update_fields=["status", "due_at", *NOTHING_YET])
        see_again(interview.episode, by)


def see_again(episode: MissingEpisode, by: User | None) -> None:
    """The desk, the hub and its managers see the child because of this episode, as from the first report on."""
    for team in (DESK, HUB, MANAGEMENT):
        grant_sight(person=episode.person, team=team, source=episode.id, reason="Missing", by=by)


def _interviews_of(times: Times) -> dict[UUID, ReturnInterview]:
    """By episode, held until the transaction ends."""
    rows = ReturnInterview.objects.filter(episode__in=[episode.id for episode, _ in times]).select_for_update()
    found = {interview.episode_id: interview for interview in rows}
    for episode, _ in times:
        if episode.id in found:
            found[episode.id].episode = episode
    return found


def _returned(episode: MissingEpisode, at: datetime, police: Agency, by: User | None, **more: Any) -> ChronologyEntry:
    told = {"kind": CAME_BACK, "title": "Returned", "body": episode.found_where, **more}
    return ChronologyEntry(
        person_id=episode.person_id, happened_at=at, agency=police, subject=episode.id, recorded_by=by, **told
    )


def due_times() -> Callable[[datetime], datetime]:
    """``interview_due_at``, asking for each day's limit once."""
    hours = cache(lambda day: limit("missing.return_interview", day))
    return lambda returned_at: after_hours(returned_at, hours(london_date(returned_at)))


def interview_due_at(returned_at: datetime) -> datetime:
    """The moment by which the interview is held: elapsed hours after the return, across clock changes too."""
    return due_times()(returned_at)


def _move_clocks(moved: Times, by: User | None) -> None:
    """Of children who came back at another time than was told: when the interview is due, and the chronology."""
    if not moved:
        return
    due_at, police, interviews = due_times(), Agency.objects.get(code=POLICE), _interviews_of(moved)
    before = standing(CAME_BACK, [episode.id for episode, _ in moved])
    for episode, at in moved:
        interviews[episode.id].due_at = due_at(at)
    ReturnInterview.objects.bulk_update(interviews.values(), ["due_at"], batch_size=SAVED_AT_ONCE)
    add_chronology_entries(
        [_returned(episode, at, police, by, supersedes=before.get(episode.id)) for episode, at in moved]
    )


def _stop_clocks(undone: Times, by: User | None, why: str) -> None:
    """Of children who were not back after all: still missing, no interview due, the return taken out of the story."""
    if not undone:
        return
    police, before = Agency.objects.get(code=POLICE), standing(CAME_BACK, [episode.id for episode, _ in undone])
    insert_rows(
        EpisodeMove(episode=episode, old=RETURNED, new=MISSING, moved_at=now(), moved_by=by, why=why)
        for episode, _ in undone
    )
    withdraw(list(_interviews_of(undone).values()), by, why)
    wrong = {"kind": CORRECTED, "title": "Return recorded wrongly: still missing", "body": ""}
    add_chronology_entries([_returned(e, at, police, by, **wrong, supersedes=before.get(e.id)) for e, at in undone])
    for episode, _ in undone:
        see_again(episode, by)


def withdraw(interviews: Sequence[ReturnInterview], by: User | None, why: str) -> None:
    """Stop the clocks of interviews whose return was none. Raises ReturnStands."""
    for interview in interviews:
        if WITHDRAWN not in INTERVIEW.moves[interview.status]:
            raise ReturnStands
    moment = now()
    insert_rows(
        InterviewMove(interview=one, old=one.status, new=WITHDRAWN, moved_at=moment, moved_by=by, why=why)
        for one in interviews
    )
    for interview in interviews:
        interview.status = WITHDRAWN
    ReturnInterview.objects.bulk_update(interviews, ["status"], batch_size=SAVED_AT_ONCE)


def standing(kind: str, subjects: Sequence[UUID]) -> dict[UUID | None, ChronologyEntry]:
    """By subject, the entry of this kind that nothing has taken the place of."""
    told = ChronologyEntry.objects.filter(kind=kind, subject__in=subjects, superseded_by=None)
    return {entry.subject: entry for entry in told}
