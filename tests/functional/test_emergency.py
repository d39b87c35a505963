"""Somebody in danger, somebody kept away, a record sealed: as sentences, in Chromium, with and without JavaScript."""

import pytest
from playwright.sync_api import Page, expect

from tests.functional.steps import (
    DESK,
    MANAGER,
    WORKER,
    given_signed_in_as,
    then_the_page_fits,
    when_i_describe_a_young_person,
)

OFFICER = "Gareth Olliver"
NARROW, WIDE = {"width": 320, "height": 640}, {"width": 1280, "height": 800}
WHY = "A neighbour heard shouting and a fall, nobody opens"


@pytest.fixture
def look(axe):
    """axe finds nothing, and nothing has to be scrolled sideways on a narrow screen."""

    def at(page: Page) -> None:
        if page.has_script:
            axe(page)
        page.set_viewport_size(NARROW)
        if page.has_script:
            then_the_page_fits(page)
        page.set_viewport_size(WIDE)

    return at


def given_a_referral_of(page: Page, hub: str, given: str, family: str) -> None:
    """Somebody new whom the hub and its managers see, and the desk does not."""
    given_signed_in_as(page, hub, WORKER)
    page.goto(f"{hub}/referrals/new/")
    page.get_by_label("No, not that we know of").check()
    when_i_describe_a_young_person(page, given, family)
    page.get_by_label("Serious violence").first.check()
    page.get_by_label("Harm that was seen or heard of").fill("A cut on the hand")
    page.get_by_label("Who does it come from?").select_option("6")
    page.get_by_role("button", name="Send the referral").click()
    page.get_by_role("heading", name="Referral received").wait_for()


def the_record_of(page: Page, hub: str, family: str) -> str:
    """The address of the record, found by search."""
    when_i_search(page, hub, family)
    page.get_by_role("main").get_by_role("link", name=family).first.click()
    page.get_by_role("navigation", name="Pages of this record").wait_for()
    return page.url


def when_i_search(page: Page, hub: str, words: str) -> None:
    page.goto(f"{hub}/children/")
    page.get_by_role("main").get_by_label("Name, date of birth or reference").fill(words)
    page.get_by_role("main").get_by_role("button", name="Search").click()


def when_i_sign_out(page: Page) -> None:
    page.get_by_role("button", name="Sign out").first.click()
    page.get_by_role("heading", level=1, name="Sign in").wait_for()


def test_a_record_is_opened_in_an_emergency_handed_back_and_reviewed(live_hub, any_page, look):
    page = any_page
    family = "Harrowgate" if page.has_script else "Plainharrow"
    given_a_referral_of(page, live_hub, "Imogen", family)
    when_i_sign_out(page)
    # Somebody at the missing desk looks for her, and does not find her.
    given_signed_in_as(page, live_hub, DESK)
    when_i_search(page, live_hub, f"Imogen {family}")
    page.get_by_role("heading", name="Nobody found").wait_for()
    page.get_by_role("link", name="open a record in an emergency").click()
    look(page)
    # With nothing said, nothing opens; with a name nearly right, nobody is found.
    page.get_by_role("button", name="Open the record").click()
    page.get_by_role("heading", name="There is a problem").wait_for()
    look(page)
    when_i_describe_a_young_person(page, "Imogene", family)
    page.get_by_label("Their life or safety is at risk now").check()
    page.get_by_label("What is happening?").fill(WHY)
    page.get_by_role("button", name="Open the record").click()
    page.get_by_role("heading", name="Nobody found who can be opened this way").wait_for()
    look(page)
    # What was typed is still there; put right, it opens the record.
    assert page.get_by_label("What is happening?").input_value() == WHY
    page.get_by_label("Given name").fill("Imogen")
    page.get_by_role("button", name="Open the record").click()
    page.get_by_role("heading", level=1, name=f"Imogen {family}").wait_for()
    expect(page.get_by_text("Open in an emergency until")).to_be_visible()
    look(page)
    page.goto(f"{page.url}access/")
    look(page)
    # She no longer needs it.
    page.get_by_role("button", name="I no longer need this").click()
    page.get_by_text("closed to you again").wait_for()
    assert page.goto(f"{live_hub}/children/").status == 200
    when_i_sign_out(page)
    # The manager was told, and reviews it.
    given_signed_in_as(page, live_hub, MANAGER)
    expect(page.get_by_text("opened the record in an emergency").first).to_be_visible()
    look(page)
    page.goto(f"{live_hub}/emergency/reviews/")
    look(page)
    page.get_by_role("link", name=f"Imogen {family}").click()
    look(page)
    expect(page.get_by_text(WHY)).to_be_visible()
    page.get_by_label("Yes, justified").check()
    page.get_by_label("Why?", exact=True).fill("She was hurt and an ambulance came")
    page.get_by_role("button", name="Record the review").click()
    page.get_by_text("Your review is recorded").wait_for()
    look(page)


