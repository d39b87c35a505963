"""The world of the matrix in a hub that really runs: for every route an address with something behind it."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.urls import reverse
from playwright.sync_api import Browser, BrowserContext, Page

from tests.access import world
from tests.access.pages import PAGES
from tests.support import hub
from tests.support.context import SEES_ALL
from tests.support.database import _audit_through_default, point_django_at
from tests.support.pages import signed_in
from trellis.console.children import stop_all
from trellis.console.web import address_of, listen, wait_until_ready, web_server
from trellis.core.embedded_postgres.places import make_folder
from trellis.core.row_context import asked_by

NOBODY = "anonymous"
# Whose work a page is, the likeliest first.
SUITED = (
    "lead social worker",
    "manager",
    "administrator",
    "auditor",
    "manager who holds a seal",
    "partner with a pointer",
    "missing worker",
    "nurse",
    "analyst",
    "opener in an emergency",
)
WIDE, ZOOMED = {"width": 1280, "height": 800}, {"width": 320, "height": 256}


@dataclass
class WholeHub:
    """Where it is, what is in it, and who is signed in to it."""

    address: str
    world: world.World
    sessions: dict[str, str]

    def ways(self, route: str) -> Iterator[tuple[str, str]]:
        """Who may ask for a route by which path, the likeliest first."""
        page = PAGES[route]
        things: list[dict[str, Any]] = list(self.world.objects[page.of].values()) if page.of else [{}]
        for role in (NOBODY, *SUITED) if page.open_to_all else SUITED:
            for arguments in things:
                yield role, reverse(route, kwargs=arguments)


@contextmanager
def whole_hub(blocker: Any, back_to: str, **more: str) -> Iterator[WholeHub]:
    """Writes the world into a database of its own and starts a hub over it; ``back_to`` is the tests' own database."""
    name = hub.own_copy(hub.prepared_template(), "whole")
    with blocker.unblock():
        point_django_at(name)
        try:
            with asked_by(SEES_ALL), transaction.atomic(), _audit_through_default():
                made = world.build()
                cookies = {
                    role: signed_in(user).cookies["trellis_session"].value for role, user in made.users.items() if user
                }
        finally:
            point_django_at(back_to)
    folder = make_folder(hub.FOLDER / f"whole-{os.getpid()}")
    settings = {"TRELLIS_STEP_UP_MINUTES": "600", "TRELLIS_SESSION_IDLE_SECONDS": "36000", **more}
    with listen(0) as listener:
        with hub.django_children_use(hub.server().urls_of(name), **settings):
            web = web_server(listener, folder, workers=1)
            web.start()
        try:
            wait_until_ready(address_of(listener), web.log)
            yield WholeHub(address_of(listener), made, cookies)
        finally:
            stop_all([web])
            shutil.rmtree(folder)


@dataclass
class Windows:
    """A browser window for each who asks, with and without JavaScript, opened once."""

    browser: Browser
    hub: WholeHub
    contexts: dict[tuple[str, bool], BrowserContext] = field(default_factory=dict)
    pages: dict[tuple[str, bool], Page] = field(default_factory=dict)

    def window(self, role: str, script: bool = True) -> Page:
        key = (role, script)
        if key not in self.pages:
            context = self.browser.new_context(
                locale="en-GB", timezone_id="Europe/London", java_script_enabled=script, viewport=WIDE
            )
            context.set_default_timeout(15_000)
            if role in self.hub.sessions:
                context.add_cookies(
                    [{"name": "trellis_session", "value": self.hub.sessions[role], "url": self.hub.address}]
                )
            self.contexts[key], self.pages[key] = context, context.new_page()
        return self.pages[key]

    def first_found(self, route: str) -> tuple[str, str] | None:
        """Who gets a page at which path; nobody when no page comes for any of them."""
        for role, path in self.hub.ways(route):
            answer = self.window(role).request.get(self.hub.address + path, max_redirects=0)
            is_page = answer.status == 200 and "text/html" in answer.headers["content-type"]
            if is_page and "<html" in answer.text():
                return role, path
        return None

    def close(self) -> None:
        for context in self.contexts.values():
            context.close()
