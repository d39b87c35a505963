"""The hub as it is, and the same hub in this process without its access control and log, to be measured in turn."""

import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any
from unittest import mock

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.db import connections
from django.db.models import Q
from django.test import Client

from trellis.accounts import sessions
from trellis.accounts.models import User
from trellis.accounts.views import BACKEND
from trellis.audit_log import trail
from trellis.core import row_context
from trellis.core.protection import Part
from trellis.need_to_know import access, seeing
from trellis.settings import database

ADDRESS = ("NAME", "USER", "PASSWORD", "HOST", "PORT", "OPTIONS")
World = Callable[[], Any]


@contextmanager
def as_it_is() -> Iterator[None]:
    yield


@contextmanager
def without_access(open_url: str) -> Iterator[None]:
    """No filter, no policy, no context, no log: ``open_url`` is a role's whom no policy is asked of."""
    nothing: dict[Any, Callable[..., Any]] = {
        seeing.seen: lambda *_: Q(),
        access.can_see_person: lambda *_: True,
        access.sight_held: lambda *_: frozenset(Part),
        access.note_listed: lambda *_: None,
        trail.note: lambda *_, **__: None,
        trail.Trail.write: lambda *_, **__: None,
        row_context._apply: lambda *_: None,
    }
    with ExitStack() as replaced:
        for original, instead in nothing.items():
            for place, name in named_in(original):
                replaced.enter_context(mock.patch.object(place, name, instead))
        replaced.enter_context(reaching(open_url))
        yield


def named_in(function: Callable[..., Any]) -> list[tuple[Any, str]]:
    """Every module of ours, and the class it belongs to, that knows the function under a name."""
    modules = [module for name, module in sys.modules.items() if name.startswith("trellis.")]
    places = [*modules, trail.Trail]
    return [(place, name) for place in places for name, value in list(vars(place).items()) if value is function]


_held: dict[str, Any] = {}


@contextmanager
def reaching(url: str) -> Iterator[None]:
    """Let the pages use a connection to ``url``, which stays open from one time to the next."""
    before = connections["default"]
    if url not in _held:
        _held[url] = before.copy(alias="default")
        _held[url].settings_dict = {**before.settings_dict, **address_of(url)}
    connections["default"] = _held[url]
    try:
        yield
    finally:
        connections["default"] = before


def let_go() -> None:
    """Close what ``reaching`` kept open."""
    for connection in _held.values():
        connection.close()
    _held.clear()


def address_of(url: str) -> dict[str, Any]:
    return {name: value for name, value in database(url).items() if name in ADDRESS}


@contextmanager
def hub_in(app_url: str) -> Iterator[None]:
    """Let this process be a demonstration over another database; afterwards it is what it was."""
    before = {alias: connections[alias].settings_dict for alias in ("default", "audit")}
    for alias, held in before.items():
        connections[alias].close()
        connections[alias].settings_dict = {**held, **address_of(app_url)}
    try:
        with mock.patch.object(settings, "DEMONSTRATION", True):
            yield
    finally:
        for alias, held in before.items():
            connections[alias].close()
            connections[alias].settings_dict = held


def browser_of(user: User) -> Client:
    """A browser in which ``user`` has signed in, as far as the session goes."""
    session = SessionStore()
    session[SESSION_KEY], session[BACKEND_SESSION_KEY] = str(user.pk), BACKEND
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    sessions.begin(session, None)
    session.save()
    client = Client(SERVER_NAME="localhost")
    client.cookies[settings.SESSION_COOKIE_NAME] = str(session.session_key)
    return client
