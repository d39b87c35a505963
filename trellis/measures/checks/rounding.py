"""Exact arithmetic of published numbers: whole numbers only, no tolerance and no floating point.

A share written `22` says that 100 * count / base, rounded to no decimals, is 22. Which counts do that is decided here
for two customs of rounding a half (up, and to even), and for cutting decimals off, which is not rounding.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from itertools import product

MOST_COMBINATIONS = 64
MOST_REMEMBERED = 65536


class Rule(Enum):
    HALF_UP = "half up"
    HALF_EVEN = "half to even"
    CUT_OFF = "cut off"


ROUNDING = (Rule.HALF_UP, Rule.HALF_EVEN)


@dataclass(frozen=True, slots=True)
class Published:
    """A number as it is written: `units` steps of 10 ** -`places`. 73.22 is Published(7322, 2)."""

    units: int
    places: int = 0

    @property
    def step(self) -> int:
        return int(10**self.places)

    @property
    def is_whole(self) -> bool:
        return self.units % self.step == 0

    @property
    def whole(self) -> int:
        return self.units // self.step

    @property
    def number(self) -> int | float:
        """For showing as a number; exact work uses `units`."""
        return self.units / self.step if self.places else self.units

    def __str__(self) -> str:
        if not self.places:
            return str(self.units)
        digits = str(abs(self.units)).rjust(self.places + 1, "0")
        return f"{'-' if self.units < 0 else ''}{digits[: -self.places]}.{digits[-self.places :]}"


def _up(numerator: int, denominator: int) -> int:
    return -(-numerator // denominator)


def whole_numbers_between(low: int, high: int, per: int, *, low_in: bool, high_in: bool) -> range:
    """The whole numbers x with low <= x * per <= high, each end left out unless it is said to be in."""
    first = _up(low, per) if low_in else low // per + 1
    last = high // per if high_in else _up(high, per) - 1
    return range(first, max(first, last + 1))


def ends(number: Published, rule: Rule) -> tuple[int, int, bool, bool]:
    """What `number` stood for before `rule` shortened it: low and high in half steps, and whether each end is in."""
    if rule is Rule.CUT_OFF:
        return 2 * number.units, 2 * number.units + 2, True, False
    even = number.units % 2 == 0
    return (
        2 * number.units - 1,
        2 * number.units + 1,
        rule is Rule.HALF_UP or even,
        rule is Rule.HALF_EVEN and even,
    )


@lru_cache(maxsize=MOST_REMEMBERED)
def counts_giving(share: Published, base: int, rule: Rule) -> range:
    """The whole counts out of `base` (at least 1) whose percentage is written as `share` under `rule`."""
    low, high, low_in, high_in = ends(share, rule)
    found = whole_numbers_between(low * base, high * base, 200 * share.step, low_in=low_in, high_in=high_in)
    return range(max(found.start, 0), max(min(found.stop, base + 1), max(found.start, 0)))


def is_possible(share: Published, base: int) -> bool:
    return any(counts_giving(share, base, rule) for rule in ROUNDING)


def ratio_is_written_as(numerator: int, denominator: int, number: Published, rule: Rule) -> bool:
    """Whether numerator / denominator (denominator above 0) is written as `number` under `rule`."""
    low, high, low_in, high_in = ends(number, rule)
    exact = 2 * number.step * numerator
    above = exact >= low * denominator if low_in else exact > low * denominator
    below = exact <= high * denominator if high_in else exact < high * denominator
    return above and below


def could_be_equal(first: Published, second: Published) -> bool:
    """Whether one true number can be written as both, each to its own decimals (73 and 73.22 can; 22 and 28 cannot)."""
    if first.places == second.places:
        return first.units == second.units
    coarse, fine = sorted((first, second), key=lambda number: number.places)
    scale = 10 ** (fine.places - coarse.places)
    return abs(2 * coarse.units * scale - 2 * fine.units) <= scale + 1


def nearest(share: Published, base: int) -> tuple[tuple[int, str], tuple[int, str]]:
    """The counts just below and just above `share` of `base`, each with the percentage it really gives."""
    below = min(max(share.units * base // (100 * share.step), 0), base)
    above = min(below + 1, base)
    return (below, as_percent(below, base, share.places + 1)), (above, as_percent(above, base, share.places + 1))


def as_percent(count: int, base: int, places: int) -> str:
    """100 * count / base in decimal, rounded half up; used to explain, never to decide."""
    step = 10**places
    return str(Published((200 * count * step + base) // (2 * base), places))


def real_sum_range(shares: Sequence[Published]) -> tuple[Published, Published]:
    """Between which totals the shares truly lie, whatever the base: the sum less and plus half a step each."""
    places = max(share.places for share in shares) + 1
    low = high = 0
    for share in shares:
        scale = 10 ** (places - share.places)
        low += max(share.units * scale - scale // 2, 0)
        high += share.units * scale + scale // 2
    return Published(low, places), Published(high, places)


def _real_sign(shares: Sequence[Published], rule: Rule) -> int:
    """Whether shares of some base unknown add up to the whole (0), must exceed it (1) or must fall short (-1)."""
    places = max(share.places for share in shares)
    target = 200 * 10**places
    low_sum = high_sum = 0
    lows_in = highs_in = True
    for share in shares:
        low, high, low_in, high_in = ends(share, rule)
        scale = 10 ** (places - share.places)
        low_sum += max(low * scale, 0)
        high_sum += min(high * scale, target)
        lows_in &= low_in or low < 0
        highs_in &= high_in or high * scale > target
    if low_sum > target or (low_sum == target and not lows_in):
        return 1
    return -1 if high_sum < target or (high_sum == target and not highs_in) else 0


def counts_or_neighbours(share: Published, base: int, rule: Rule) -> range:
    """Counts giving `share`; where none does, those that give it cut off; else the two nearest.

    A share that cannot arise is reported by itself, so it must not be reported again as a sum.
    """
    exact = counts_giving(share, base, rule)
    if exact:
        return exact
    cut = counts_giving(share, base, Rule.CUT_OFF)
    if cut:
        return cut
    (below, _), (above, _) = nearest(share, base)
    return range(below, above + 1)


def sum_signs(parts: Iterable[Sequence[Published]], base: int | None) -> set[int]:
    """How shares that exclude each other add up, in each way of reading them: 0 to the whole, 1 to more, -1 to less.

    Each part holds the values published for one category (one, unless the table contradicts itself). With a base the
    answer is exact for whole counts of that many; without, for any base whatever.
    """
    choices = [list(part) for part in parts]
    size = 1
    for choice in choices:
        size *= len(choice)
    if size > MOST_COMBINATIONS:
        return {0}
    return {_sign(shares, base, rule) for shares in product(*choices) for rule in ROUNDING}


def _sign(shares: Sequence[Published], base: int | None, rule: Rule) -> int:
    if base is None:
        return _real_sign(shares, rule)
    least, most = counts_sum_range(shares, base, rule)
    return 1 if least > base else -1 if most < base else 0


def counts_sum_range(shares: Sequence[Published], base: int, rule: Rule) -> tuple[int, int]:
    ranges = [counts_or_neighbours(share, base, rule) for share in shares]
    return sum(found.start for found in ranges), sum(found.stop - 1 for found in ranges)


def least_in_several(counts: Sequence[int], base: int) -> int:
    """The fewest of `base` members who must hold two or more of the categories with these counts."""
    total = sum(counts)
    low, high = 0, base
    while low < high:
        several = (low + high) // 2
        if base - several + sum(min(count, several) for count in counts) >= total:
            high = several
        else:
            low = several + 1
    return low
