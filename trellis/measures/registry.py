"""Every measure by its code: the one place a page, report or export asks for one."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from itertools import chain
from typing import Any

from trellis.measures import engine
from trellis.measures.definitions import (
    assessments,
    cases,
    equity,
    health,
    missing,
    missing_month,
    nrm,
    outcomes,
    profile,
    referrals,
    return_interviews,
)
from trellis.measures.shape import Measure

_WORDS = (
    *(referrals, cases, profile, missing, return_interviews, missing_month, equity),
    *(assessments, outcomes, nrm, health),
)

MEASURES: dict[str, Measure] = {
    measure.code: measure for measure in chain.from_iterable(word.MEASURES for word in _WORDS)
}
SUMS = tuple(chain.from_iterable(word.SUMS for word in _WORDS))


def measure(code: str) -> Measure:
    """The measure of this code; raises LookupError with what to ask instead."""
    try:
        return MEASURES[code]
    except KeyError:
        near = [known for known in MEASURES if known.startswith(code.split(".")[0])]
        raise LookupError(f"no measure {code!r}; there are {', '.join(near or MEASURES)}") from None


def measures(codes: Sequence[str] | None = None) -> list[Measure]:
    """The measures asked for, all when None; in the order of the registry."""
    wanted = set(MEASURES) if codes is None else {measure(code).code for code in codes}
    return [known for known in MEASURES.values() if known.code in wanted]


def explain(code: str) -> dict[str, Any]:
    """How a figure of this measure is made: its words, and the query that counts it (`year_start()` and `year_end()`
    are the first and last day of the period)."""
    one = measure(code)
    return {
        "measure": one.code,
        "title": one.title,
        "why": one.why,
        "unit": one.unit,
        "numerator": one.numerator_words,
        "denominator": one.denominator_words,
        "population": one.population,
        "counts": one.of.counts,
        "breakdowns": [{"key": cut.key, "exclusive": cut.exclusive} for cut in one.by],
        "source": one.source,
        "owner": one.owner,
        "definition": one.version,
        "query": engine.plan(one.of, (one,)).sql,
    }


def fingerprint(code: str) -> str:
    """SHA-256 of what the measure means (its query, unit, population), leaving out prose and version."""
    meaning = {key: value for key, value in explain(code).items() if key not in _NOT_MEANING}
    return hashlib.sha256(json.dumps(meaning, sort_keys=True).encode()).hexdigest()


_NOT_MEANING = {"title", "why", "owner", "definition"}
