"""How often something happens to one group beside the rest: the ratio of two rates, with how sure it is."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from math import exp, log, sqrt

Z_95 = 1.959964
HUNDREDTH = Decimal("0.01")
FEWEST = 5


@dataclass(frozen=True)
class RateRatio:
    """``value`` with the bounds of its 95% interval."""

    value: Decimal
    low: Decimal
    high: Decimal

    @property
    def differs(self) -> bool:
        """Whether the interval leaves one out: only then does the report speak of a difference."""
        return self.low > 1 or self.high < 1


def rate_ratio(some: int, of: int, others: int, of_others: int, fewest: int = FEWEST) -> RateRatio | None:
    """(some / of) over (others / of_others), the interval by the usual logarithm (Katz): counts in, no unit out.

    None where a count is below ``fewest``: by numbers so small chance alone can say anything. Raises ValueError for a
    part larger than its whole. Rows of one child are not independent, so the true interval is wider still.
    """
    if some > of or others > of_others:
        raise ValueError("a part is larger than its whole")
    if min(some, others) < fewest:
        return None
    ratio = (some / of) / (others / of_others)
    spread = Z_95 * sqrt(1 / some - 1 / of + 1 / others - 1 / of_others)
    return RateRatio(*(_rounded(exp(log(ratio) + way * spread)) for way in (0, -1, 1)))


def _rounded(value: float) -> Decimal:
    return Decimal(value).quantize(HUNDREDTH, ROUND_HALF_UP)
