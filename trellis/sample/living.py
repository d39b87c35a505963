"""A desk that is alive at the very moment it is opened.

An area cut at the present moment (``--until today``) is seen by people. When chance has left too little on the desk
just then, the latest things that happened have not happened yet. An area cut at a day given never comes here.
"""

from __future__ import annotations

from collections.abc import Sequence

from trellis.sample.cases import CaseBook
from trellis.sample.moments import HOUR
from trellis.sample.part import Year
from trellis.sample.records import Child, Episode, Referral

MISSING_NOW = 4
AWAITING_OFFER = 4
OVERDUE = 1
WAITING_REFERRALS = 3
HOURS_LEFT = 3 * HOUR
LATER = 20 * HOUR


def enliven(years: Sequence[Year], book: CaseBook, now: int) -> None:
    """Leave on the desk at least a few children missing, back, overdue, and referrals to decide."""
    episodes = [episode for year in years for episode in year.episodes if episode.reported_at < now]
    _missing(episodes, now)
    _awaiting(episodes, now)
    _overdue(episodes, now)
    _referrals(years, book, now)


def _missing(episodes: Sequence[Episode], now: int) -> None:
    short = MISSING_NOW - sum(episode.returned_at >= now for episode in episodes)
    latest: dict[Child, Episode] = {episode.child: episode for episode in episodes}
    could = sorted(latest.values(), key=lambda episode: -episode.reported_at)
    for episode in [e for e in could if e.returned_at < now][: max(short, 0)]:
        episode.returned_at = now + LATER


def _awaiting(episodes: Sequence[Episode], now: int) -> None:
    back = [e for e in episodes if e.returned_at < now and e.interview.due_at > now + HOURS_LEFT]
    short = AWAITING_OFFER - sum(_first_touch(episode) >= now for episode in back)
    could = sorted((e for e in back if _first_touch(e) < now), key=lambda episode: -episode.returned_at)
    for episode in could[: max(short, 0)]:
        _put_off(episode, now)


def _first_touch(episode: Episode) -> int:
    """When anybody first did something about the interview."""
    interview = episode.interview
    return interview.settled_at if interview.offered_at is None else interview.offered_at


def _overdue(episodes: Sequence[Episode], now: int) -> None:
    due = [e for e in episodes if e.returned_at < now and e.interview.due_at < now]
    short = OVERDUE - sum(episode.interview.settled_at >= now for episode in due)
    could = sorted((e for e in due if e.interview.settled_at < now), key=lambda episode: -episode.interview.due_at)
    for episode in could[: max(short, 0)]:
        _put_off(episode, now)


def _put_off(episode: Episode, now: int) -> None:
    interview = episode.interview
    interview.offered_at, interview.accepted_at, interview.settled_at = now + LATER, None, now + LATER


def _referrals(years: Sequence[Year], book: CaseBook, now: int) -> None:
    received = [referral for year in years for referral in year.referrals if referral.received_at < now]
    short = WAITING_REFERRALS - sum(referral.decided_at >= now for referral in received)
    could = sorted((r for r in received if r.decided_at < now), key=lambda referral: -referral.received_at)
    for referral in could[: max(short, 0)]:
        _decide_later(referral, years, book, now)


def _decide_later(referral: Referral, years: Sequence[Year], book: CaseBook, now: int) -> None:
    """Nothing that followed from the decision has happened either."""
    case = next((c for c in referral.child.cases if c.opened_at == referral.decided_at), None)
    referral.decided_at = now + LATER
    if case:
        referral.child.cases.remove(case)
        book.all.remove(case)
        for year in years:
            year.entries = [e for e in year.entries if e.child is not case.child or e.happened_at < case.opened_at]
