"""Advice in words, for the script beside a field, for the line after saving, and for the list."""

from collections.abc import Iterable
from typing import Any

from trellis.wording.models import Nudge
from trellis.wording.nudges import Found


def as_json(found: Iterable[Found]) -> list[dict[str, Any]]:
    return [
        {
            "start": one.start,
            "end": one.end,
            "text": one.text,
            "wrong": one.advice.wrong,
            "better": one.advice.better,
        }
        for one in found
    ]


def after_saving(found: Iterable[Found]) -> list[str]:
    """A line for each piece of advice, once. It holds words of the list and none of the record."""
    each = {one.advice.code: one.advice for one in found}
    return [f"{advice.wrong} Better: {advice.better}." for advice in each.values()]


def listed(nudges: Iterable[Nudge]) -> list[dict[str, Any]]:
    return [
        {
            "code": nudge.code,
            "called": called(nudge.phrases[0]),
            "phrases": [called(phrase) for phrase in nudge.phrases],
            "unless": nudge.unless,
            "wrong": nudge.wrong,
            "better": nudge.better,
            "source": nudge.source,
            "since": nudge.valid_from,
        }
        for nudge in nudges
    ]


def called(phrase: str) -> str:
    """A phrase as a reader reads it: ``put/place [self] ... risk`` is "put or place himself, herself … risk"."""
    said = phrase.replace("[self]", "himself, herself").replace("[who]", "she, he").replace("[18+]", "(an age over 17)")
    return said.replace(" ... ", " … ").replace("/", " or ")
