"""Seeded chance. Every year of every part of the area draws from a stream of its own, so that nothing later in
the making, such as another year, can change what was drawn before.
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from hashlib import blake2b
from typing import TypeVar

T = TypeVar("T")
FIXED_BITS = 0xF << 76 | 0x3 << 62
VERSION_4 = 0x4 << 76 | 0x2 << 62


def as_id(bits: int) -> str:
    """A version 4 UUID as 32 digits."""
    return f"{bits & ~FIXED_BITS | VERSION_4:032x}"


def id_from(*parts: object) -> str:
    """The identifier of a row that follows from another row: the same parts always give the same."""
    return as_id(int.from_bytes(blake2b(":".join(map(str, parts)).encode(), digest_size=16).digest(), "big"))


class Stream(random.Random):
    """Random numbers with the few draws the sample needs."""

    def id(self) -> str:
        return as_id(self.getrandbits(128))

    def happens(self, share: float) -> bool:
        return self.random() < share

    def one(self, options: Sequence[T]) -> T:
        return options[int(self.random() * len(options))]

    def between(self, low: int, high: int) -> int:
        """A whole number from ``low`` to ``high``, both included; ``low`` when the range is empty."""
        return low + int(self.random() * (high - low + 1)) if high > low else low

    def pick(self, weights: Mapping[T, float]) -> T:
        """One key, as often as its weight says."""
        drawn = self.random() * sum(weights.values())
        for key, weight in weights.items():
            drawn -= weight
            if drawn < 0:
                return key
        return key


def stream(*parts: object) -> Stream:
    """The stream named by ``parts``; the same parts always give the same draws."""
    return Stream(":".join(map(str, parts)))


def largest_remainder(weights: Mapping[T, float], total: int) -> dict[T, int]:
    """Whole numbers in proportion to ``weights`` that sum to ``total`` (the method of largest remainders)."""
    whole = sum(weights.values())
    exact = {key: total * weight / whole for key, weight in weights.items()}
    counts = {key: int(value) for key, value in exact.items()}
    by_remainder = sorted(exact, key=lambda key: counts[key] - exact[key])
    for key in by_remainder[: total - sum(counts.values())]:
        counts[key] += 1
    return counts


def dealt(counts: Mapping[T, int], by: Stream) -> list[T]:
    """Each key as often as counted, shuffled."""
    cards = [key for key, count in counts.items() for _ in range(count)]
    by.shuffle(cards)
    return cards
