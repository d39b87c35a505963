"""Links in words. Pure."""

from collections.abc import Iterable, Mapping
from itertools import groupby
from uuid import UUID

from trellis.missing.patterns.rules import OFTEN, RULES, Evidence, Link
from trellis.people.models import Person

SHOWN = 5


def link_rows(links: Iterable[Link], people: Mapping[UUID, Person], hours: int) -> list[dict[str, object]]:
    return [
        {
            "one": people[link.one],
            "other": people[link.other],
            "strength": link.strength,
            "reasons": [
                reason(rule, list(rows), people[link.one], people[link.other], hours)
                for rule, rows in groupby(link.evidence, key=lambda e: e.rule)
            ],
        }
        for link in links
        if link.one in people and link.other in people
    ]


def reason(rule: str, rows: list[Evidence], one: Person, other: Person, hours: int) -> dict[str, object]:
    """What the two have in common, by one rule, and the episodes that say so."""
    return {
        "words": RULES[rule].words.format(hours=hours, often=OFTEN),
        "evidence": [{"it": e, "one": one, "other": other} for e in rows[:SHOWN]],
        "more": max(0, len(rows) - SHOWN),
    }
