"""The exact arithmetic against a second answer that counts everything out."""

from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal, localcontext
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trellis.measures.checks.rounding import (
    ROUNDING,
    Published,
    Rule,
    as_percent,
    could_be_equal,
    counts_giving,
    least_in_several,
    nearest,
    ratio_is_written_as,
    real_sum_range,
    sum_signs,
)

DECIMAL = {Rule.HALF_UP: ROUND_HALF_UP, Rule.HALF_EVEN: ROUND_HALF_EVEN}


def rounded_share(count: int, base: int, places: int, rule: Rule) -> Published:
    """100 * count / base by the decimal module, with digits enough that a half is seen to be one."""
    with localcontext() as context:
        context.prec = 60
        exact = Decimal(100 * count) / Decimal(base)
        written = exact.quantize(Decimal(1).scaleb(-places), rounding=DECIMAL[rule])
    return Published(int(written.scaleb(places)), places)


def compositions(total: int, parts: int):
    for counts in product(range(total + 1), repeat=parts - 1):
        if sum(counts) <= total:
            yield (*counts, total - sum(counts))


@pytest.mark.parametrize("rule", ROUNDING)
@pytest.mark.parametrize("places", [0, 1, 2])
def test_counts_giving_a_share_are_those_that_round_to_it(rule, places):
    for base in [*range(1, 26), 200, 242] if places < 2 else [7, 8, 22, 160]:
        by_counting: dict[Published, list[int]] = {}
        for count in range(base + 1):
            by_counting.setdefault(rounded_share(count, base, places, rule), []).append(count)
        for units in range(100 * 10**places + 1):
            share = Published(units, places)
            assert list(counts_giving(share, base, rule)) == by_counting.get(share, [])


@pytest.mark.parametrize("rule", ROUNDING)
@pytest.mark.parametrize("base", [1, 2, 3, 7, 8, 12])
def test_three_shares_fit_exactly_when_some_counts_give_them(rule, base):
    possible = {tuple(rounded_share(n, base, 0, rule) for n in counts) for counts in compositions(base, 3)}
    each = sorted({share for shares in possible for share in shares}, key=lambda share: share.units)
    one_rule = {shares for shares in product(each, repeat=3) if _fits_under(shares, base, rule)}
    assert one_rule == possible


def _fits_under(shares: tuple[Published, ...], base: int, rule: Rule) -> bool:
    ranges = [counts_giving(share, base, rule) for share in shares]
    return all(ranges) and sum(r.start for r in ranges) <= base <= sum(r.stop - 1 for r in ranges)


def test_three_whole_shares_can_make_101_but_never_102_of_any_base():
    found = set()
    for base in range(1, 31):
        for counts in compositions(base, 3):
            for rule in ROUNDING:
                found.add(tuple(rounded_share(n, base, 0, rule).units for n in counts))
    sums = {sum(shares) for shares in found}
    assert sums == {99, 100, 101}
    for shares in found:
        assert 0 in sum_signs([[Published(share)] for share in shares], None)
    for shares in [(34, 34, 34), (50, 51, 1), (28, 59, 15), (98, 2, 2)]:
        assert sum_signs([[Published(share)] for share in shares], None) == {1}


def test_nought_and_a_hundred_are_ends_of_the_scale():
    assert sum_signs([[Published(0)], [Published(100)]], None) == {0}
    assert sum_signs([[Published(100)], [Published(1)]], None) == {0, 1}  # 99.5 and 0.5, each half up
    assert sum_signs([[Published(100)], [Published(2)]], None) == {1}
    assert sum_signs([[Published(99)], [Published(0)]], None) == {-1}


def test_the_two_customs_of_rounding_differ_on_halves_only():
    assert list(counts_giving(Published(12), 8, Rule.HALF_EVEN)) == [1]
    assert list(counts_giving(Published(13), 8, Rule.HALF_UP)) == [1]
    assert not counts_giving(Published(12), 8, Rule.HALF_UP)
    assert list(counts_giving(Published(37), 8, Rule.CUT_OFF)) == [3]
    assert not any(counts_giving(Published(37), 8, rule) for rule in ROUNDING)


@given(st.integers(1, 5000), st.data(), st.integers(0, 4), st.sampled_from(ROUNDING))
def test_a_rounded_share_is_always_possible(base, data, places, rule):
    count = data.draw(st.integers(0, base))
    share = rounded_share(count, base, places, rule)
    assert count in counts_giving(share, base, rule)
    assert ratio_is_written_as(100 * count, base, share, rule)
    (below, _), (above, _) = nearest(share, base)
    assert min(abs(below - count), abs(above - count)) * 100 * 10**places <= base + 100 * 10**places


@given(st.lists(st.integers(0, 400), min_size=2, max_size=9), st.integers(0, 3), st.sampled_from(ROUNDING))
def test_shares_of_real_counts_can_always_make_the_whole(counts, places, rule):
    base = sum(counts)
    if not base:
        return
    parts = [[rounded_share(count, base, places, rule)] for count in counts]
    assert 0 in sum_signs(parts, base)
    assert 0 in sum_signs(parts, None)
    low, high = real_sum_range([part[0] for part in parts])
    assert low.units <= 100 * low.step <= high.units


@given(st.lists(st.integers(0, 6), min_size=2, max_size=4), st.integers(1, 8))
def test_the_least_overlap_is_the_fewest_that_can_hold_several(counts, base):
    counts = [min(count, base) for count in counts]
    least = least_in_several(counts, base)

    def can(several: int) -> bool:
        return base - several + sum(min(count, several) for count in counts) >= sum(counts)

    assert can(least)
    assert least == 0 or not can(least - 1)


@pytest.mark.parametrize(
    ("first", "second", "equal"),
    [("73", "73.22", True), ("73", "73.5", True), ("22", "28", False), ("60", "59", False), ("73.2", "73.26", False)],
)
def test_values_agree_when_one_true_number_can_be_written_as_both(first, second, equal):
    assert could_be_equal(_published(first), _published(second)) is equal
    assert could_be_equal(_published(second), _published(first)) is equal


def _published(text: str) -> Published:
    whole, _, decimals = text.partition(".")
    return Published(int(whole + decimals), len(decimals))


def test_numbers_are_shown_as_they_were_written():
    assert [str(Published(*n)) for n in [(7322, 2), (5, 0), (5, 2), (-50, 1)]] == ["73.22", "5", "0.05", "-5.0"]
    assert as_percent(2179, 2976, 2) == "73.22"
