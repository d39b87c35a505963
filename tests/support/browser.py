"""Fixtures of the browser: a hub that really runs, Chromium, and axe on what it shows."""

import os
import shutil
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.support import hub
from trellis.console.children import stop_all
from trellis.console.environment import ROOT
from trellis.console.setup.system_packages import browser as find_browser
from trellis.console.web import address_of, listen, wait_until_ready, web_server
from trellis.core.embedded_postgres.places import make_folder

FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
)
AXE = ROOT / "node_modules/axe-core/axe.min.js"


@pytest.fixture(scope="session")
def live_hub() -> Iterator[str]:
    """The address of a hub that really runs, over its own copy of the invented area."""
    name = hub.own_copy(hub.sample_template(), "live")
    folder = make_folder(hub.FOLDER / f"live-{os.getpid()}")
    with listen(0) as listener:
        with hub.django_children_use(hub.server().urls_of(name), TRELLIS_DEMONSTRATION="1"):
            web = web_server(listener, folder, workers=1)
            web.start()
        try:
            wait_until_ready(address_of(listener), web.log)
            yield address_of(listener)
        finally:
            stop_all([web])
            shutil.rmtree(folder)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=find_browser(), args=list(FLAGS))
        yield chromium
        chromium.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page in a new window: no cookies, British English, London time."""
    context = browser.new_context(locale="en-GB", timezone_id="Europe/London")
    context.set_default_timeout(10_000)
    yield context.new_page()
    context.close()


@pytest.fixture(scope="session")
def axe() -> Callable[[Page], None]:
    """``axe(page)`` fails with a readable list when axe-core finds anything on the page."""
    source = AXE.read_text()

    def check(page: Page) -> None:
        page.evaluate(source)
        found = page.evaluate("async () => (await axe.run(document)).violations")
        assert not found, "\n".join([f"axe on {page.url}:", *map(_in_words, found)])

    return check


def _in_words(violation: dict) -> str:
    places = "; ".join(" ".join(map(str, node["target"])) for node in violation["nodes"][:5])
    return f"- {violation['help']} ({violation['id']}): {places}"
