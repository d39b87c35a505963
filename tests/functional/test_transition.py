"""From childhood to adult life in a browser: an alert at 17 and a half, their words, consent, an adult worker; at 18
the partner is out, and when consent is taken back so is the worker, but not the manager."""

import re

from tests.factories.people import born_so_that_of_age_in
from tests.functional.hub_commands import change
from tests.functional.steps import (
    MANAGER,
    WORKER,
    then_the_page_fits,
    when_i_describe_a_young_person,
)
from tests.functional.whole_hub import WIDE, ZOOMED

PARTNER = "Sunita Hale"
HALF_A_YEAR, LAST_WEEK = 175, -7
SHARED = """
    INSERT INTO need_to_know_grant (id, recorded_at, person_id, agency_id, parts, reason, starts_at)
    SELECT gen_random_uuid(), now(), %s, agency_id, '{identity,transition}', 'Shared', now()
    FROM accounts_user WHERE name = %s
"""


def when_a_young_person_is_born_so_that_of_age_in(child, days):
    """As nothing else can in a minute; what was granted before was granted long ago."""
    change("UPDATE need_to_know_grant SET starts_at = starts_at - interval '300 days' WHERE person_id = %s", child)
    change("UPDATE people_person SET date_of_birth = %s WHERE id = %s", born_so_that_of_age_in(days), child)


def given_a_young_person_of_the_worker(page, address):
    page.goto(f"{address}/referrals/new/")
    page.get_by_label("No, not that we know of").check()
    when_i_describe_a_young_person(page, "Ellis", "Waymark")
    page.get_by_label("Child criminal exploitation").first.check()
    page.get_by_label("Harm that was seen or heard of").fill("Threats over money")
    page.get_by_label("Who does it come from?").select_option("2A")
    page.get_by_role("button", name="Send the referral").click()
    page.goto(f"{address}/referrals/")
    page.get_by_role("link", name="Ellis Waymark").click()
    child = re.search(r"/children/([0-9a-f-]{36})/", page.content()).group(1)
    page.get_by_label("Accepted for assessment").check()
    page.get_by_label("Why?").fill("Threats")
    page.get_by_role("button", name="Record the decision").click()
    page.get_by_text("Decided: accepted for assessment").wait_for()
    page.goto(f"{address}/children/{child}/allocation/")
    chosen = page.locator("select[name=worker] option").filter(has_text=WORKER).get_attribute("value")
    page.locator("select[name=worker]").select_option(chosen)
    page.get_by_label("Lead worker").check()
    page.get_by_role("button", name="Allocate").click()
    page.get_by_text(WORKER).first.wait_for()
    return child


def status(page, address):
    return page.goto(address).status


def when_i_write_and_save(page, address, **fields):
    page.goto(address)
    for name, value in fields.items():
        page.fill(f"[name={name}]", value)
    page.get_by_role("button", name="Save", exact=True).click()
    page.get_by_role("heading", name="On the way to adulthood").wait_for()


def test_from_an_alert_at_17_and_a_half_to_consent_and_its_end(live_hub, at_screens, axe, tmp_path):
    manager, worker, partner = (at_screens(name) for name in (MANAGER, WORKER, PARTNER))
    child = given_a_young_person_of_the_worker(manager, live_hub)
    change(SHARED, child, PARTNER)
    when_a_young_person_is_born_so_that_of_age_in(child, HALF_A_YEAR)
    here = f"{live_hub}/children/{child}/transition/"
    # The alert: on the list, and on the overview.
    worker.goto(f"{live_hub}/transition/")
    row = worker.get_by_role("row").filter(has_text="Ellis Waymark")
    row.get_by_text("alert at 17½").wait_for()
    row.get_by_text("their own words, basis from 18, adult worker, readiness, panel").wait_for()
    axe(worker)
    worker.screenshot(path=tmp_path / "list.png", full_page=True)
    worker.goto(f"{live_hub}/children/{child}/")
    worker.get_by_text("Name an adult worker").first.wait_for()
    # Their words, how ready they are, who takes over.
    when_i_write_and_save(worker, f"{here}words/", what_i_want="A flat with a door that locks", what_worries_me="Rent")
    worker.goto(f"{here}readiness/")
    axe(worker)
    worker.locator("[name=home_status][value=not_yet]").check()
    worker.get_by_role("button", name="Save", exact=True).click()
    when_i_write_and_save(worker, f"{here}adult-worker/new/", name="Morgan Hale", service="Leaving care")
    # Consent, in their words, for the hub only.
    worker.goto(f"{here}basis/new/")
    worker.get_by_label("They agree that the hub goes on working with them").check()
    worker.fill("[name=words]", "Yes, if it stays you")
    worker.get_by_label("The hub’s own workers only").check()
    worker.get_by_role("button", name="Save", exact=True).click()
    worker.get_by_text("From 18 with consent").wait_for()
    worker.get_by_text("A flat with a door that locks").wait_for()
    axe(worker)
    worker.screenshot(path=tmp_path / "wide.png", full_page=True)
    worker.set_viewport_size(ZOOMED)
    then_the_page_fits(worker)
    worker.screenshot(path=tmp_path / "narrow.png", full_page=True)
    worker.set_viewport_size(WIDE)
    assert [status(page, here) for page in (manager, worker, partner)] == [200, 200, 200]
    # At 18: the worker still sees the record, the partner no longer.
    when_a_young_person_is_born_so_that_of_age_in(child, LAST_WEEK)
    change("UPDATE need_to_know_adultbasis SET starts_on = starts_on - 365 WHERE person_id = %s", child)
    assert [status(page, here) for page in (manager, worker, partner)] == [200, 200, 404]
    # They take their consent back: from the next request on the manager alone sees it.
    worker.goto(here)
    worker.get_by_role("link", name="It holds no longer").click()
    worker.fill("[name=why]", "I want to be left alone")
    worker.get_by_role("button", name="Save", exact=True).click()
    worker.get_by_role("heading", name="On the way to adulthood").wait_for()
    assert [status(page, here) for page in (manager, worker, partner)] == [200, 404, 404]
    manager.goto(f"{live_hub}/transition/")
    manager.get_by_role("link", name="Ellis Waymark").first.wait_for()
    manager.get_by_text(re.compile("18 without a basis: ")).wait_for()
