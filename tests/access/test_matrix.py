"""Everybody asks for every page of every child by every method, and nobody is told what they may not see.

Routes come from the URL resolver, so that a new one without an entry in pages.py stops here. What is expected comes
from pages.py and the oracle. Everything answered is searched for words and ids of records closed to who asked.
"""

import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import pytest
from django.db import transaction
from django.urls import URLPattern, URLResolver, get_resolver

from tests.access import plain, world
from tests.access.asking import ID, Answer, Asker, Secrets
from tests.access.oracle import Oracle
from tests.access.pages import DONE, EVERY_ID, HIDDEN, NOT_VALID, OK, PAGES, REFUSED, Ask, Page, exists_for, seen
from tests.support.context import SEES_ALL
from tests.support.database import _audit_through_default
from trellis.accounts.models import User
from trellis.core.clocks import now
from trellis.core.row_context import asked_by

METHODS = ("GET", "POST", "HEAD", "OPTIONS", "PUT", "DELETE")
NOT_ALLOWED, NO_API_KEY = 405, 401
ROLES = tuple(world.ROLES)
# Alike in all that matters to somebody of the suite; they ask by night.
BY_NIGHT = (
    "hub social worker",
    "psychologist",
    "probation officer",
    "nurse",
    "missing worker",
    "holder of a seal",
    "auditor kept from a child",
)


def routes(resolver: URLResolver | None = None, space: str = "") -> set[str]:
    """Every route by its name, in its namespace; a route without a name has its pattern."""
    found: set[str] = set()
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLPattern):
            found.add(space + (pattern.name or str(pattern.pattern)))
        else:
            found |= routes(pattern, f"{space}{pattern.namespace}:" if pattern.namespace else space)
    return found


@dataclass
class Known:
    """The world as it was made, and what the matrix has asked of it."""

    world: world.World
    oracle: Oracle
    secrets: Secrets
    asker: Asker
    at: datetime
    missing: dict[tuple, Answer] = field(default_factory=dict)


@pytest.fixture(scope="module")
def known(main_database, django_db_setup, django_db_blocker) -> Iterator[Known]:
    """One world for the module; it and whatever is asked of it is undone."""
    with django_db_blocker.unblock(), asked_by(SEES_ALL), transaction.atomic(), _audit_through_default():
        made = world.build()
        oracle = plain.oracle()
        yield Known(made, oracle, Secrets(oracle), Asker(made), now())
        transaction.set_rollback(True)


def test_every_route_has_its_line_and_every_line_its_route():
    assert sorted(routes() ^ set(PAGES)) == []


@pytest.mark.parametrize("role", ["manager who holds a seal", "administrator", "auditor", "analyst"])
def test_what_reaches_far_asks_for_a_fresh_sign_in_and_nothing_else_does(known, role):
    stale = Asker(known.world, stale=True)
    for route, page in PAGES.items():
        if not page.open_to_all and "GET" in page.methods:
            arguments = known.world.objects[page.of] if page.of else {"": {}}
            answer = stale.ask(role, "GET", route, arguments[most_closed(arguments)])
            asked = answer.status == DONE and "/sign-in/confirm/" in answer.text
            assert asked == page.fresh, (role, route, answer.status)


@pytest.mark.parametrize(
    "role", [pytest.param(role, marks=pytest.mark.nightly) if role in BY_NIGHT else role for role in ROLES]
)
def test_nobody_is_told_what_they_may_not_see(known, role):
    wrong = [problem for route, page in PAGES.items() for problem in problems_of(known, role, route, page)]
    assert not wrong, "\n".join(wrong)


def problems_of(known: Known, role: str, route: str, page: Page) -> Iterator[str]:
    for name, method, arguments, data in asked_of(known, page):
        yield from problems(known, role, route, page, name, method, arguments, data)


def asked_of(known: Known, page: Page) -> Iterator[tuple[str, str, dict[str, Any], dict[str, Any]]]:
    """Each thing the address can name, by each method, with all that may be typed. What a page does not take at all
    is asked of one thing of each kind, the most closed."""
    things = known.world.objects[page.of] if page.of else {"": {}}
    taken = page.methods.split()
    for name, arguments in things.items():
        for method in METHODS:
            if (method in ("GET", "POST") and method in taken) or name == most_closed(things):
                yield name, method, arguments, {}
                if method == "POST":
                    yield from ((name, method, arguments, data) for data in page.typed(known.world))


def most_closed(things: dict[str, Any]) -> str:
    return next((name for name in things if name.startswith("sealed")), next(iter(things)))


