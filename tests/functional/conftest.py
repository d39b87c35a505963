"""People at their screens. And a second hub that really runs: nobody in it is invented, and the OpenID provider of
others stands beside it."""

import json
import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
import pyotp
import pytest
from playwright.sync_api import Browser, Page

from tests.functional.connected import ConnectedHub, connected_hub
from tests.functional.steps import given_signed_in_as
from tests.support import hub
from tests.support.context import SEES_ALL
from trellis.accounts.sealed import seal
from trellis.console.children import TETHERED, stop_all
from trellis.console.environment import ROOT
from trellis.console.web import address_of, listen, wait_until_ready, web_server
from trellis.core.embedded_postgres.places import make_folder
from trellis.core.ids import new_id

SECRET = "a secret between hub and provider"
PASSWORD = "heron umbrella gravel nine"


@dataclass
class RealHub:
    """Its address, its database as the owner sees it, and the provider's address and process."""

    address: str
    database: hub.DatabaseUrls
    issuer: str
    provider: subprocess.Popen[str]
    log: Path

    def open_account(self, email: str, name: str, role: str = "practitioner", team: str = "hub") -> str:
        """Opens an account as a real hub's first one is, and gives the path of the invitation."""
        arguments = ["--email", email, "--name", name, "--agency", "social_care", "--team", team, "--role", role]
        with hub.django_children_use(self.database):
            done = subprocess.run(
                [*TETHERED, "manage", "open_account", *arguments],
                capture_output=True,
                text=True,
                check=True,
                env={**os.environ, "TRELLIS_PARENT": str(os.getpid()), "PYTHONPATH": str(ROOT)},
            )
        return "/invitation/" + done.stdout.strip().rsplit("/invitation/", 1)[1]

    def ask(self, query: str, *values: Any) -> list[tuple[Any, ...]]:
        """Past row-level security, which binds the owner too."""
        sees_all = f"-c trellis.duty={SEES_ALL.duty}"
        with psycopg.connect(self.database.owner, autocommit=True, options=sees_all) as connection:
            answer = connection.execute(query, values)
            return answer.fetchall() if answer.description else []

    def give_app(self, email: str) -> pyotp.TOTP:
        secret = pyotp.random_base32()
        self.ask(
            "INSERT INTO accounts_authenticatorapp (id, recorded_at, secret, last_step, user_id)"
            " SELECT %s, now(), %s, 0, id FROM accounts_user WHERE email = %s",
            new_id(),
            seal(secret.encode(), "totp"),
            email,
        )
        return pyotp.TOTP(secret)


@contextmanager
def provider_running(back: str, people: dict[str, Any]) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    script = ROOT / "tests/support/oidc_provider.mjs"
    with subprocess.Popen(
        ["node", "--no-warnings", script, json.dumps({"back": back, "people": people})],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as process:
        try:
            yield process.stdout.readline().strip(), process
        finally:
            process.stdin.close()
            process.terminate()


def person(email: str, verified: bool = True, amr: tuple[str, ...] = ("pwd",)) -> dict[str, Any]:
    return {"claims": {"email": email, "email_verified": verified}, "amr": list(amr)}


PEOPLE = {
    "sam": person("sam@example.org"),
    "mia": person("mia@example.org", amr=("pwd", "otp")),
    "stranger": person("stranger@example.org"),
    "unverified": person("sam2@example.org", verified=False),
    "closed": person("closed@example.org"),
}


@pytest.fixture(scope="session")
def real_hub() -> Iterator[RealHub]:
    """A hub with nobody invented in it and single sign-on, over its own database."""
    urls = hub.server().urls_of(hub.own_copy(hub.prepared_template(), "real"))
    folder = make_folder(hub.FOLDER / f"real-{os.getpid()}")
    with listen(0) as listener:
        address = address_of(listener)
        with provider_running(f"{address}/sign-in/single/back/", PEOPLE) as (issuer, process):
            settings = {
                "ISSUER": issuer,
                "CLIENT_ID": "hub",
                "CLIENT_SECRET": SECRET,
                "NAME": "your Northfield account",
            }
            more = {f"TRELLIS_OIDC_{name}": value for name, value in settings.items()}
            with hub.django_children_use(urls, **more):
                web = web_server(listener, folder, workers=1)
                web.start()
            try:
                wait_until_ready(address, web.log)
                yield RealHub(address, urls, issuer, process, web.log)
            finally:
                stop_all([web])
                shutil.rmtree(folder)


@pytest.fixture(scope="session")
def connected() -> Iterator[ConnectedHub]:
    """A hub with a mail server, a job worker and a scanner that can be started."""
    with connected_hub() as made:
        yield made


@pytest.fixture(scope="session")
def windows(browser, main_database, django_db_setup, django_db_blocker) -> Iterator[Any]:
    """The world of the matrix in a hub that runs, and a window for everybody in it."""
    from tests.functional.whole_hub import Windows, whole_hub  # its models are there once Django is set up

    with whole_hub(django_db_blocker, main_database) as made:
        opened = Windows(browser, made)
        yield opened
        opened.close()


@pytest.fixture
def at_screens(browser: Browser, live_hub: str) -> Iterator[Callable[[str], Page]]:
    """Somebody's own browser, opened and signed in when they first tell something."""
    opened: dict[str, Page] = {}

    def screen(name: str) -> Page:
        if name not in opened:
            context = browser.new_context(
                locale="en-GB", timezone_id="Europe/London", viewport={"width": 1120, "height": 800}
            )
            context.set_default_timeout(15_000)
            opened[name] = context.new_page()
            given_signed_in_as(opened[name], live_hub, name)
        return opened[name]

    yield screen
    for page in opened.values():
        page.context.close()


@pytest.fixture(params=[True, False], ids=["with JavaScript", "without"])
def any_page(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Any]:
    """The journey is the same with and without JavaScript; ``has_script`` says which it is."""
    context = browser.new_context(
        locale="en-GB",
        timezone_id="Europe/London",
        java_script_enabled=request.param,
        viewport={"width": 1280, "height": 800},
    )
    context.set_default_timeout(15_000)
    page: Any = context.new_page()
    page.has_script = request.param
    yield page
    context.close()