def test_a_worker_who_knows_the_young_person_is_kept_away_until_somebody_else_lets_them_back(live_hub, any_page, look):
    page = any_page
    family = "Cousinly" if page.has_script else "Plaincousin"
    given_a_referral_of(page, live_hub, "Idris", family)
    record = the_record_of(page, live_hub, family)
    page.goto(f"{record}access/")
    look(page)
    page.get_by_role("link", name="say so").click()
    look(page)
    page.get_by_label("How do you know them?").fill("My sister's stepson")
    page.get_by_role("button", name="Close this record to me").click()
    page.get_by_text("Thank you for saying so").wait_for()
    assert page.goto(record).status == 404
    when_i_sign_out(page)
    given_signed_in_as(page, live_hub, MANAGER)
    page.goto(f"{record}access/")
    expect(page.get_by_text("My sister's stepson")).to_be_visible()
    look(page)
    page.get_by_role("link", name=f"Let back {WORKER}").click()
    look(page)
    page.get_by_label("Why?").fill("Another young person of that name")
    page.get_by_role("button", name="Let them back").click()
    page.get_by_text("may see this record again").wait_for()
    # And somebody else is kept away by the manager.
    page.get_by_role("link", name="Keep a worker from this record").click()
    look(page)
    page.get_by_label("Who is kept from this record?").select_option(index=3)
    page.get_by_label("Why?").fill("Related to a person of concern")
    page.get_by_role("button", name="Keep them from it").click()
    page.get_by_text("no longer sees this record").wait_for()


def test_a_record_is_sealed_and_unsealed_by_two_people_of_two_agencies(live_hub, any_page, look):
    page = any_page
    given, family = ("Selma", "Quietly") if page.has_script else ("Noor", "Unheard")
    given_a_referral_of(page, live_hub, given, family)
    when_i_sign_out(page)
    given_signed_in_as(page, live_hub, MANAGER)
    record = the_record_of(page, live_hub, family)
    page.goto(f"{record}access/seal/")
    look(page)
    page.get_by_label(OFFICER).check()
    page.get_by_label("Why is it sealed?").fill("A threat from inside an agency")
    page.get_by_role("button", name="Seal it").click()
    page.get_by_text("To everybody else it does not exist").first.wait_for()
    look(page)
    page.goto(f"{record}access/seal/unseal/")
    look(page)
    page.get_by_label("Why should it be unsealed?").fill("The person was charged")
    page.get_by_role("button", name="Propose to unseal").click()
    page.get_by_role("heading", name="You propose to unseal this record").wait_for()
    look(page)
    when_i_sign_out(page)
    # To a colleague it is not there.
    given_signed_in_as(page, live_hub, WORKER)
    assert page.goto(record).status == 404
    when_i_search(page, live_hub, f"{given} {family}")
    page.locator("#found").wait_for()
    expect(page.get_by_role("main").get_by_role("link", name=f"{given} {family}")).to_have_count(0)
    when_i_sign_out(page)
    # The officer agrees, and the colleague sees it again.
    given_signed_in_as(page, live_hub, OFFICER)
    page.goto(f"{record}access/seal/unseal/")
    look(page)
    page.get_by_role("button", name="Agree: take the seal off").click()
    page.get_by_text("The seal is off").wait_for()
    when_i_sign_out(page)
    given_signed_in_as(page, live_hub, WORKER)
    assert page.goto(record).status == 200