def problems(known, role, route, page, name, method, arguments, data) -> Iterator[str]:
    answer = known.asker.ask(role, method, route, arguments, json.dumps(data) if page.api else data)
    here = f"{role}: {method} {route} {name} {data or ''}".strip()
    user = known.world.users[role]
    allowed = expected(known, user, page, method, arguments)
    if page.api and method == "POST" and not data:
        allowed = (*allowed, NOT_VALID)
    if answer.status not in allowed:
        yield f"{here}: {answer.status}, not {allowed}"
    told = known.secrets.told(answer.text)
    if answer.status == OK and route in ("child", "api:child") and world.word(name, "given").lower() not in told:
        yield f"{here}: does not name the child"
    for secret in sorted(told):
        if not may_be_told(known, user, page, secret, arguments, data):
            yield f"{here}: {answer.status} tells {secret} of {known.secrets.where(secret)}"
    if answer.status == HIDDEN and method in ("GET", "POST") and page.of:
        nothing = of_nothing(known, role, route, page, method, arguments)
        if (nothing.status, nothing.normal()) != (answer.status, answer.normal()):
            yield f"{here}: what is hidden does not look as what is not there"


def of_nothing(known, role, route, page, method, arguments) -> Answer:
    """The answer to the same address of something that is not there."""
    key = (role, route, method)
    if key not in known.missing:
        known.missing[key] = known.asker.ask(role, method, route, world.nowhere(arguments))
    return known.missing[key]


def expected(known: Known, user: User | None, page: Page, method: str, arguments: dict[str, Any]) -> tuple[int, ...]:
    if user is None and not page.open_to_all:
        return (NO_API_KEY,) if page.api else (DONE,)
    if method not in page.methods.split():
        return (NOT_ALLOWED,)
    if user is not None:
        ask = Ask(user.id, arguments, known.oracle, known.at, method)
        lacks = any(not ask.may(permission) for permission in page.needs.split())
        if not seen(page, ask):
            return (REFUSED, HIDDEN) if lacks else (HIDDEN,)
        if lacks:
            return (REFUSED,)
        if page.rule and (ruled := page.rule(ask)):
            return in_a_row(ruled)
    return in_a_row(page.post if method == "POST" else page.get)


def in_a_row(outcomes: int | tuple[int, ...]) -> tuple[int, ...]:
    return (outcomes,) if isinstance(outcomes, int) else outcomes


def may_be_told(known, user, page, secret, arguments, data) -> bool:
    """What they may see, what they said themselves, and what a reviewer reads here of records closed to them."""
    said = f"{arguments} {data}".lower()
    return secret in said or known.secrets.may_read(user, secret, known.at) or reviewer_reads(known, user, page, secret)


def reviewer_reads(known: Known, user: User | None, page: Page, secret: str) -> bool:
    """Only of children who exist for the reviewer: neither sealed without them nor kept from them."""
    if user is None or not page.tells or not may_review(known, user, page):
        return False
    ask = Ask(user.id, {}, known.oracle, known.at)
    return any(
        tells(page, table, secret) and exists_for(ask, known.oracle.person_of(table, row))
        for table, row in known.secrets.rows.get(secret, ())
    )


def tells(page: Page, table: str, secret: str) -> bool:
    if ID.fullmatch(secret):
        return EVERY_ID in page.tells or f"#{table}" in page.tells
    return secret.endswith(tuple(f"{word}zx" for word in page.tells))


def may_review(known: Known, user: User, page: Page) -> bool:
    return all(known.oracle.may(user.id, permission, known.at) for permission in page.needs.split())


def test_there_is_something_to_hide_from_everybody_and_something_to_show(known, capsys):
    """Else nothing would be proved. This prints how large the matrix is."""
    secrets, lines = known.secrets, []
    for role, user in known.world.users.items():
        shown = sum(secrets.may_read(user, secret, known.at) for secret in secrets.rows)
        assert shown < len(secrets.rows), role
        lines.append(f"{role} {shown}")
    asked, roles = sum(1 for page in PAGES.values() for _ in asked_of(known, page)), len(ROLES) - len(BY_NIGHT)
    with capsys.disabled():
        sys.stdout.write(
            f"\nThe matrix: {len(PAGES)} routes, {len(METHODS)} methods, {roles} roles (by night {len(ROLES)}), "
            f"{len(world.CHILDREN)} children: {asked * roles} requests, besides those for what is not there."
            f"\nWords and ids to keep: {len(secrets.rows)}. Open to the {', the '.join(lines)}\n"
        )
    assert roles >= 14
