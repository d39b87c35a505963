"""What came to light of an episode by its end. It follows from the episode's own key: nothing else is drawn for it."""

from __future__ import annotations

from typing import NamedTuple
from uuid import UUID

from trellis.sample.records import Episode

FOUND_BY = ("themselves", "themselves", "themselves", "carer", "carer", "police", "police", "worker", "other")
FACTORS = (
    ("staying_out_with_friends",),
    ("staying_out_with_friends",),
    ("family_conflict",),
    ("family_conflict", "staying_out_with_friends"),
    ("contact_with_family",),
    ("exploitation",),
    ("school_difficulty", "staying_out_with_friends"),
    ("mental_health",),
    (),
    (),
)
UNHAPPY = ("placement_unhappy",)
HARM = (("none_known",),) * 13 + (("threatened",), ("physical",), ("substances",), ("exploited",), ("self_harm",))


class Details(NamedTuple):
    found_by: str
    factors: str
    harm: str


NOTHING = Details("", "{}", "{}")


def details_of(episode: Episode) -> Details:
    number = UUID(episode.id).int
    factors = FACTORS[number // 7 % len(FACTORS)]
    if episode.kind != "home" and number % 5 == 0:
        factors = UNHAPPY
    harm = HARM[number // 11 % len(HARM)]
    return Details(FOUND_BY[number % len(FOUND_BY)], _array(factors), _array(harm))


def _array(codes: tuple[str, ...]) -> str:
    """As COPY reads an array of codes."""
    return "{" + ",".join(codes) + "}"
