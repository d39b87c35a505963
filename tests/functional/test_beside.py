"""A return interview is written down beside the young person, where the connection goes and the tablet is shared."""

import pytest

from tests.functional.steps import DESK, WORKER, given_signed_in_as, then_the_page_fits

WORDS = "“They waited for me at the station.”"
STORED = "JSON.stringify([{...localStorage}, {...sessionStorage}])"
NO_CONNECTION = "There is no connection. What you typed is kept on this computer"


@pytest.fixture
def asked(live_hub, page):
    """An interview that was offered, open in its form."""
    given_signed_in_as(page, live_hub, DESK)
    page.goto(f"{live_hub}/missing/")
    page.locator("section[aria-labelledby=back] .trellis-desk__who a").first.click()
    page.get_by_role("heading", level=2, name="Return interview").wait_for()
    offer = page.get_by_role("button", name="Record that it was offered")
    if offer.count():
        offer.click()
        page.get_by_label("A visit").check()
        page.get_by_role("button", name="Save").click()
    page.get_by_role("button", name="Record the interview").click()
    page.get_by_role("heading", level=1, name="Return interview").wait_for()
    return page


def when_they_speak(page):
    page.get_by_label("What did they say?").fill(WORDS)
    page.get_by_role("button", name="Add another", exact=True).click()
    third = page.locator("[data-rows=mentions] [data-row]").nth(2)
    third.get_by_label("What is it?").select_option("phone")
    third.get_by_label("As they said it").fill("07700 900123")
    for _ in range(50):
        if "trellis.draft" in page.evaluate(STORED):
            break
        page.wait_for_timeout(100)
    page.wait_for_timeout(1000)


def then_their_words_are_back(page):
    page.get_by_text("is back in the form. It has not been sent yet.").wait_for()
    assert page.get_by_label("What did they say?").input_value() == WORDS
    assert page.locator("[name=mentions-2-words]").input_value() == "07700 900123"


def test_the_connection_drops_and_the_tab_is_closed_and_nothing_is_lost_or_left_to_read(asked, axe):
    page, context = asked, asked.context
    axe(page)
    assert page.get_by_text("Kept on this device until you save.").count() == 1
    context.set_offline(True)
    page.get_by_text("No connection. Kept on this device until you save").wait_for()
    when_they_speak(page)
    page.get_by_role("button", name="Save the interview").click()
    page.get_by_text(NO_CONNECTION).wait_for()
    assert page.get_by_label("What did they say?").input_value() == WORDS
    kept = page.evaluate(STORED)
    assert "station" not in kept
    assert "900123" not in kept
    address = page.url
    page.close()
    context.set_offline(False)
    again = context.new_page()
    again.goto(address)
    then_their_words_are_back(again)


def test_a_hub_that_does_not_answer_keeps_the_form_open_and_takes_it_when_it_does(asked, live_hub):
    page = asked
    when_they_speak(page)
    page.get_by_label("The main reason they were missing").select_option("other")
    page.get_by_label("A worker of the missing team").check()
    if page.get_by_text("If it was after").count():
        page.locator("[name=delay_reason]").select_option("childs_choice")
    page.route("**/health/live", lambda route: route.abort())
    page.get_by_role("button", name="Save the interview").click()
    page.get_by_text(NO_CONNECTION).wait_for()
    page.unroute("**/health/live")
    # A second press within a second is no press.
    page.wait_for_timeout(1100)
    page.get_by_role("button", name="Save the interview").click()
    page.get_by_text("The return interview is recorded.").wait_for()
    assert "trellis.draft" not in page.evaluate(STORED)


@pytest.mark.parametrize("way", ["signs out", "leaves it open"])
def test_the_next_user_of_the_browser_finds_nothing(asked, live_hub, way):
    page, context = asked, asked.context
    when_they_speak(page)
    if way == "signs out":
        page.locator("form[data-sign-out] button").first.click()
        page.get_by_role("heading", name="Sign in").wait_for()
    else:
        page.close()
        context.clear_cookies()
        page = context.new_page()
        given_signed_in_as(page, live_hub, WORKER)
    assert "trellis.draft" not in page.evaluate(STORED)


@pytest.mark.parametrize("width", [1280, 320])
def test_the_form_fits_and_its_targets_are_large(asked, width):
    asked.set_viewport_size({"width": width, "height": 800})
    then_the_page_fits(asked)
    for control in asked.locator(
        ".trellis-beside .govuk-input, .trellis-beside .govuk-select, .trellis-beside .govuk-button"
    ).all():
        if control.is_visible():
            assert control.bounding_box()["height"] >= 44
