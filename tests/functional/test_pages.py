"""Each page, for somebody whose work it is: nothing for axe to find, and nothing to scroll sideways at 320 pixels."""

import pytest

from tests.functional.steps import (
    DESK,
    MANAGER,
    WORKER,
    given_signed_in_as,
    given_the_first_of_my_young_people,
    then_the_page_fits,
)

WIDE, NARROW = {"width": 1280, "height": 800}, {"width": 320, "height": 640}
OPEN = ["/sign-in/", "/story/"]
PLACES = {
    WORKER: [
        "/",
        "/account/",
        "/sign-in/confirm/",
        "/children/",
        "/referrals/",
        "/referrals/?show=decided",
        "/referrals/new/",
        "/missing/",
    ],
    MANAGER: ["/", "/referrals/", "/missing/"],
    DESK: ["/", "/missing/", "/missing/new/"],
}
DETAILS = ["details/", "details/voice/change/", "details/disability/change/", "details/people/add/", "history/"]
RECORD = ["", *DETAILS, "chronology/print/", "chronology/", "chronology/?kind=court", "chronology/add/", "missing/"]


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
def test_pages_before_signing_in(live_hub, page, axe, size):
    page.set_viewport_size(size)
    for path in OPEN:
        page.goto(live_hub + path)
        axe(page)
        then_the_page_fits(page)


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
@pytest.mark.parametrize("name", PLACES)
def test_pages_of_each_role(live_hub, page, axe, name, size):
    given_signed_in_as(page, live_hub, name)
    page.set_viewport_size(size)
    for path in PLACES[name]:
        assert page.goto(live_hub + path).status == 200
        axe(page)
        then_the_page_fits(page)


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
def test_pages_of_a_record(live_hub, page, axe, size):
    given_signed_in_as(page, live_hub, WORKER)
    given_the_first_of_my_young_people(page)
    page.set_viewport_size(size)
    record = page.url
    for path in RECORD:
        assert page.goto(record + path).status == 200
        axe(page)
        then_the_page_fits(page)


def test_what_must_be_known_of_a_child_stands_in_one_screen(live_hub, page):
    """Their own words, safe contact, worries and strengths, what is due and who is involved, before any scrolling."""
    given_signed_in_as(page, live_hub, WORKER)
    page.set_viewport_size(WIDE)
    given_the_first_of_my_young_people(page)
    for where in ("dd:near(dt:text('Safe contact'))", "#worries", "#strengths", "#due", "#involved + ul > li >> nth=0"):
        box = page.locator(where).first.bounding_box()
        assert box, where
        assert box["y"] + box["height"] <= WIDE["height"], where


def test_pages_that_refuse(live_hub, page, axe):
    given_signed_in_as(page, live_hub, "Colin Wragg")
    for path, status in (
        ("/missing/", 403),
        ("/children/00000000-0000-4000-8000-000000000000/", 403),
        ("/nowhere/", 404),
    ):
        assert page.goto(live_hub + path).status == status
        axe(page)
