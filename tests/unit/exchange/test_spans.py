"""Which times missing cannot both be true: against a plain comparison of every pair."""

from datetime import UTC, datetime, timedelta
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from trellis.exchange.spans import STILL_MISSING, Span, clashes

START = datetime(2023, 1, 1, tzinfo=UTC)


def span(line, start, length, reference="R"):
    begins = START + timedelta(hours=start)
    return Span(begins, begins + timedelta(hours=length) if length else STILL_MISSING, line, f"{reference}{line}")


def told(*spans):
    return [str(fault) for fault in clashes({"child": spans})]


def test_the_later_line_is_at_fault_and_names_the_other():
    assert told(span(2, 0, 5), span(3, 4, 5)) == ["line 3, reported_at: overlaps R2 on line 2, of the same child"]
    assert told(span(3, 0, 5), span(2, 4, 5)) == ["line 3, reported_at: overlaps R2 on line 2, of the same child"]
    assert told(span(0, 0, 5), span(2, 4, 5)) == [
        "line 2, reported_at: overlaps R0, already recorded, of the same child"
    ]


def test_one_may_begin_the_moment_another_ends():
    assert told(span(2, 0, 5), span(3, 5, 5)) == []


def test_a_second_open_episode():
    assert told(span(2, 0, None), span(3, 9, None)) == [
        "line 3, returned_at: is blank, but the child is still missing in R2 on line 2"
    ]


def test_children_are_kept_apart():
    assert list(clashes({"one": [span(2, 0, 5)], "other": [span(3, 0, 5)]})) == []


@given(st.lists(st.tuples(st.integers(0, 60), st.integers(1, 9)), max_size=12))
def test_a_fault_is_found_exactly_when_some_pair_overlaps(times):
    spans = [span(line, *time) for line, time in enumerate(times, 2)]
    pairs = [(a, b) for a, b in combinations(spans, 2) if a.start < b.end and b.start < a.end]
    assert bool(told(*spans)) == bool(pairs)
