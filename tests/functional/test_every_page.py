"""Every page of the hub, found through the URL resolver, in a real browser: nothing for axe to find, nothing to scroll
sideways at 320 pixels (a window of 1280 at 400% zoom), whole without JavaScript, and all of it by keyboard.

The few in the ordinary suite stand for their kinds; ``-m nightly`` looks at all.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.access.pages import PAGES
from tests.access.test_matrix import routes
from tests.functional.whole_hub import WIDE, ZOOMED

SWEEP = (Path(__file__).parent / "sweep.js").read_text()
BY_DAY = ("child", "change-details", "safety-plan", "assessment-domain", "referral")
FILE, ANSWER = "it hands over a file", "it answers programs, or leads on"
SIGNING_IN, GUEST = "a step of signing in: test_sign_in.py", "a step of the public door: test_front_door.py"
OF_A_REPORT = "made of a whole area's figures: tests/integration/reports"
# What shows no page to anybody of the matrix's world, and why.
NOT_SWEPT = {
    **dict.fromkeys(("access-file", "audit-log-file", "document", "letter-paper", "report-file", "record-pdf"), FILE),
    "released-study-pdf": FILE,
    **dict.fromkeys(("live", "ready", "session", "single-sign-on-back", "missing-desk-now"), ANSWER),
    **dict.fromkeys(("second-step", "recovery-code", "recovery-codes", "invitation"), SIGNING_IN),
    **dict.fromkeys(("set-up", "set-up-app", "set-up-key", "remove-key"), SIGNING_IN),
    **dict.fromkeys(("guest-code", "guest-form", "guest-sent"), GUEST),
    **dict.fromkeys(("annual-report", "missing-report", "edition", "figure"), OF_A_REPORT),
    **dict.fromkeys(("together", "together-page"), "on a device that was handed over: test_together.py"),
    "kept-work": "nothing is kept: test_kept_work.py",
    "referral-receipt": "for whoever sent it just now: test_journeys.py",
    "story": "of the invented area: test_pages.py",
    "unusual-finding": "nothing unusual has been found: test_governance.py",
}
SENDS = "button:not([type=button]), input[type=submit]"
FORMS_TRIED = 3
ASKED_FOR = sorted(
    route for route in routes() & set(PAGES) if "GET" in PAGES[route].methods.split() and not PAGES[route].api
)


@pytest.mark.parametrize(
    "route", [route if route in BY_DAY else pytest.param(route, marks=pytest.mark.nightly) for route in ASKED_FOR]
)
def test_a_page_is_fit_for_everybody(windows, axe, route):
    found = windows.first_found(route)
    if route in NOT_SWEPT:
        assert found is None, f"{route} shows a page now: it is no exception any more"
        return
    assert found, f"{route}: no page for anybody; give the matrix's world what it needs, or a reason in NOT_SWEPT"
    role, path = found
    page = windows.window(role)
    page.set_viewport_size(WIDE)
    page.goto(windows.hub.address + path)
    axe(page)
    page.evaluate(SWEEP)
    problems = [*by_keyboard(page), *sent_by_keyboard(page), *zoomed(page, windows.hub.address + path)]
    problems += without_script(windows.window(role, script=False), windows.hub.address + path)
    assert not problems, "\n".join([f"{role}, {path}:", *problems])


def by_keyboard(page: Page) -> Iterator[str]:
    """Tab goes from each link, field and button to the next in the order of the page, and one sees where it is."""
    stops, at = page.evaluate("sweep.begin()"), -1
    for _ in range(len(stops) + 10):
        page.keyboard.press("Tab")
        here = page.evaluate("sweep.here()")
        if here["stop"] < 0:
            continue
        if here["stop"] <= at:
            break
        yield from (f"- Tab passes over {name}" for name in stops[at + 1 : here["stop"]])
        at = here["stop"]
        if here["plain"]:
            yield f"- the focus is not to be seen on {here['name']}"
        if here["covered"]:
            yield f"- something lies over {here['name']} when it has the focus"
        if at == len(stops) - 1:
            return
    yield from (f"- Tab does not come to {name}" for name in stops[at + 1 :])


def sent_by_keyboard(page: Page) -> Iterator[str]:
    for number in range(min(FORMS_TRIED, page.locator("main form").count())):
        if not page.evaluate("number => sweep.readyToSend(number)", number):
            yield f"- form {number} has nothing that sends it"
            continue
        page.keyboard.press("Enter")
        if page.evaluate("sweep.sent") != number:
            yield f"- form {number} is not sent by Enter on its button"


def zoomed(page: Page, address: str) -> Iterator[str]:
    page.set_viewport_size(ZOOMED)
    page.goto(address)
    page.evaluate(SWEEP)
    if wide := page.evaluate("sweep.sideways()"):
        yield f"- {wide} pixels wide at 320"
    yield from (f"- at 320: cut off: {name}" for name in page.evaluate("sweep.cutOff()"))
    yield from (problem.replace("- ", "- at 320: ", 1) for problem in by_keyboard(page))


def without_script(page: Page, address: str) -> Iterator[str]:
    answer = page.goto(address)
    if answer is None or answer.status != 200:
        yield "- does not come without JavaScript"
    if page.locator("h1").count() != 1 or not page.locator("h1").inner_text().strip():
        yield "- has no heading without JavaScript, or more than one"
    for number, form in enumerate(page.locator("main form").all()):
        if not form.locator(SENDS).count():
            yield f"- form {number} has no button without JavaScript"
