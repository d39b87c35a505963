"""Rows of outcomes: how things stood at the start and at closing, what the closure asked for, who asks afterwards."""

from __future__ import annotations

from datetime import date, timedelta

from trellis.measures.tables import OUTCOME_AREAS
from trellis.outcomes.models import Point, Standing
from trellis.sample.moments import DAY, at, end_of, london_day, stamp
from trellis.sample.records import Case
from trellis.sample.rows.cut import Cut
from trellis.sample.streams import Stream, id_from, stream
from trellis.sample.words import words

START_AFTER = 21
SIX, TWELVE, SEEN_FOR = 183, 365, 92
CHALLENGED, MOVED, GROWN = "did_not_engage", "moved_area", "turned_18"
WORDS = "outcomes"
SAYS = {"child": 5, "worker": 4, "family": 2, "data": 1}
START = {Standing.SAME: 5, Standing.WORSE: 4, Standing.NOT_A_NEED: 1, Standing.NOT_KNOWN: 3}
CLOSE = {
    Standing.ACHIEVED: 3,
    Standing.IMPROVED: 6,
    Standing.SAME: 4,
    Standing.WORSE: 1,
    Standing.NOT_A_NEED: 2,
    Standing.NOT_KNOWN: 3,
}
HARDLY = {Standing.SAME: 3, Standing.WORSE: 2, Standing.NOT_KNOWN: 7}


def write_outcomes(case: Case, cut: Cut) -> None:
    """The outcomes of a case as they stood at the cut; a share of the areas was never asked about."""
    by, started = stream("outcomes", case.id), case.opened_at + START_AFTER * DAY
    if case.closed_at is None or started < case.closed_at:
        _write_point(case, Point.START, started, START, by, cut)
    if case.closed_at is None or case.closed_on is None or not cut.has(case.closed_at):
        return
    weights = HARDLY if case.closure_reason == CHALLENGED else CLOSE
    _write_point(case, Point.CLOSE, case.closed_at - DAY, weights, by, cut)
    _write_told(case, cut)
    if case.closure_reason == CHALLENGED:
        _write_challenge(case, by, cut)
    if case.closure_reason != MOVED:
        _write_follow_up(case, Point.SIX, case.closed_on + timedelta(days=SIX), by, cut)
        _write_follow_up(case, Point.TWELVE, case.closed_on + timedelta(days=TWELVE), by, cut)


def _write_point(case: Case, point: Point, moment: int, weights: dict[Standing, int], by: Stream, cut: Cut) -> None:
    """One answer for each area; at the start one in six areas was not asked about."""
    said: dict[str, list[str]] = words(WORDS)
    for area in OUTCOME_AREAS:
        status, who, evidence = by.pick(weights), by.pick(SAYS), by.one(said[area])
        left_out = point == Point.START and by.happens(1 / 6)
        if left_out or not cut.has(moment):
            continue
        known = status != Standing.NOT_KNOWN
        cut.writer.add(
            "outcomes.OutcomeRecord",
            id_from(case.id, point.value, area),
            stamp(moment),
            1,
            case.child.id,
            case.id,
            point.value,
            area,
            status.value,
            evidence if known else "",
            who if known else "",
            london_day(moment),
            None,
            case.worker,
        )


def _write_told(case: Case, cut: Cut) -> None:
    assert case.closed_at is not None
    told = [("area", "The team of the other area, by telephone")] if case.closure_reason == MOVED else []
    told += [] if case.closure_reason == GROWN else [("school", "The designated safeguarding lead")]
    for whom, name in told:
        cut.writer.add(
            "outcomes.ClosureTold",
            id_from(case.id, "told", whom),
            stamp(case.closed_at - DAY),
            case.child.id,
            case.id,
            whom,
            london_day(case.closed_at - DAY),
            name,
            "Call",
            "",
            None,
            case.worker,
        )


def _write_challenge(case: Case, by: Stream, cut: Cut) -> None:
    assert case.closed_at is not None
    said = words(WORDS)
    cut.writer.add(
        "outcomes.ClosureChallenge",
        id_from(case.id, "challenge"),
        stamp(case.closed_at - DAY),
        case.child.id,
        case.id,
        CHALLENGED,
        0,
        by.between(4, 9),
        by.between(0, 3),
        said["tried"],
        said["what_else"],
        said["who_else"],
        said["said"],
        True,
        said["why"],
        london_day(case.closed_at - DAY),
        None,
        cut.staff.manager.id,
    )


def _write_follow_up(case: Case, point: Point, due_on: date, by: Stream, cut: Cut) -> None:
    """Done on the day it was due, of some without having reached them; open until the cut's day reaches it."""
    assert case.closed_at is not None
    key, moment, reached = id_from(case.id, "follow-up", point.value), at(due_on, 11), by.happens(0.8)
    done = cut.has(moment)
    cut.writer.add(
        "outcomes.FollowUp",
        key,
        stamp(case.closed_at),
        case.child.id,
        case.id,
        point.value,
        due_on,
        case.worker,
        due_on if done else None,
        case.worker if done else None,
        words(WORDS)["not_reached"] if done and not reached else "",
    )
    if done and reached:
        _write_point(case, point, moment, CLOSE, by, cut)
    if not done and due_on <= case.child.eighteenth:
        _open_outcomes(case, key, end_of(due_on + timedelta(days=SEEN_FOR)), cut)


def _open_outcomes(case: Case, source: str, until: int, cut: Cut) -> None:
    """Whoever asks, and the managers, see the outcomes until then."""
    assert case.closed_at is not None
    child, reason, parts = case.child.id, f"Follow-up of {case.reference}", ("outcomes",)
    start = case.closed_at
    cut.grant(child, reason, start, None, user=case.worker, source=source, known_end=until, parts=parts)
    cut.grant(child, reason, start, None, team="management", source=source, known_end=until, parts=parts)
