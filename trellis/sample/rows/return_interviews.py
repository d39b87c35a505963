"""Rows around a return interview: what was tried, what was spoken of, what was agreed, and the police's own.

They draw from a stream of each episode's own, so that nothing else in the area changes with them.
"""

from __future__ import annotations

from datetime import timedelta

from trellis.missing.lifecycle import COMPLETED, DECLINED
from trellis.missing.mention_keys import key_of
from trellis.sample.moments import HOUR, london_day, stamp
from trellis.sample.records import Episode
from trellis.sample.rows.cut import Cut
from trellis.sample.streams import Stream, id_from, stream

INDEPENDENCE = {"missing_team": 78, "commissioned": 12, "their_choice": 6, "own_worker": 4}
DECLINED_BY = {"parent_or_carer_declined": "carer", "could_not_be_reached": "other"}
NOBODY = ("Nobody came to the door. A card is left", "No answer; a message is left", "Gran says to try after school")
NICKNAMES = ("Big T", "Dez", "Smokes", "Ry", "Moz", "Uncle K", "Jaz", "Fizz")
CORNERS = ("the arches", "the old baths", "the top of the car park", "the flat over the shop", "the bench by the lock")
SAFER = (
    ("Ring every evening for a week", "Their worker"),
    ("Agree a place where they can be fetched from, no questions asked", "Home"),
    ("Ask the school for somebody to talk to in the morning", "School"),
)
SAFE = ("Yes, at home and rested", "Yes, says they are glad to be back", "Yes; tired, and did not want to say much")
TO_FIND = ("Friends at the tram stop", "Ring the older sister first", "Says they always answer messages")
# Numbers kept for drama.
PHONES = 200


def around(episode: Episode) -> Stream:
    return stream("after return", episode.id)


def independence_of(episode: Episode) -> str:
    return stream("independence", episode.id).pick(INDEPENDENCE)


def declined_by(reason: str) -> str:
    return DECLINED_BY.get(reason, "child")


def write_after_return(episode: Episode, cut: Cut) -> None:
    by, interview = around(episode), episode.interview
    if by.happens(0.2):
        _write_prevention(episode, by, cut)
    if interview.decline_reason == "could_not_be_reached" or by.happens(0.1):
        _write_attempts(episode, by, cut)
    if interview.outcome == COMPLETED and cut.has(interview.settled_at):
        if by.happens(0.12):
            _write_mentions(episode, by, cut)
        if by.happens(0.15):
            _write_action(episode, by, cut)


def _write_prevention(episode: Episode, by: Stream, cut: Cut) -> None:
    held = episode.returned_at + by.between(HOUR, 5 * HOUR)
    if not cut.has(held):
        return
    cut.writer.add(
        "missing.PreventionInterview",
        id_from(episode.id, "prevention"),
        stamp(held),
        episode.id,
        stamp(held),
        episode.officer,
        by.one(SAFE),
        "",
        "",
        by.one(TO_FIND) if by.happens(0.4) else "",
        None,
        None,
    )


def _write_attempts(episode: Episode, by: Stream, cut: Cut) -> None:
    interview = episode.interview
    until = interview.settled_at if interview.outcome in (COMPLETED, DECLINED) else interview.due_at
    for number in range(by.between(1, 2)):
        tried = by.between(episode.returned_at + HOUR, max(episode.returned_at + HOUR, until - HOUR))
        if tried < until and cut.has(tried):
            text = stamp(tried)
            cut.writer.add(
                "missing.InterviewAttempt",
                id_from(interview.id, "tried", number),
                text,
                interview.id,
                text,
                by.one(("visit", "call", "message")),
                by.one(NOBODY),
                None,
                interview.worker or None,
            )


def _write_mentions(episode: Episode, by: Stream, cut: Cut) -> None:
    interview = episode.interview
    nickname, corner, where = by.one(NICKNAMES), by.one(CORNERS), episode.child.family.locality
    spoken = {
        "phone": f"07700 900{100 + by.between(0, PHONES - 1)}",
        "person": f"{nickname} from {where}",
        "place": f"{corner}, {where}",
    }
    for kind in by.sample(sorted(spoken), by.between(1, 2)):
        words = spoken[kind]
        cut.writer.add(
            "missing.Mention",
            id_from(interview.id, kind),
            stamp(interview.settled_at),
            interview.id,
            kind,
            words,
            key_of(kind, words),
            kind == "person",
            "",
            None,
            None,
            "",
            interview.worker,
        )


def _write_action(episode: Episode, by: Stream, cut: Cut) -> None:
    interview = episode.interview
    what, who = by.one(SAFER)
    held = london_day(interview.settled_at)
    due_on, done_on = held + timedelta(days=7), held + timedelta(days=by.between(1, 10))
    done = cut.known_day(done_on) if by.happens(0.9) else None
    cut.writer.add(
        "missing.SafetyAction",
        id_from(interview.id, "safer"),
        stamp(interview.settled_at),
        interview.id,
        what,
        who,
        due_on,
        done,
        "Done, and they say it helps" if done else "",
        interview.worker,
    )
