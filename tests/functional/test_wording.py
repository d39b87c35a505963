"""Advice on words beside the field while somebody types, and the pages of supervision, for whoever uses them."""

import pytest

from tests.functional.steps import (
    MANAGER,
    WORKER,
    given_signed_in_as,
    given_the_first_of_my_young_people,
    then_the_page_fits,
)

WIDE, NARROW = {"width": 1280, "height": 800}, {"width": 320, "height": 640}
BLAMING, SAID = "He is hard to reach.", "She said “I am hard to reach”."


def test_advice_stands_beside_the_field_and_goes_when_the_words_do(live_hub, page, axe):
    given_signed_in_as(page, live_hub, WORKER)
    given_the_first_of_my_young_people(page)
    page.goto(f"{page.url}chronology/add/")
    body = page.locator("textarea[name=body]")
    advice = page.locator("#id_body_wording")
    body.press_sequentially(BLAMING)
    advice.get_by_text("hard to reach").wait_for()
    assert "Better:" in advice.inner_text()
    assert "id_body_wording" in body.get_attribute("aria-describedby")
    axe(page)
    body.fill(SAID)
    advice.wait_for(state="hidden")
    assert page.locator("[name=advise_on]").count() == 0


def test_when_the_hub_cannot_be_asked_nothing_is_in_the_way(live_hub, page):
    given_signed_in_as(page, live_hub, WORKER)
    given_the_first_of_my_young_people(page)
    page.goto(f"{page.url}chronology/add/")
    page.route("**/wording/advice/", lambda route: route.abort())
    page.locator("textarea[name=body]").fill(BLAMING)
    page.wait_for_timeout(1_500)
    assert not page.locator("#id_body_wording").is_visible()


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
def test_the_pages_of_the_team(live_hub, page, axe, size):
    given_signed_in_as(page, live_hub, MANAGER)
    page.set_viewport_size(size)
    for path in ("/wording/", "/wording/new/", "/caseload/"):
        assert page.goto(live_hub + path).status == 200
        axe(page)
        then_the_page_fits(page)
    page.get_by_role("link", name=WORKER, exact=True).click()
    page.get_by_role("heading", level=1, name=WORKER).wait_for()
    axe(page)
    then_the_page_fits(page)
    page.goto(f"{page.url}supervision/")
    axe(page)
    then_the_page_fits(page)


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
def test_the_pages_of_supervision_of_a_young_person(live_hub, page, axe, size):
    given_signed_in_as(page, live_hub, MANAGER)
    page.set_viewport_size(size)
    page.goto(f"{live_hub}/caseload/")
    page.get_by_role("link", name=WORKER, exact=True).click()
    page.locator("tbody th a").first.click()
    page.wait_for_url("**/children/*/")
    record = page.url
    for path in ("supervision/", "supervision/add/", "supervision/oversight/", "allocation/"):
        assert page.goto(record + path).status == 200
        axe(page)
        then_the_page_fits(page)


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
def test_the_formulation_and_ones_own_caseload(live_hub, page, axe, size):
    given_signed_in_as(page, live_hub, WORKER)
    given_the_first_of_my_young_people(page)
    page.set_viewport_size(size)
    for path in (f"{page.url}supervision/formulation/", f"{live_hub}/caseload/"):
        assert page.goto(path).status == 200
        axe(page)
        then_the_page_fits(page)
