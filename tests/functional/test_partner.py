"""A partner from elsewhere: a part of one record, a pointer to another, nothing of a third; recalled, it is gone."""

import pytest
from playwright.sync_api import Page, expect

from tests.functional.steps import given_signed_in_as, then_the_page_fits

PARTNER, LEAD, MANAGER, NURSE = "Sunita Hale", "Rosalind Tarn", "Fiona Gledhill", "Maureen Achebe-Holt"
NARROW, WIDE = {"width": 320, "height": 900}, {"width": 1280, "height": 900}
NOT_SHARED = ("No referral is recorded", "Worries", "Missing episodes", "Not recorded yet:")


@pytest.fixture
def another_page(browser):
    """A second browser, for the other side of the same story."""
    context = browser.new_context(locale="en-GB", timezone_id="Europe/London")
    context.set_default_timeout(10_000)
    yield context.new_page()
    context.close()


def then_it_is_sound(page: Page, axe) -> None:
    """axe finds nothing, and nothing has to be scrolled sideways on a narrow screen."""
    axe(page)
    page.set_viewport_size(NARROW)
    then_the_page_fits(page)
    page.set_viewport_size(WIDE)


def when_i_search(page: Page, hub: str, words: str) -> None:
    page.goto(f"{hub}/children/")
    page.locator("main").get_by_label("Name, date of birth or reference").fill(words)
    page.locator("main").get_by_role("button", name="Search").click()


def when_i_share_it_with_education(page: Page) -> None:
    """On the page of a new decision: two parts, on the usual ground, until the usual day."""
    page.get_by_label("Shared under a power").check()
    page.get_by_label("Which agency?").select_option(label="Education")
    page.get_by_label("Family", exact=True).check()
    page.get_by_label("Chronology", exact=True).check()
    page.get_by_label("Why is it needed").fill("His school plans his days with him")
    page.locator("[name=child_told][value=yes]").check()
    page.locator("[name=parent_told][value=yes]").check()
    page.get_by_role("button", name="Record the decision").click()
    page.get_by_role("heading", level=1, name="Sharing").wait_for()


def test_a_partner_sees_what_is_shared_and_nothing_once_it_is_recalled(page, another_page, live_hub, axe):
    # given a partner whose agency sees parts of some records,
    given_signed_in_as(page, live_hub, PARTNER)
    cards = page.locator("section[aria-labelledby=shared] li")
    shared = cards.count()
    expect(page.get_by_role("heading", name=f"Shared with you: {shared}")).to_be_visible()
    then_it_is_sound(page, axe)
    link = cards.filter(has_text="(lead worker)").first.locator("h3 a")
    name, address = link.inner_text(), link.get_attribute("href")
    # when they open one, a line says what is shared until when and whom to ask;
    link.click()
    expect(page.get_by_role("note")).to_contain_text("Shared with Education until")
    expect(page.get_by_role("note")).to_contain_text("identity, family, chronology. Ask")
    then_it_is_sound(page, axe)
    # what is not shared is not there, and nothing says that it does not exist.
    text = page.locator("main").inner_text()
    assert [words for words in NOT_SHARED if words in text] == []
    pages = page.get_by_role("navigation", name="Pages of this record").get_by_role("link").all_inner_texts()
    assert "Chronology" in pages
    assert not {"Missing", "Sharing"} & set(pages)
    page.get_by_role("link", name="Chronology", exact=True).click()
    expect(page.get_by_role("button", name="Add to the chronology")).to_have_count(0)
    then_it_is_sound(page, axe)
    # given somebody of the hub, who sees a third young person as well,
    given_signed_in_as(another_page, live_hub, MANAGER)
    when_i_search(another_page, live_hub, "Smith")
    third = another_page.locator("main table th a").first
    hidden, third_address = third.inner_text(), third.get_attribute("href")
    # the partner finds neither record nor name,
    assert page.goto(f"{live_hub}{third_address}").status == 404
    when_i_search(page, live_hub, hidden)
    expect(page.get_by_role("heading", name="Nobody found")).to_be_visible()
    # and when the share is recalled,
    another_page.goto(f"{live_hub}{address}sharing/")
    then_it_is_sound(another_page, axe)
    another_page.get_by_role("link", name="Recall what is shared with Education").click()
    then_it_is_sound(another_page, axe)
    another_page.get_by_role("button", name="Recall it").click()
    expect(another_page.get_by_role("alert")).to_contain_text("Enter why it is recalled")
    then_it_is_sound(another_page, axe)
    another_page.get_by_label("Why is it recalled?").fill("The plan is over")
    another_page.get_by_role("button", name="Recall it").click()
    expect(another_page.get_by_text("Recalled. They see nothing more")).to_be_visible()
    # it is gone at their next step: the page, the list, the search.
    assert page.goto(f"{live_hub}{address}").status == 404
    assert page.goto(f"{live_hub}{address}chronology/").status == 404
    page.goto(f"{live_hub}/")
    expect(cards).to_have_count(shared - 1)
    expect(page.get_by_role("link", name=name)).to_have_count(0)
    then_it_is_sound(page, axe)
    when_i_search(page, live_hub, name)
    expect(page.get_by_role("heading", name="Nobody found")).to_be_visible()
    # when it is shared again, it is back at the step after.
    another_page.get_by_role("button", name="Record a decision").click()
    then_it_is_sound(another_page, axe)
    another_page.get_by_role("button", name="Record the decision").click()
    expect(another_page.get_by_role("alert")).to_contain_text("Choose what we decide")
    then_it_is_sound(another_page, axe)
    when_i_share_it_with_education(another_page)
    assert page.goto(f"{live_hub}{address}").status == 200


