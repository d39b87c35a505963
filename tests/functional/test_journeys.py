"""The main journeys, as sentences: in Chromium, by keyboard, and with no JavaScript."""

import pytest

from tests.functional.steps import (
    DESK,
    MANAGER,
    WORKER,
    given_signed_in_as,
    given_the_first_of_my_young_people,
    when_i_describe_a_young_person,
    when_i_fill_in_the_moment,
)


@pytest.fixture
def check(axe):
    """axe needs JavaScript itself."""
    return lambda page: axe(page) if page.has_script else None


def test_a_worker_finds_a_young_person_and_writes_what_happened(live_hub, any_page, check):
    page = any_page
    given_signed_in_as(page, live_hub, WORKER)
    name = given_the_first_of_my_young_people(page)
    # When she looks for him by name from any page,
    page.get_by_role("searchbox").first.fill(" ".join(reversed(name.split())))
    page.get_by_role("searchbox").first.press("Enter")
    page.get_by_role("heading", name="found").wait_for()
    check(page)
    assert name.lower() not in page.url.lower()
    page.get_by_role("main").get_by_role("link", name=name).first.click()
    # and adds to the chronology with one thing left out,
    page.get_by_role("link", name="Chronology", exact=True).click()
    page.get_by_role("button", name="Add to the chronology").or_(
        page.get_by_role("link", name="Add to the chronology")
    ).click()
    page.get_by_label("More about it").fill("“The coach knows my name.”")
    page.get_by_role("button", name="Save").click()
    page.get_by_role("heading", name="There is a problem").wait_for()
    check(page)
    # then what she typed is still there, and the entry can be saved.
    assert page.get_by_label("More about it").input_value() == "“The coach knows my name.”"
    title = f"Met at boxing, {'with' if page.has_script else 'without'} script"
    page.get_by_label("What happened, in one line").fill(title)
    page.get_by_role("button", name="Save").click()
    page.get_by_role("heading", name=title).wait_for()
    check(page)


def test_a_referral_is_made_and_decided(live_hub, any_page, check):
    page = any_page
    family = "Journey" if page.has_script else "Plainjourney"
    given_signed_in_as(page, live_hub, WORKER)
    page.goto(f"{live_hub}/referrals/new/")
    # When the form is sent with nothing in it, it says what to do;
    page.get_by_role("button", name="Send the referral").click()
    page.get_by_role("heading", name="There is a problem").wait_for()
    check(page)
    # when it is filled in, there is a receipt;
    page.get_by_label("No, not that we know of").check()
    when_i_describe_a_young_person(page, "Arlo", family)
    page.get_by_label("Serious violence").first.check()
    page.get_by_label("Harm that was seen or heard of").fill("A cut on the hand")
    page.get_by_label("Who does it come from?").select_option("6")
    page.get_by_role("button", name="Send the referral").click()
    page.get_by_role("heading", name="Referral received").wait_for()
    check(page)
    # when the same young person is referred again, they are offered, not made twice;
    page.goto(f"{live_hub}/referrals/new/")
    page.get_by_label("No, not that we know of").check()
    when_i_describe_a_young_person(page, "Arlo", family)
    page.get_by_label("Serious violence").first.check()
    page.get_by_label("Harm that was seen or heard of").fill("Another cut")
    page.get_by_label("Who does it come from?").select_option("6")
    page.get_by_role("button", name="Send the referral").click()
    page.get_by_role("heading", name="We may know this young person already").wait_for()
    check(page)
    # and a manager decides the first.
    page.get_by_role("button", name="Sign out").first.click()
    given_signed_in_as(page, live_hub, MANAGER)
    page.goto(f"{live_hub}/referrals/")
    page.get_by_role("link", name=f"Arlo {family}").click()
    page.get_by_label("Accepted for assessment").check()
    page.get_by_label("Why?").fill("Hurt, and afraid of being hurt again")
    check(page)
    page.get_by_role("button", name="Record the decision").click()
    page.get_by_text("Decided: accepted for assessment").wait_for()
    check(page)


def test_from_missing_to_a_return_interview(live_hub, any_page, check):
    page = any_page
    family = "Away" if page.has_script else "Plainaway"
    given_signed_in_as(page, live_hub, DESK)
    page.goto(f"{live_hub}/missing/new/")
    when_i_describe_a_young_person(page, "Nia", family)
    page.get_by_label("Missing from home").check()
    when_i_fill_in_the_moment(page, "last_seen_at", 6)
    when_i_fill_in_the_moment(page, "reported_at", 5)
    page.get_by_role("button", name="Record the report").click()
    page.get_by_text("They are on the desk now.").wait_for()
    check(page)
    page.get_by_role("button", name="Record the return").or_(page.get_by_role("link", name="Record the return")).click()
    when_i_fill_in_the_moment(page, "returned_at", 1)
    check(page)
    page.get_by_role("button", name="Save").click()
    page.get_by_role("button", name="Record that it was offered").or_(
        page.get_by_role("link", name="Record that it was offered")
    ).click()
    page.get_by_label("A call").check()
    check(page)
    page.get_by_role("button", name="Save").click()
    page.get_by_role("button", name="Record the interview").or_(
        page.get_by_role("link", name="Record the interview")
    ).click()
    page.get_by_label("What did they say?").fill("“I was with mates.”")
    page.get_by_label("The main reason they were missing").select_option("staying_out_with_friends")
    page.get_by_label("A worker of the missing team").check()
    check(page)
    page.get_by_role("button", name="Save the interview").click()
    page.get_by_text("The return interview is recorded.").wait_for()
    # Then the desk no longer has them.
    page.goto(f"{live_hub}/missing/")
    assert page.get_by_text(f"Nia {family}").count() == 0


def test_the_story_leads_from_the_door_into_the_record(live_hub, any_page, check):
    page = any_page
    page.goto(f"{live_hub}/sign-in/")
    page.get_by_role("link", name="the story of one young person").click()
    page.get_by_role("heading", name="Kian's story").wait_for()
    check(page)
    page.get_by_role("button", name="Open this record as Rosalind Tarn").click()
    page.get_by_role("heading", level=1, name="Kian Tarrant").wait_for()
    check(page)


def test_signing_in_and_finding_somebody_by_keyboard_alone(live_hub, page):
    page.goto(f"{live_hub}/sign-in/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to main content"
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent").startswith(f"Sign in as {WORKER}"):
            break
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="My day").wait_for()
    for _ in range(5):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.id") == "frame-search":
            break
    page.keyboard.type("zzyzx")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Nobody found").wait_for()


SEND_FIFTY = """async () => {
    const typed = new URLSearchParams(new FormData(document.querySelector("main form")));
    const send = () => fetch(location.href, {method: "POST", body: typed}).then((answer) => answer.url);
    return await Promise.all(Array.from({length: 50}, send));
}"""


def test_fifty_copies_sent_at_once_make_one_referral(live_hub, page):
    given_signed_in_as(page, live_hub, WORKER)
    page.goto(f"{live_hub}/referrals/new/")
    page.get_by_label("No, not that we know of").check()
    when_i_describe_a_young_person(page, "Fifty", "Times")
    page.get_by_label("Serious violence").first.check()
    page.get_by_label("Harm that was seen or heard of").fill("A cut on the hand")
    page.get_by_label("Who does it come from?").select_option("6")
    receipts = set(page.evaluate(SEND_FIFTY))
    assert len(receipts) == 1
    assert receipts.pop().endswith("/receipt/")
    page.goto(f"{live_hub}/referrals/")
    assert page.get_by_role("link", name="Fifty Times").count() == 1
