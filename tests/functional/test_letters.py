"""A GP is told that a case is closing: a real mail server takes the link, the practice collects the letter with the
code told by telephone and confirms it, and the worker sees that they have it."""

import re
import time

from playwright.sync_api import expect

from tests.functional.steps import given_signed_in_as, then_the_page_fits
from tests.functional.whole_hub import WIDE, ZOOMED

PRACTICE, ADDRESS = "Rowan Practice", "reception@practice.example"
OPEN = """
    SELECT held.person_id, worker.name FROM cases_case held
        JOIN cases_allocation allocated ON allocated.case_id = held.id AND allocated.ends_on IS NULL
        JOIN accounts_user worker ON worker.id = allocated.worker_id
    WHERE held.status = 'open' AND allocated.part = 'lead' ORDER BY held.opened_on DESC, held.id LIMIT 1
"""
WITHIN_SECONDS = 20


def the_link(mailbox) -> str:
    until = time.monotonic() + WITHIN_SECONDS
    while time.monotonic() < until:
        found = [one for one in mailbox.messages if one["X-To"] == ADDRESS]
        if found:
            return re.search(r"/letters/[\w-]+/", found[-1].get_payload())[0]
        time.sleep(0.1)
    raise AssertionError("no e-mail came")


def looked_at(page, axe):
    axe(page)
    for size in (ZOOMED, WIDE):
        page.set_viewport_size(size)
        then_the_page_fits(page)


def test_a_gp_collects_the_letter_and_the_worker_sees_it(connected, page, browser, axe):
    ((child, worker),) = connected.ask(OPEN)
    given_signed_in_as(page, connected.address, worker)
    page.goto(f"{connected.address}/children/{child}/health/")
    looked_at(page, axe)
    page.get_by_role("link", name="Tell the GP that the case is closing").click()
    page.get_by_label("Who is it for?").fill(PRACTICE)
    page.get_by_label("Their e-mail address").fill("reception")
    page.get_by_role("button", name="Prepare the letter").click()
    page.get_by_role("heading", name="There is a problem").wait_for()
    page.get_by_label("Their e-mail address").fill(ADDRESS)
    looked_at(page, axe)
    page.get_by_role("button", name="Prepare the letter").click()
    page.get_by_role("button", name="Make the access code").click()
    code = page.get_by_role("heading", name="Access code").locator("strong").inner_text()
    looked_at(page, axe)
    link = the_link(connected.mailbox)
    outside = browser.new_context().new_page()
    outside.goto(connected.address + link)
    outside.get_by_label("Access code").fill("1111 1111")
    outside.get_by_role("button", name="Get the letter").click()
    outside.get_by_text("The code is not right").first.wait_for()
    looked_at(outside, axe)
    outside.get_by_label("Access code").fill(code)
    with outside.expect_download() as file:
        outside.get_by_role("button", name="Get the letter").click()
    assert file.value.suggested_filename == "letter.pdf"
    outside.get_by_role("button", name="Confirm that you have it").click()
    outside.get_by_role("heading", level=1, name="Thank you").wait_for()
    outside.context.close()
    page.goto(f"{connected.address}/children/{child}/health/")
    row = page.get_by_role("listitem").filter(has_text=PRACTICE).first
    expect(row).to_contain_text("Acknowledged")
    page.goto(f"{connected.address}/health/")
    looked_at(page, axe)