def test_a_partner_asks_whoever_knows_a_young_person(page, another_page, live_hub, axe):
    # given a partner who is told that health knows a young person,
    given_signed_in_as(page, live_hub, PARTNER)
    page.get_by_role("navigation", name="Places").get_by_role("link", name="Pointers").click()
    then_it_is_sound(page, axe)
    row = page.locator("section[aria-labelledby=known] tbody tr", has_text=NURSE).first
    expect(row.get_by_role("link")).to_have_count(1)
    # when they ask,
    row.get_by_role("link").click()
    then_it_is_sound(page, axe)
    page.get_by_role("button", name="Ask").click()
    expect(page.get_by_role("alert")).to_contain_text("Enter what you need to know, and why")
    page.get_by_label("What do you need to know, and why?").fill("Does he come to his appointments?")
    page.get_by_role("button", name="Ask").click()
    expect(page.get_by_text("Health has the question.")).to_be_visible()
    then_it_is_sound(page, axe)
    # then whoever is asked finds it on their day, with its time,
    given_signed_in_as(another_page, live_hub, NURSE)
    asked = another_page.locator("section[aria-labelledby=questions] tbody tr", has_text=PARTNER).last
    expect(asked.locator(".trellis-due")).to_contain_text("left")
    then_it_is_sound(another_page, axe)
    another_page.goto(page.url)
    another_page.get_by_role("button", name="Send the answer").click()
    expect(another_page.get_by_role("alert")).to_contain_text("Choose what you answer")
    then_it_is_sound(another_page, axe)
    another_page.get_by_label("I answer in words").check()
    another_page.get_by_label("Your answer, or why you do not share").fill("Yes, every Thursday.")
    another_page.get_by_role("button", name="Send the answer").click()
    # and the partner reads the answer, but nothing of the record.
    page.reload()
    expect(page.get_by_text("Yes, every Thursday.")).to_be_visible()
    expect(page.get_by_role("link", name="Open what is shared")).to_have_count(0)
    then_it_is_sound(page, axe)


def test_somebody_of_the_hub_places_a_pointer(page, live_hub, axe):
    given_signed_in_as(page, live_hub, LEAD)
    page.locator(".trellis-people h3 a").first.click()
    page.get_by_role("link", name="Sharing", exact=True).click()
    page.get_by_role("button", name="Place a pointer").click()
    then_it_is_sound(page, axe)
    page.get_by_role("button", name="Place the pointer").click()
    expect(page.get_by_role("alert")).to_contain_text("one of the two")
    then_it_is_sound(page, axe)
    page.get_by_label("Which agency knows them?").select_option(label="Psychology")
    page.get_by_label("Or a team without an account here").fill("Young people's mental health team")
    page.get_by_label("Its telephone number").fill("01632 960002")
    page.get_by_label("Education").check()
    page.get_by_role("button", name="Place the pointer").click()
    expect(page.get_by_text("Known to Psychology: ask Young people's mental health team")).to_be_visible()
    page.locator("li", has_text="Psychology").get_by_role("button", name="End it").click()
    expect(page.get_by_text("The pointer has ended.")).to_be_visible()
