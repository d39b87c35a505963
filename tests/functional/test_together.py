"""Sitting together in a real browser: the device opens nothing else, and the way out leaves no trace on it."""

import pytest
from playwright.sync_api import Page

from tests.functional.steps import WORKER, given_signed_in_as, given_the_first_of_my_young_people, then_the_page_fits

NEUTRAL = "https://www.bbc.co.uk/weather"
ELSEWHERE = ("/", "/sign-in/", "/account/", "/missing/", "/voice/waiting/")
KEPT = """async () => ({
  session: sessionStorage.length, local: localStorage.length,
  caches: (await caches.keys()).length, databases: (await indexedDB.databases()).length,
})"""
TYPED = "Nobody asks me first"


def given_the_device_is_handed_over(page: Page, hub: str) -> str:
    """Signs in, begins, and gives the address of the page the young person writes on."""
    page.route(f"{NEUTRAL}**", lambda route: route.fulfill(body="<title>Weather</title><h1>Weather</h1>"))
    given_signed_in_as(page, hub, WORKER)
    given_the_first_of_my_young_people(page)
    page.goto(f"{page.url}voice/together/")
    page.get_by_label("What is hard at the moment?").check()
    page.get_by_label("Who do you trust?").check()
    page.get_by_role("button", name="Hand the device over").click()
    page.get_by_text("Page 1 of 2").wait_for()
    return page.url


def nothing_is_left(page: Page, hub: str, here: str) -> None:
    """Of what was written: no cookie of a session, no storage, no cache; its address leads to the sign-in page."""
    assert page.title() == "Weather"
    assert [cookie for cookie in page.context.cookies(hub) if cookie["name"] == "trellis_session"] == []
    page.goto(here)
    page.get_by_role("heading", name="Sign in").wait_for()
    assert TYPED not in page.content()
    assert page.evaluate(KEPT) == {"session": 0, "local": 0, "caches": 0, "databases": 0}


def test_the_way_out_leaves_no_trace(live_hub, page, axe):
    here = given_the_device_is_handed_over(page, live_hub)
    for size in ({"width": 1280, "height": 800}, {"width": 320, "height": 480}):
        page.set_viewport_size(size)
        axe(page)
        then_the_page_fits(page)
    for address in ELSEWHERE:
        page.goto(live_hub + address)
        assert page.url == here, address
    page.evaluate("localStorage.setItem('trellis.draft.x.y', '1'); sessionStorage.setItem('trellis.draft.x.y', '1')")
    before = page.evaluate("history.length")
    page.get_by_label("What is hard at the moment?").fill(TYPED)
    page.get_by_text("What you wrote is saved.").wait_for()
    page.get_by_role("button", name="Next").click()
    page.get_by_text("Page 2 of 2").wait_for()
    assert page.evaluate("history.length") == before
    for _ in range(3):
        page.keyboard.press("Escape")
    page.wait_for_url(NEUTRAL)
    page.go_back()
    page.get_by_role("heading", name="Sign in").wait_for()
    assert TYPED not in page.content()
    page.go_forward()
    nothing_is_left(page, live_hub, here)
    given_signed_in_as(page, live_hub, WORKER)
    page.goto(f"{live_hub}/voice/waiting/")
    page.get_by_text("They left by the way out").first.wait_for()


def test_without_javascript_it_works_the_same_and_is_given_back(live_hub, browser):
    context = browser.new_context(locale="en-GB", timezone_id="Europe/London", java_script_enabled=False)
    page = context.new_page()
    here = given_the_device_is_handed_over(page, live_hub)
    page.get_by_label("What is hard at the moment?").fill(TYPED)
    page.get_by_role("button", name="Next").click()
    page.get_by_label("I would rather not say").check()
    page.get_by_role("button", name="Next").click()
    page.get_by_role("heading", name="Thank you").wait_for()
    page.get_by_role("link", name="Back").click()
    page.get_by_role("button", name="Leave now").click()
    page.wait_for_url(NEUTRAL)
    page.goto(here)
    page.get_by_role("heading", name="Sign in").wait_for()
    context.close()


@pytest.mark.parametrize(
    "size", [{"width": 1280, "height": 800}, {"width": 320, "height": 640}], ids=["wide", "narrow"]
)
def test_the_pages_of_the_voice(live_hub, page, axe, size):
    given_signed_in_as(page, live_hub, WORKER)
    given_the_first_of_my_young_people(page)
    child = page.url
    page.set_viewport_size(size)
    for path in ("voice/", "voice/record/", "voice/changes/new/", "voice/feedback/new/", "voice/together/"):
        assert page.goto(child + path).status == 200
        axe(page)
        then_the_page_fits(page)
