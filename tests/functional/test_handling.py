"""How entries are handled, a source's own words and a copy of the record, in Chromium."""

import re

import pytest

from tests.functional.steps import (
    WORKER,
    given_signed_in_as,
    given_the_first_of_my_young_people,
    then_the_page_fits,
    when_i_fill_in_the_moment,
)

OFFICER = "Colin Wragg"
WIDE, NARROW = {"width": 1280, "height": 800}, {"width": 320, "height": 640}


def when_i_open_the_chronology(page):
    given_the_first_of_my_young_people(page)
    page.get_by_role("link", name="Chronology", exact=True).click()
    page.get_by_role("heading", level=1, name="Chronology").wait_for()


def when_i_add_a_note(page, title):
    page.goto(page.url.split("?")[0] + "add/")
    when_i_fill_in_the_moment(page, "happened_at", 2)
    page.get_by_label("What happened, in one line").fill(title)


def test_a_note_takes_its_handling_and_its_owner_changes_it(live_hub, any_page, axe):
    page = any_page
    check = axe if page.has_script else lambda _: None
    title = f"Seen near the arcade, {'with' if page.has_script else 'without'} script"
    given_signed_in_as(page, live_hub, WORKER)
    when_i_open_the_chronology(page)
    # Given a note whose handling is closed unless somebody wants it,
    when_i_add_a_note(page, title)
    conditions = page.get_by_label("Conditions", exact=True)
    assert not conditions.is_visible()
    page.get_by_text("Handling: Children's social care, P").click()
    # when she chooses the code with conditions and forgets to say them,
    page.get_by_label("C: Lawful sharing permitted with conditions").check()
    page.get_by_label("The source's own words").fill("His cousin said it, word for word")
    page.get_by_role("button", name="Save").click()
    page.get_by_role("heading", name="There is a problem").wait_for()
    check(page)
    # then the handling stands open, and what she typed is there;
    assert conditions.is_visible()
    assert page.get_by_label("The source's own words").input_value() == "His cousin said it, word for word"
    conditions.fill("Speak to the lead worker first")
    page.get_by_role("button", name="Save").click()
    entry = page.locator(".moj-timeline__item", has=page.get_by_role("heading", name=title))
    entry.wait_for()
    assert "Children's social care · C" in entry.inner_text()
    assert "Speak to the lead worker first" in entry.inner_text()
    assert "word for word" not in page.content()
    check(page)
    # the source's own words open on a page of their own;
    entry.get_by_role("link", name="Open the source's own words").click()
    page.get_by_text("His cousin said it, word for word").wait_for()
    check(page)
    page.go_back()
    # and she changes how the entry is handled, which is kept.
    entry.get_by_role("link", name="Change the handling").click()
    page.get_by_label("P: Lawful sharing permitted", exact=True).check()
    page.get_by_label("Conditions", exact=True).fill("")
    page.get_by_label("Why it changes").fill("Nobody can be guessed from it")
    check(page)
    page.get_by_role("button", name="Save").click()
    entry.wait_for()
    assert "Children's social care · P" in entry.inner_text()
    entry.get_by_role("link", name="Change the handling").click()
    page.get_by_text("Nobody can be guessed from it").wait_for()


def test_a_secret_marking_is_refused_and_nothing_typed_is_lost(live_hub, any_page):
    page = any_page
    given_signed_in_as(page, live_hub, WORKER)
    when_i_open_the_chronology(page)
    when_i_add_a_note(page, "From the briefing")
    page.get_by_label("More about it").fill("TOP SECRET\nWhat was said")
    page.get_by_role("button", name="Save").click()
    page.get_by_role("heading", name="There is a problem").wait_for()
    assert "Trellis may hold OFFICIAL-SENSITIVE at most" in page.content()
    assert page.get_by_label("More about it").input_value() == "TOP SECRET\nWhat was said"


def test_a_copy_of_the_record_says_what_it_is_for(live_hub, any_page, axe):
    page = any_page
    given_signed_in_as(page, live_hub, WORKER)
    given_the_first_of_my_young_people(page)
    page.get_by_role("link", name="Take a copy of this record as PDF").click()
    page.get_by_role("button", name="Make the PDF").click()
    page.get_by_role("heading", name="There is a problem").wait_for()
    if page.has_script:
        axe(page)
    page.get_by_label("What is it for?").fill("Strategy meeting on Thursday")
    page.get_by_label("Who gets it?").fill("Ada Frost, Northfield family court")
    with page.expect_download(timeout=60_000) as download:
        page.get_by_role("button", name="Make the PDF").click()
    assert download.value.suggested_filename == "record.pdf"
    assert download.value.path().read_bytes().startswith(b"%PDF-")


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
def test_the_pages_fit_and_axe_finds_nothing(live_hub, page, axe, size):
    given_signed_in_as(page, live_hub, WORKER)
    when_i_open_the_chronology(page)
    record = page.url.split("chronology/")[0]
    own = page.locator("a", has_text=re.compile("^Change the handling")).first.get_attribute("href")
    page.set_viewport_size(size)
    for path in (own, "chronology/add/", "chronology/", "export/"):
        assert page.goto(live_hub + path if path == own else record + path).status == 200
        for details in page.locator("details > summary").all():
            details.click()
        axe(page)
        then_the_page_fits(page)


def test_another_programs_session_is_the_browsers(live_hub, page):
    assert page.request.get(f"{live_hub}/api/children/").status == 401
    assert page.request.get(f"{live_hub}/api/openapi.json").json()["openapi"].startswith("3.1")
    given_signed_in_as(page, live_hub, WORKER)
    listed = page.request.get(f"{live_hub}/api/children/?limit=1")
    assert listed.status == 200
    assert listed.headers["cache-control"] == "no-store"
    person = listed.json()["items"][0]["id"]
    entries = page.request.get(f"{live_hub}/api/children/{person}/chronology/?limit=2").json()
    assert all(entry["handling"]["owner"]["name"] for entry in entries["items"])
    hidden = page.request.get(f"{live_hub}/api/children/00000000-0000-4000-8000-000000000000/")
    assert (hidden.status, hidden.headers["content-type"]) == (404, "application/problem+json")
