"""What became of the return interview after each episode, to the year's totals."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise

from trellis.sample.moments import DAY, HOUR, end_of
from trellis.sample.plan import YearPlan
from trellis.sample.records import Child, Episode, Interview
from trellis.sample.rhythm import daytime_between
from trellis.sample.streams import Stream
from trellis.sample.users import Worker
from trellis.sample.words import say

# Elapsed hours after return. Source: the limit missing.return_interview of the missing app's reference data.
TIME_LIMIT = 72 * HOUR
SOONEST = 2 * HOUR
LATE = 36 * HOUR
LATEST = 7 * DAY
SHARE_VERY_LATE = 0.18
SETTLED = 70 * HOUR
SHARE_DECLINED = 0.86
SHARE_ACCEPTED_FIRST = 0.6
TRIES = 8

REASONS = {
    "staying_out_with_friends": 41,
    "family_conflict": 14,
    "placement_unhappy": 8,
    "exploitation": 8,
    "relationship": 8,
    "contact_with_family": 7,
    "school_difficulty": 3,
    "substances": 4,
    "mental_health": 4,
    "misunderstanding": 2,
    "other": 1,
}
DELAYS = {
    "childs_choice": 27,
    "childs_circumstances": 14,
    "missing_again": 18,
    "purposeful": 11,
    "service_capacity": 17,
    "late_notice": 8,
    "other_authority": 5,
}
REFUSALS = {
    "did_not_want_to_talk": 58,
    "told_another_professional": 18,
    "parent_or_carer_declined": 9,
    "could_not_be_reached": 15,
}
Slot = Callable[[Episode], int | None]


def unsettled(by: Stream, returned_at: int) -> Interview:
    """An interview nobody has offered yet."""
    return Interview(by.id(), "", returned_at + TIME_LIMIT, None, None, 0, "")


class Interviews:
    """Settles the interviews of one year: those held belong to reports of the same year."""

    def __init__(
        self, episodes: dict[Child, list[Episode]], plan: YearPlan, workers: Sequence[Worker], by: Stream
    ) -> None:
        self.plan, self.workers, self.by = plan, workers, by
        self.end = end_of(plan.ends_on)
        self.away_again = {a: b.last_seen_at for made in episodes.values() for a, b in pairwise(made)}
        self.of_child = episodes
        self.left = [episode for made in episodes.values() for episode in made if not episode.interview.outcome]
        by.shuffle(self.left)

    def settle_all(self, held: int, in_time: int) -> None:
        """``in_time`` interviews held inside the limit, ``held - in_time`` after it, the rest not held."""
        self._hold(in_time, self._in_time)
        self._hold(held - in_time, self._late)
        for episode in self.left:
            self._without(episode)

    def _hold(self, count: int, slot: Slot) -> None:
        kept = []
        for episode in self.left:
            moment = slot(episode) if count else None
            if moment is None:
                kept.append(episode)
            else:
                hold(episode, moment, self.by.one(self.workers), self.by)
                count -= 1
        if count:
            raise ValueError(f"{count} interviews of {self.plan.year} found no time to be held")
        self.left = kept

    def _in_time(self, episode: Episode) -> int | None:
        again = self.away_again.get(episode, self.end)
        return daytime_between(
            episode.returned_at + SOONEST, min(episode.interview.due_at, self.end - 1, again - HOUR), self.by
        )

    def _late(self, episode: Episode) -> int | None:
        due = episode.interview.due_at
        for _ in range(TRIES):
            longest = LATEST if self.by.happens(SHARE_VERY_LATE) else LATE
            moment = daytime_between(due + 1, min(due + longest, self.end - 1), self.by)
            if moment is None or not self._is_away(episode.child, moment):
                return moment
        return None

    def _is_away(self, child: Child, moment: int) -> bool:
        return any(e.last_seen_at <= moment <= e.returned_at for e in self.of_child[child])

    def _without(self, episode: Episode) -> None:
        """Declined, or not offered: both inside the limit, and not before they were back."""
        by, interview = self.by, episode.interview
        low = episode.returned_at + SOONEST
        interview.settled_at = daytime_between(low, episode.returned_at + SETTLED, by) or low
        interview.worker = by.one(self.workers).id
        if by.happens(SHARE_DECLINED):
            interview.outcome = "declined"
            interview.decline_reason = by.pick(REFUSALS)
            interview.offered_at = by.between(episode.returned_at + HOUR, interview.settled_at)
        else:
            interview.outcome = "not_offered"
            interview.why = by.one(say("work", "not_offered"))


def hold(episode: Episode, moment: int, worker: Worker, by: Stream) -> None:
    """Hold the interview at ``moment``; a late one carries its reason."""
    interview = episode.interview
    interview.outcome, interview.settled_at, interview.worker = "completed", moment, worker.id
    soon = episode.returned_at + 36 * HOUR
    interview.offered_at = by.between(episode.returned_at + HOUR, min(soon, moment - 30))
    if by.happens(SHARE_ACCEPTED_FIRST):
        interview.accepted_at = by.between(interview.offered_at, moment - 15)
    interview.place = by.one(say("places", "interviews"))
    interview.account = by.one(say("accounts"))
    interview.reason = by.pick(REASONS)
    interview.delay_reason = by.pick(DELAYS) if moment > interview.due_at else ""
