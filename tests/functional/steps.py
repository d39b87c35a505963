"""What people do in these journeys, in the words of the journeys."""

from datetime import datetime, timedelta

import pytest
from playwright.sync_api import Page

from trellis.core.clocks import LONDON, now

# A journey that differs little without JavaScript is walked without it by night.
without_script_by_night = pytest.mark.parametrize(
    "any_page",
    [pytest.param(True, id="with JavaScript"), pytest.param(False, id="without", marks=pytest.mark.nightly)],
    indirect=True,
)

WORKER, MANAGER, DESK, NOBODYS = "Bethan Maddock", "Fiona Gledhill", "Amina Yardley", "Marcus Thewlis"


def given_signed_in_as(page: Page, hub: str, name: str) -> None:
    page.goto(f"{hub}/sign-in/")
    page.get_by_role("button", name=f"Sign in as {name}").click()
    page.get_by_role("heading", name="My day").wait_for()


def given_the_first_of_my_young_people(page: Page) -> str:
    """Opens the record of the first young person on my day and gives its name."""
    link = page.locator(".trellis-people h3 a").first
    name = link.inner_text()
    link.click()
    page.get_by_role("heading", level=1, name=name).wait_for()
    return name


def when_i_fill_in_the_moment(page: Page, field: str, hours_ago: float) -> None:
    local: datetime = (now() - timedelta(hours=hours_ago)).astimezone(LONDON)
    for part, value in (("day", local.day), ("month", local.month), ("year", local.year), ("time", f"{local:%H:%M}")):
        page.fill(f"[name={field}_{part}]", str(value))


def when_i_describe_a_young_person(page: Page, given: str, family: str) -> None:
    page.get_by_label("Given name").fill(given)
    page.get_by_label("Family name").fill(family)
    for part, value in (("day", "4"), ("month", "5"), ("year", "2011")):
        page.fill(f"[name=date_of_birth_{part}]", value)


def then_the_page_fits(page: Page) -> None:
    """Nothing has to be scrolled sideways but what scrolls in its own region."""
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"], page.url
