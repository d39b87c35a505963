"""Two worlds alike, but that in one of them lives a child whose record is sealed, with all that belongs to a child: a
case, a lead worker, friends, nights away, a share, a pointer, an emergency. To whoever does not hold the seal both are
the same, byte for byte and query for query."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine
from django.db import connection, transaction

from tests.access import world
from tests.access.asking import Answer, Asker
from tests.access.pages import PAGES, in_danger, names, somebody_alike
from tests.access.world import World
from tests.support.context import SEES_ALL
from tests.support.database import _audit_through_default
from trellis.core.row_context import asked_by

WITHOUT = tuple(name for name in world.CHILDREN if name != "sealed")
HOLDER = "manager who holds a seal"
UNENTITLED = ("lead social worker", "manager", "partner with a share", "opener in an emergency")
OTHERS = (
    *("police officer", "missing worker", "analyst", "administrator", "auditor", "leaver"),
    "partner with a pointer",
)
# As many things of a kind are looked at: the sealed child is as near to one as to another.
OF_A_KIND = 1
# A new secret at each asking.
BY_CHANCE = ("app", "add-key", "set-up-app", "set-up-key")
# Whoever brings a child they are kept from makes a new record, and those who answer for the child are told: that takes
# queries of its own. What is answered is the same.
TELLS_OTHERS = ("new-referral", "report-missing")
# A story that two people released out of a sealed record is told of nobody, and listed for everybody who reads reports.
RELEASED = ("released-studies",)
A_STORY = re.compile(r'\s*<li><a class="govuk-link" href="/case-studies/.*?</li>|Case studies: \d+|Content-Length: \d+')
ABOUT_THE_SEALED = {
    "search": names,
    "api:search": names,
    "report-missing": somebody_alike,
    "new-referral": somebody_alike,
    "emergency": in_danger,
}


@pytest.fixture(scope="module")
def known(main_database, django_db_setup, django_db_blocker) -> Iterator[tuple[World, Asker]]:
    with django_db_blocker.unblock(), asked_by(SEES_ALL), transaction.atomic(), _audit_through_default():
        made = world.build(WITHOUT)
        yield made, Asker(made)
        transaction.set_rollback(True)


@pytest.mark.parametrize("role", [*UNENTITLED, *(pytest.param(role, marks=pytest.mark.nightly) for role in OTHERS)])
def test_a_sealed_child_changes_nothing_for_who_does_not_hold_the_seal(known, role):
    different = differences(*known, role)
    assert not different, "\n".join(different)


def test_the_comparison_sees_the_difference_where_there_is_one(known):
    different = differences(*known, HOLDER)
    assert any("GET my-day" in line or "GET missing-desk" in line for line in different)
    assert any("POST search" in line for line in different)


def differences(made: World, asker: Asker, role: str) -> list[str]:
    """Asked at one and the same moment, because pages say how long ago something was."""
    asked = list(everything(made))
    answer(asker, role, "GET", "live", {}, None)  # signs in
    with time_machine.travel(datetime.now(UTC), tick=False):
        one = [answer(asker, role, *ask) for ask in asked]
        with transaction.atomic():
            world.add_children(replace(made, children=dict(made.children), objects={}), ("sealed",))
            other = [answer(asker, role, *ask) for ask in asked]
            transaction.set_rollback(True)
    return [
        f"{role}: {method} {route} {data or arguments}: {told(first, second)}"
        for (method, route, arguments, data), first, second in zip(asked, one, other, strict=True)
        if not alike(route, first, second)
    ]


def alike(route: str, one: Answer, other: Answer) -> bool:
    """By status, every byte and the number of queries, except where the reason stands above."""
    if one.status != other.status or (one.queries != other.queries and route not in TELLS_OTHERS):
        return False
    if route in RELEASED:
        return A_STORY.sub("", one.normal()) == A_STORY.sub("", other.normal())
    return route in BY_CHANCE or one.normal() == other.normal()


def told(one: Answer, other: Answer) -> str:
    """Where two answers part."""
    if (one.status, one.queries) != (other.status, other.queries):
        return f"{one.status} in {one.queries} queries, {other.status} in {other.queries}"
    lines = zip(one.normal().splitlines(), other.normal().splitlines(), strict=False)
    return next((f"{here!r}, {there!r}" for here, there in lines if here != there), "one is longer")[:400]


def everything(made: World) -> Iterator[tuple[str, str, dict[str, Any], Any]]:
    """Every page, of some of what is in both worlds, and everything that can be typed about the child in question."""
    for route, page in PAGES.items():
        things = made.objects.get(page.of, {}) if page.of else {"": {}}
        if "GET" in page.methods:
            yield from (("GET", route, arguments, None) for arguments in list(things.values())[:OF_A_KIND])
    for route, typed in ABOUT_THE_SEALED.items():
        yield from (("POST", route, {}, data) for data in typed(made) if "kqsealed" in str(data).lower())


def answer(asker: Asker, role: str, method: str, route: str, arguments: dict[str, Any], data: Any) -> Answer:
    asked = Count()
    with connection.execute_wrapper(asked):
        given = asker.ask(role, method, route, arguments, data)
    return replace(given, queries=asked.queries)


class Count:
    """How many queries were asked."""

    def __init__(self) -> None:
        self.queries = 0

    def __call__(self, execute: Any, *query: Any) -> Any:
        self.queries += 1
        return execute(*query)
