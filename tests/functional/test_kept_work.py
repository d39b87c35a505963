"""Somebody types, is called away, comes back after the session has ended, and finds every word again."""

import os

import psycopg
import pytest
from django.contrib.sessions.backends.db import SessionStore

from tests.functional.steps import WORKER, given_signed_in_as, given_the_first_of_my_young_people, then_the_page_fits
from tests.support import hub
from trellis.accounts import sessions

WORDS = "“They know my name there.”\nHe came back\nwith “new” shoes & <no> bruises."
FIFTEEN_MINUTES = 15 * 60


@pytest.fixture
def check(axe):
    def looked_at(page):
        if page.has_script:
            axe(page)
        for width in (320, 1280):
            page.set_viewport_size({"width": width, "height": 800})
            if page.has_script:
                then_the_page_fits(page)

    return looked_at


def when_the_session_ends(page):
    """Moves the clocks of this browser's session back in the hub's database."""
    key = next(cookie["value"] for cookie in page.context.cookies() if cookie["name"] == "trellis_session")
    urls = hub.server().urls_of(f"test_{hub.CHECKOUT}_{os.getpid()}_live")
    with psycopg.connect(urls.owner) as connection:
        row = "SELECT session_data FROM django_session WHERE session_key = %s"
        said = SessionStore().decode(connection.execute(row, [key]).fetchone()[0])
        said[sessions.USED_AT] -= FIFTEEN_MINUTES + 1
        changed = "UPDATE django_session SET session_data = %s WHERE session_key = %s"
        connection.execute(changed, [SessionStore().encode(said), key])


def given_a_note_half_written(page, hub_address):
    given_signed_in_as(page, hub_address, WORKER)
    name = given_the_first_of_my_young_people(page)
    page.goto(f"{page.url}chronology/add/")
    page.get_by_label("What happened, in one line").fill("Met at boxing")
    page.get_by_label("More about it").fill(WORDS)
    return name


def when_i_sign_in_again_as(page, name):
    page.get_by_role("button", name=f"Sign in as {name}").click()


def test_a_note_sent_after_the_session_ended_is_sent_again_by_whoever_typed_it(live_hub, any_page, check):
    page = any_page
    title = f"Met at boxing, kept {'with' if page.has_script else 'without'} script"
    given_a_note_half_written(page, live_hub)
    page.get_by_label("What happened, in one line").fill(title)
    when_the_session_ends(page)
    page.get_by_role("button", name="Save").click()
    page.get_by_text("What you typed is kept for you").wait_for()
    check(page)
    when_i_sign_in_again_as(page, WORKER)
    page.get_by_role("heading", level=1, name="What you typed is kept").wait_for()
    page.get_by_text("with “new” shoes & <no> bruises.").wait_for()
    check(page)
    page.get_by_role("button", name="Send it now").click()
    entry = page.locator(".moj-timeline__item").filter(has_text=title)
    entry.get_by_text("with “new” shoes & <no> bruises.").wait_for()
    assert entry.count() == 1
    # Nothing of it waits any more, on the hub or in this browser.
    page.goto(f"{live_hub}/sign-in/kept/")
    page.get_by_role("heading", level=1, name="My day").wait_for()
    page.go_back()
    page.get_by_role("link", name="Add to the chronology").or_(
        page.get_by_role("button", name="Add to the chronology")
    ).click()
    assert page.get_by_label("More about it").input_value() == ""


def test_somebody_else_at_the_same_computer_does_not_get_it(live_hub, any_page):
    page = any_page
    given_a_note_half_written(page, live_hub)
    when_the_session_ends(page)
    page.get_by_role("button", name="Save").click()
    when_i_sign_in_again_as(page, "Amina Yardley")
    page.get_by_role("heading", level=1, name="My day").wait_for()
    page.goto(f"{live_hub}/sign-in/kept/")
    page.get_by_role("heading", level=1, name="My day").wait_for()
    assert "They know my name there" not in page.content()


def test_a_form_in_another_window_is_simply_saved_after_signing_in_again(live_hub, any_page):
    page = any_page
    title = f"Other window {'with' if page.has_script else 'without'} script"
    given_a_note_half_written(page, live_hub)
    page.get_by_label("What happened, in one line").fill(title)
    when_the_session_ends(page)
    other = page.context.new_page()
    other.goto(f"{live_hub}/")
    when_i_sign_in_again_as(other, WORKER)
    other.get_by_role("heading", level=1, name="My day").wait_for()
    page.get_by_role("button", name="Save").click()
    page.get_by_role("heading", name=title).wait_for()


def test_with_javascript_the_page_leaves_by_itself_and_the_words_are_back_in_the_form(live_hub, page, axe):
    page.clock.install()
    given_a_note_half_written(page, live_hub)
    when_the_session_ends(page)
    page.clock.fast_forward(FIFTEEN_MINUTES * 1000)
    page.clock.run_for(3_000)
    page.get_by_role("heading", level=1, name="Sign in").wait_for()
    when_i_sign_in_again_as(page, WORKER)
    page.get_by_text("is back in the form. It has not been sent yet.").wait_for()
    assert page.get_by_label("More about it").input_value() == WORDS
    axe(page)
