"""An assessment in the browser: begun, written part by part, called away from, and found again with every word."""

import pytest

from tests.functional.steps import WORKER, given_signed_in_as, given_the_first_of_my_young_people, then_the_page_fits
from tests.functional.test_kept_work import when_i_sign_in_again_as, when_the_session_ends

TOOL = "Strengths and safety conversation (SAMPLE, not scored), version 1"
WORDS = "“Gran's is the only quiet place.”\nShe said it twice & meant it."


@pytest.fixture
def looked_at(axe):
    def look(page):
        if not page.has_script:
            return
        axe(page)
        for width in (320, 1280):
            page.set_viewport_size({"width": width, "height": 800})
            then_the_page_fits(page)

    return look


def given_an_assessment_under_way(page, hub_address):
    """Of the first of my young people: one that is there, or one begun now. Opens it."""
    given_signed_in_as(page, hub_address, WORKER)
    given_the_first_of_my_young_people(page)
    page.goto(f"{page.url}assessments/")
    under_way = page.get_by_role("row").filter(has_text="In progress").filter(has_text=TOOL)
    if under_way.count():
        under_way.first.get_by_role("link").click()
        return
    page.get_by_role("button", name="Begin an assessment").or_(
        page.get_by_role("link", name="Begin an assessment")
    ).click()
    page.get_by_label(TOOL).check()
    page.get_by_role("button", name="Begin").click()
    page.get_by_role("heading", name="What there is to fill in").wait_for()


def test_the_session_dies_mid_assessment_and_every_word_is_back(live_hub, any_page, looked_at):
    page = any_page
    given_an_assessment_under_way(page, live_hub)
    looked_at(page)
    page.locator(".govuk-task-list__link").first.click()
    looked_at(page)
    page.locator("textarea[name=a0_value]").fill(WORDS)
    when_the_session_ends(page)
    page.get_by_role("button", name="Save", exact=True).click()
    page.get_by_text("What you typed is kept for you").wait_for()
    when_i_sign_in_again_as(page, WORKER)
    page.get_by_role("heading", level=1, name="What you typed is kept").wait_for()
    page.get_by_role("button", name="Send it now").click()
    page.get_by_text("She said it twice & meant it.").first.wait_for()


def test_the_pages_of_an_assessment_fit_and_read_well(live_hub, any_page, looked_at):
    page = any_page
    given_an_assessment_under_way(page, live_hub)
    here = page.url
    for step in ("views/", "judgement/", "stop/", "contributions/ask/"):
        page.goto(here + step)
        page.get_by_role("heading", level=1).wait_for()
        looked_at(page)
    for path in ("/assessments/", f"{here.rsplit('/', 2)[0].removeprefix(live_hub)}/"):
        page.goto(live_hub + path)
        page.get_by_role("heading", level=1, name="Assessments").wait_for()
        looked_at(page)
