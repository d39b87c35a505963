"""A teacher without an account refers a young person through the public door: a real mail server takes the code and
the acknowledgement, the real job worker sends them, and the hub finds the referral in its queue."""

import json
import re
import time

import pytest
from playwright.sync_api import Page

from tests.factories.documents import pdf_file
from tests.functional.steps import (
    WORKER,
    given_signed_in_as,
    then_the_page_fits,
    when_i_describe_a_young_person,
    without_script_by_night,
)
from tests.functional.whole_hub import WIDE, ZOOMED
from tests.support.mailbox import Mailbox

WITHIN_SECONDS = 20
FEARED = "Two older people wait at the gate in a grey car"
SCHOOL = "Somebody Teaching"
JOBS = "SELECT task_name, args::text FROM procrastinate_jobs WHERE task_name LIKE 'referrals.%%'"


@pytest.fixture
def looked_at(axe):
    def look(page):
        if page.has_script:
            axe(page)
            for size in (ZOOMED, WIDE):
                page.set_viewport_size(size)
                then_the_page_fits(page)

    return look


@pytest.fixture
def teacher(any_page):
    """Somebody at a place of their own, so that one's wrong codes do not shut out the next."""
    number = 10 + any_page.has_script
    any_page.context.set_extra_http_headers({"X-Forwarded-For": f"192.0.2.{number}"})
    any_page.email = f"teacher{number}@school.example"
    any_page.family = "Throughdoor" if any_page.has_script else "Plaindoor"
    return any_page


def the_letter(mailbox: Mailbox, to: str, subject: str):
    """Waits for it: the job worker sends it when the request is over."""
    until = time.monotonic() + WITHIN_SECONDS
    while time.monotonic() < until:
        found = [one for one in mailbox.messages if one["X-To"] == to and one["Subject"] == subject]
        if found:
            return found[-1]
        time.sleep(0.1)
    raise AssertionError(f"no e-mail with the subject {subject!r} came")


def when_i_ask_for_a_code(page: Page, connected, email: str) -> str:
    """Gives the code that came."""
    connected.mailbox.messages.clear()
    page.goto(f"{connected.address}/refer/")
    page.get_by_label("Your work e-mail address").fill(email)
    page.get_by_role("button", name="Send me a code").click()
    page.get_by_role("heading", level=1, name="Type the code from the e-mail").wait_for()
    return re.search(r"\d{6}", the_letter(connected.mailbox, email, "Your code").get_payload())[0]


def when_i_type_the_code(page: Page, code: str) -> None:
    page.get_by_label("Code").fill(code)
    page.get_by_role("button", name="Go on").click()


def when_i_fill_in_the_form(page: Page, family: str) -> None:
    page.get_by_label("No, not that we know of").check()
    when_i_describe_a_young_person(page, "Perran", family)
    page.get_by_label("Child criminal exploitation").first.check()
    page.fill("[name=concerns]", FEARED)
    page.locator("[name=child_knows][value=no]").check()
    page.get_by_label("Your name").fill(SCHOOL)
    page.get_by_label("Your job").fill("Form tutor")
    page.get_by_label("Where you work").fill("The school by the canal")
    page.get_by_label("What kind of place is it?").select_option("2A")
    page.set_input_files("[name=file]", {"name": "What I saw.pdf", "mimeType": "application/pdf", "buffer": pdf_file()})


def wrong(code: str) -> str:
    return f"{(int(code) + 1) % 10**6:06}"


def test_a_teacher_refers_with_a_file_and_the_hub_finds_it(connected, teacher, looked_at, browser):
    page = teacher
    code = when_i_ask_for_a_code(page, connected, page.email)
    looked_at(page)
    # A wrong code is said to be wrong; the right one opens the form.
    when_i_type_the_code(page, wrong(code))
    page.get_by_text("The code is not right").first.wait_for()
    looked_at(page)
    when_i_type_the_code(page, code)
    page.get_by_label("Your name").wait_for()
    looked_at(page)
    # What is left out is asked for, in words, and what was typed stays.
    page.get_by_label("Your name").fill(SCHOOL)
    page.get_by_role("button", name="Send the referral").click()
    page.get_by_role("heading", name="There is a problem").wait_for()
    assert page.get_by_label("Your name").input_value() == SCHOOL
    looked_at(page)
    when_i_fill_in_the_form(page, page.family)
    page.get_by_role("button", name="Send the referral").click()
    page.get_by_role("heading", level=1, name="Referral received").wait_for()
    looked_at(page)
    reference = page.locator(".trellis-reference").inner_text()
    # The acknowledgement names the reference; no e-mail, address or job names the young person or says what is feared.
    arrived = the_letter(connected.mailbox, page.email, "Your referral arrived")
    assert reference in arrived.get_payload()
    jobs = connected.ask(JOBS)
    assert jobs
    assert all(json.loads(args).keys() <= {"pass_id", "referral_id"} for _, args in jobs)
    told = f"{connected.mailbox.whole} {jobs} {page.url} {page.title()}"
    for word in ("Perran", page.family, FEARED, SCHOOL, "canal", "What I saw"):
        assert word not in told, word
    then_the_hub_finds_it(connected, browser, page.family)


def then_the_hub_finds_it(connected, browser, family: str) -> None:
    """In the queue, with who sent it, and the file held: there is no scanner yet."""
    context = browser.new_context(locale="en-GB", timezone_id="Europe/London")
    page = context.new_page()
    page.set_default_timeout(15_000)
    given_signed_in_as(page, connected.address, WORKER)
    page.goto(f"{connected.address}/referrals/")
    page.get_by_role("link", name=f"Perran {family}").click()
    page.get_by_text(f"{SCHOOL}, Form tutor, The school by the canal").first.wait_for()
    page.get_by_text(FEARED).first.wait_for()
    line = page.get_by_role("listitem").filter(has_text="What I saw.pdf")
    assert "Held" in line.inner_text()
    line.get_by_role("link", name="Documents").click()
    row = page.get_by_role("row").filter(has_text="What I saw.pdf")
    assert "with a referral" in row.inner_text()
    assert row.get_by_role("link", name="What I saw.pdf", exact=True).count() == 0
    context.close()


@without_script_by_night
def test_a_code_that_was_typed_wrongly_too_often_opens_nothing(connected, teacher, looked_at):
    page = teacher
    number = 20 + page.has_script
    guesser = f"guesser{number}@school.example"
    page.context.set_extra_http_headers({"X-Forwarded-For": f"192.0.2.{number}"})
    code = when_i_ask_for_a_code(page, connected, guesser)
    for _ in range(5):
        when_i_type_the_code(page, wrong(code))
        page.get_by_role("heading", name="There is a problem").wait_for()
    # Then there is nothing to type it into, and the form stays shut.
    page.get_by_text("This code is used up").wait_for()
    assert page.get_by_label("Code").count() == 0
    looked_at(page)
    page.goto(f"{connected.address}/refer/form/")
    page.get_by_label("Your work e-mail address").wait_for()
    # After three codes none goes out to this address for a while.
    for _ in range(2):
        when_i_ask_for_a_code(page, connected, guesser)
    page.goto(f"{connected.address}/refer/")
    page.get_by_label("Your work e-mail address").fill(guesser)
    page.get_by_role("button", name="Send me a code").click()
    page.get_by_role("heading", name="There is a problem").wait_for()
    page.get_by_text("no more go out for an hour").first.wait_for()
    looked_at(page)
