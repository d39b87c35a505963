"""What follows from an interview: whom and what was mentioned, what somebody will do, who was told."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import NamedTuple

from django.db import transaction

from trellis.accounts.access import check_may
from trellis.accounts.models import User
from trellis.accounts.permissions import Permission
from trellis.audit_log.models import Action
from trellis.audit_log.trail import note
from trellis.core.bulk_insert import insert_rows
from trellis.core.clocks import now
from trellis.core.lifecycle import MoveNotAllowed
from trellis.missing.lifecycle import COMPLETED
from trellis.missing.mention_keys import key_of
from trellis.missing.models import Mention, ReturnInterview, SafetyAction
from trellis.missing.services.interviews.moves import locked, note_interview


class Mentioned(NamedTuple):
    """A person, place, phone, vehicle or online name as the young person gave it. ``kind``: Mention.Kind."""

    kind: str
    words: str
    is_adult: bool = False
    told: str = ""


class Agreed(NamedTuple):
    """What ``who`` will do, by when."""

    what: str
    who: str
    due_on: date | None = None


@transaction.atomic
def add_to_interview(
    *, interview: ReturnInterview, mentions: Sequence[Mentioned], actions: Sequence[Agreed], by: User
) -> None:
    """Keep what was mentioned, or agreed, in an interview held and is written down later.

    Raises Refused without INTERVIEW_RECORD; MoveNotAllowed unless the interview was held.
    """
    interview = _held(interview, by)
    write_mentions(interview, mentions, by)
    write_actions(interview, actions, by)


def write_mentions(interview: ReturnInterview, mentions: Iterable[Mentioned], by: User) -> None:
    """Write mentions of an interview that the caller holds locked. What compares alike is kept once."""
    known = set(Mention.objects.filter(interview=interview).values_list("kind", "key"))
    rows: dict[tuple[str, str], Mention] = {}
    for kind, words, is_adult, told in mentions:
        key = key_of(kind, words)
        if key and (kind, key) not in known:
            new = Mention(interview=interview, kind=kind, words=words, key=key, told=told, recorded_by=by)
            rows.setdefault((kind, key), new).is_adult |= is_adult
    insert_rows(rows.values())


@transaction.atomic
def set_mention_aside(*, mention: Mention, why: str, by: User) -> Mention:
    """Looked at, and not to be drawn on: no pattern shows it from now on. Raises Refused without INTERVIEW_RECORD."""
    check_may(by, Permission.INTERVIEW_RECORD)
    locked(mention.interview)
    mention.refresh_from_db()
    if mention.set_aside_at is None:
        mention.set_aside_at, mention.set_aside_by, mention.set_aside_why = now(), by, why
        mention.save(update_fields=["set_aside_at", "set_aside_by", "set_aside_why"])
        note_interview(mention.interview)
    return mention


def write_actions(interview: ReturnInterview, actions: Iterable[Agreed], by: User) -> None:
    insert_rows(SafetyAction(interview=interview, recorded_by=by, **agreed._asdict()) for agreed in actions)


@transaction.atomic
def finish_safety_action(*, action: SafetyAction, done_on: date, came_of_it: str, by: User) -> SafetyAction:
    """That it is done. Raises Refused without INTERVIEW_RECORD; MoveNotAllowed when it was done before."""
    check_may(by, Permission.INTERVIEW_RECORD)
    locked(action.interview)
    action.refresh_from_db()
    if action.done_on:
        raise MoveNotAllowed("this was recorded as done already")
    action.done_on, action.came_of_it = done_on, came_of_it
    action.save(update_fields=["done_on", "came_of_it"])
    person = action.interview.episode.person_id
    note(Action.WRITE, "safety action", object_id=action.id, children=[person])
    return action


@transaction.atomic
def tell_of_interview(
    *, interview: ReturnInterview, by: User, police_told_at: datetime | None, worker_told_at: datetime | None
) -> ReturnInterview:
    """When the police and the young person's worker were told what they need to know (aware). What is not given now
    stays as it was. Raises Refused, MoveNotAllowed."""
    interview = _held(interview, by)
    interview.police_told_at = police_told_at or interview.police_told_at
    interview.worker_told_at = worker_told_at or interview.worker_told_at
    interview.save(update_fields=["police_told_at", "worker_told_at"])
    return interview


def _held(interview: ReturnInterview, by: User) -> ReturnInterview:
    check_may(by, Permission.INTERVIEW_RECORD)
    interview = locked(interview)
    if interview.status != COMPLETED:
        raise MoveNotAllowed("the interview was not held")
    note_interview(interview)
    return interview
