"""The end of the work with a young person whom nobody could reach: refused with what is unfinished, each thing
finished, challenged by a manager, closed, and somebody to ask again in six months."""

import re

from tests.functional.steps import (
    MANAGER,
    WORKER,
    given_signed_in_as,
    then_the_page_fits,
    when_i_describe_a_young_person,
)
from trellis.core.clocks import today

NAME = "Tamsin Weatherly"
WHY = "Her aunt and the youth club go on; she knows how to reach us"
CHALLENGE = {
    "tried": "Nine visits at home, at college and at the youth club",
    "what_else": "A worker nearer to her age",
    "who_else": "Her aunt, and the youth club",
    "young_person_said": "I have enough people asking me things",
    "decided_why": "The youth club sees her every week",
}


def given_an_open_case(page, hub):
    """Referred, accepted and given to a worker; gives the address of the record."""
    page.goto(f"{hub}/referrals/new/")
    page.get_by_label("No, not that we know of").check()
    when_i_describe_a_young_person(page, *NAME.split())
    page.get_by_label("Child criminal exploitation").first.check()
    page.fill("[name=concerns]", "New phone, and afraid of somebody")
    page.get_by_label("Who does it come from?").select_option("2A")
    page.get_by_role("button", name="Send the referral").click()
    page.get_by_role("heading", name="Referral received").wait_for()
    page.goto(f"{hub}/referrals/")
    page.get_by_role("link", name=NAME).click()
    page.get_by_label("Accepted for assessment").wait_for()
    child = hub + re.search(r"/children/[0-9a-f-]{36}/", page.content()).group(0)
    page.get_by_label("Accepted for assessment").check()
    page.get_by_label("Why?").fill("Afraid, and alone with it")
    page.get_by_role("button", name="Record the decision").click()
    page.goto(f"{child}allocation/")
    worker = page.locator("select[name=worker] option").filter(has_text=WORKER).get_attribute("value")
    page.locator("select[name=worker]").select_option(worker)
    page.get_by_label("Lead worker").check()
    page.get_by_role("button", name="Allocate").click()
    page.get_by_text(WORKER).first.wait_for()
    return child


def when_i_close(page, child):
    page.goto(f"{child}case/close/")
    page.get_by_label("We could not build a relationship").check()
    page.fill("[name=why]", WHY)
    page.get_by_role("button", name="Close the case").click()


def when_the_worker_says_how_things_stand(page, child):
    page.goto(f"{child}outcomes/at/close/")
    for answer in page.locator("input[name$='-status'][value=not_known]").all():
        answer.check()
    page.locator("[name=trusted_relationship-status][value=improved]").check()
    page.locator("[name=trusted_relationship-who][value=family]").check()
    page.fill("[name=trusted_relationship-evidence]", "Her aunt says that she rings when it is bad")


def when_the_worker_tells_school_and_gp(page, child):
    page.goto(f"{child}outcomes/told/school/")
    page.locator("[name=was_told][value=yes]").check()
    for part, value in (("day", today().day), ("month", today().month), ("year", today().year)):
        page.fill(f"[name=told_on_{part}]", str(value))
    page.fill("[name=name]", "Mr Okoro, safeguarding lead")
    page.get_by_role("button", name="Save", exact=True).click()
    page.get_by_text("It is kept with the closure.").wait_for()
    page.goto(f"{child}letters/none/gp-closing/")
    page.locator("[name=reason][value=not_registered]").check()
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_url(lambda address: "none" not in address)


def when_the_manager_rings_the_referrer(page):
    page.get_by_role("link", name="is still to be told what was decided").click()
    page.get_by_label("Told by telephone").check()
    page.get_by_role("button", name="Record that they were told").click()
    page.get_by_text("The referrer was told.").wait_for()


def when_a_manager_challenges(page, child):
    page.goto(f"{child}outcomes/challenge/")
    for name, words in CHALLENGE.items():
        page.fill(f"[name={name}]", words)
    page.get_by_label("The work may end").check()


def test_a_closure_waits_until_everything_is_said_and_somebody_asks_again_afterwards(browser, live_hub, axe, tmp_path):
    contexts = [browser.new_context(locale="en-GB", timezone_id="Europe/London") for _ in (MANAGER, WORKER)]
    manager, worker = (context.new_page() for context in contexts)
    for page, name in ((manager, MANAGER), (worker, WORKER)):
        page.set_viewport_size({"width": 1280, "height": 800})
        given_signed_in_as(page, live_hub, name)

    def looked_at(page, name):
        axe(page)
        page.screenshot(path=tmp_path / f"{name}.png", full_page=True)
        page.set_viewport_size({"width": 320, "height": 800})
        then_the_page_fits(page)
        page.screenshot(path=tmp_path / f"{name}-narrow.png", full_page=True)
        page.set_viewport_size({"width": 1280, "height": 800})

    child = given_an_open_case(manager, live_hub)
    when_i_close(manager, child)
    manager.get_by_role("heading", name="Nothing was closed. To be finished first: 5").wait_for()
    assert manager.locator("[name=why]").input_value() == WHY
    looked_at(manager, "refused")

    when_the_manager_rings_the_referrer(manager)
    when_the_worker_says_how_things_stand(worker, child)
    looked_at(worker, "how-things-stand")
    worker.get_by_role("button", name="Save", exact=True).click()
    worker.get_by_text("1 improved, 7 not known").wait_for()
    when_the_worker_tells_school_and_gp(worker, child)
    when_i_close(manager, child)
    manager.get_by_role("heading", name="Nothing was closed. To be finished first: 1").wait_for()
    when_a_manager_challenges(manager, child)
    looked_at(manager, "challenge")
    manager.get_by_role("button", name="Save", exact=True).click()
    manager.get_by_text("The challenge is kept.").wait_for()
    looked_at(manager, "outcomes")
    when_i_close(manager, child)
    manager.get_by_text("The case is closed.").wait_for()

    worker.goto(f"{live_hub}/outcomes/")
    worker.get_by_role("heading", name="Follow-ups to do").wait_for()
    looked_at(worker, "follow-ups")
    for context in contexts:
        context.close()
