"""A young person's way through the hub, as five people of four agencies: referred, assessed, signed off, planned with,
assessed again with another tool. Each of the five looks through a browser of their own."""

import os
import re

import psycopg
import pytest

from tests.functional.steps import given_signed_in_as, then_the_page_fits, when_i_describe_a_young_person
from tests.support import hub
from tests.support.context import SEES_ALL
from trellis.core.clocks import today

SCHOOL, MANAGER, WORKER, NURSE, OFFICER = (
    "Sunita Hale",
    "Fiona Gledhill",
    "Bethan Maddock",
    "Maureen Achebe-Holt",
    "Priya Venn",
)
PEOPLE = (SCHOOL, MANAGER, WORKER, NURSE, OFFICER)
SCORED = "Exploitation measurement tool (SAMPLE, scored), version 1"
UNSCORED = "Strengths and safety conversation (SAMPLE, not scored), version 1"
WANTS = "I want to be picked for the team again."
PROMISED = "Walk home with him from training on Thursdays"
TRUSTS = "Nan, and the coach when he answers."


@pytest.fixture
def five(browser, live_hub):
    """Each of the five in a browser of their own, signed in."""
    contexts = {name: browser.new_context(locale="en-GB", timezone_id="Europe/London") for name in PEOPLE}
    pages = {name: context.new_page() for name, context in contexts.items()}
    for name, page in pages.items():
        page.set_default_timeout(15_000)
        page.set_viewport_size({"width": 1280, "height": 800})
        given_signed_in_as(page, live_hub, name)
    yield pages
    for context in contexts.values():
        context.close()


@pytest.fixture
def looked_at(axe, tmp_path):
    """A page is fit to be read, wide and narrow; its picture is kept for whoever looks."""
    taken = []

    def look(page, name):
        axe(page)
        page.set_viewport_size({"width": 320, "height": 800})
        then_the_page_fits(page)
        page.set_viewport_size({"width": 1280, "height": 800})
        taken.append(name)
        page.screenshot(path=tmp_path / f"{len(taken):02}-{name}.png", full_page=True)

    return look


def when_the_school_refers(page, hub_address):
    page.goto(f"{hub_address}/referrals/new/")
    page.get_by_label("No, not that we know of").check()
    when_i_describe_a_young_person(page, "Corin", "Throughway")
    page.get_by_label("Child criminal exploitation").first.check()
    page.get_by_label("Harm that was seen or heard of").fill("A burn on the arm that nobody explains")
    page.get_by_label("What goes well, and who helps").fill("Never misses training")
    page.get_by_label("Who does it come from?").select_option("2A")
    page.get_by_role("button", name="Send the referral").click()
    page.get_by_role("heading", name="Referral received").wait_for()


def when_the_hub_triages(page, hub_address):
    """Accepts it for assessment and gives it to a worker; gives the path of the young person's record."""
    page.goto(f"{hub_address}/referrals/")
    page.get_by_role("link", name="Corin Throughway").click()
    child = re.search(r"/children/[0-9a-f-]{36}/", page.content()).group(0)
    page.get_by_label("Accepted for assessment").check()
    page.get_by_label("Why?").fill("Hurt, and afraid to say by whom")
    page.get_by_role("button", name="Record the decision").click()
    page.get_by_text("Decided: accepted for assessment").wait_for()
    page.goto(f"{hub_address}{child}allocation/")
    page.locator("select[name=worker]").select_option(
        page.locator("select[name=worker] option").filter(has_text=WORKER).get_attribute("value")
    )
    page.get_by_label("Lead worker").check()
    page.get_by_role("button", name="Allocate").click()
    page.get_by_text(WORKER).first.wait_for()
    return child


def when_the_worker_begins(page, child, tool):
    """Opens the assessment; gives its address."""
    page.goto(f"{child}assessments/begin/")
    page.get_by_label(tool).check()
    if page.locator("[name=clock_started_on_day]").input_value() == "":
        fill_today(page, "clock_started_on")
    page.get_by_role("button", name="Begin").click()
    page.get_by_role("heading", name="What there is to fill in").wait_for()
    return page.url


def fill_today(page, field):
    for part, value in (("day", today().day), ("month", today().month), ("year", today().year)):
        page.fill(f"[name={field}_{part}]", str(value))


def when_every_part_is_answered(page, assessment, choose):
    """Of each item the ``choose``-th of its answers; where words are asked, words."""
    page.goto(assessment)
    page.locator(".govuk-task-list__link").first.click()
    while True:
        for group in page.locator("fieldset:has(input[type=radio][name$=_value])").all():
            group.locator("input[type=radio]").nth(choose).check(force=True)
        for area in page.locator("textarea[name$=_value]").all():
            area.fill("Said on the way to training")
        onwards = page.get_by_role("button", name="Save and go on")
        if not onwards.count():
            page.get_by_role("button", name="Save", exact=True).click()
            break
        onwards.click()
    page.get_by_role("heading", name="What there is to fill in").wait_for()


def when_views_are_written(page, assessment, changes):
    page.goto(f"{assessment}views/")
    page.fill("[name=childs_view]", "They keep ringing. I don't owe them anything.")
    page.fill("[name=childs_view_how]", "In the car after training, alone with the worker")
    page.fill("[name=analysis]", "Older people waited outside school until he took a parcel. Home is warm.")
    page.locator("[name=nrm_considered][value=no]").check()
    page.fill("[name=nrm_why]", "No sign yet of travel or work under threat; asked again at the review")
    page.fill("[name=best_who]", "His coach")
    page.fill("[name=best_why]", "He rings the coach when it is bad")
    for area, change in changes.items():
        page.locator(f"[name=area_{area}_change][value={change}]").check()
    page.get_by_role("button", name="Save", exact=True).click()
    page.get_by_role("heading", name="What there is to fill in").wait_for()


def when_it_is_judged_and_submitted(page, assessment):
    page.goto(f"{assessment}judgement/")
    if page.locator("[name=band]").count():
        page.locator("[name=band]").nth(1).check()
        page.fill("[name=why]", "The places matter more than the sum of signs")
    page.fill("[name=words]", "The worry is about the corner by the station, and there is much to build on")
    page.get_by_role("button", name="Save", exact=True).click()
    page.get_by_role("button", name="Submit for sign-off").click()
    page.get_by_text("Waiting for sign-off").first.wait_for()


def when_a_partner_is_asked(page, assessment, agency):
    page.goto(f"{assessment}contributions/ask/")
    page.get_by_label("Which agency?").select_option(label=agency)
    page.fill("[name=question]", "What do you know, and what goes well?")
    page.get_by_role("button", name="Ask", exact=True).click()
    page.get_by_role("heading", name="What there is to fill in").wait_for()


def when_a_partner_contributes(page, hub_address, words):
    page.goto(f"{hub_address}/assessments/")
    page.get_by_role("link", name="Corin Throughway").first.click()
    page.get_by_label("Yes").check()
    page.fill("[name=text]", words)
    page.fill("[name=strengths]", "Keeps what he promises")
    page.get_by_role("button", name="Send", exact=True).click()
    page.get_by_text("Thank you.").first.wait_for()


def when_a_fortnight_passes(assessment):
    """Moves the assessment's clock, as nothing else can in a minute."""
    key = re.search(r"/assessments/([0-9a-f-]{36})/", assessment).group(1)
    urls = hub.server().urls_of(f"test_{hub.CHECKOUT}_{os.getpid()}_live")
    moved = "UPDATE assessments_assessment SET clock_started_on = clock_started_on - 14, due_on = due_on - 14"
    with psycopg.connect(urls.owner, options=f"-c trellis.duty={SEES_ALL.duty}") as connection:
        assert connection.execute(f"{moved} WHERE id = %s", [key]).rowcount == 1


def when_the_manager_signs_off(page, assessment):
    page.goto(f"{assessment}sign-off/")
    page.get_by_label("Sign it off").check()
    page.get_by_role("button", name="Save", exact=True).click()
    page.get_by_text("Signed off").first.wait_for()


def when_the_plan_is_agreed(page, child):
    page.goto(f"{child}plan/open/")
    page.fill("[name=what_matters]", "Playing on Saturdays")
    page.get_by_role("button", name="Save", exact=True).click()
    page.goto(f"{child}plan/phase/")
    page.get_by_label("Getting to know each other").check()
    fill_today(page, "on")
    page.get_by_role("button", name="Save", exact=True).click()
    page.goto(f"{child}plan/goals/new/")
    page.fill("[name=words]", WANTS)
    page.get_by_role("button", name="Save", exact=True).click()
    page.get_by_role("link", name="How it goes on").first.click()
    page.get_by_label("Agreed").check()
    fill_today(page, "on")
    page.get_by_role("button", name="Save", exact=True).click()
    page.goto(f"{child}plan/phase/")
    page.get_by_label("Goals agreed").check()
    fill_today(page, "on")
    page.get_by_role("button", name="Save", exact=True).click()
    page.goto(f"{child}plan/safety/")
    page.fill("[name=people_i_trust]", TRUSTS)
    page.get_by_label("These are their own words").check()
    page.get_by_role("button", name="Save", exact=True).click()
    page.goto(f"{child}plan/tasks/new/")
    page.fill("[name=what]", PROMISED)
    fill_today(page, "due_on")
    page.locator("select[name=owner]").select_option("")
    page.fill("[name=owner_name]", "The coach")
    page.get_by_role("button", name="Save", exact=True).click()


def test_from_a_teachers_worry_to_a_plan_and_an_honest_comparison(live_hub, five, looked_at):
    school, manager, worker, nurse, officer = (five[name] for name in PEOPLE)
    # A school refers; the hub triages and gives it to a worker.
    when_the_school_refers(school, live_hub)
    looked_at(school, "receipt")
    path = when_the_hub_triages(manager, live_hub)
    child = live_hub + path
    looked_at(manager, "allocated")
    # The worker assesses with the scored tool, a nurse and an officer contribute.
    first = when_the_worker_begins(worker, child, SCORED)
    looked_at(worker, "assessment-begun")
    when_every_part_is_answered(worker, first, choose=2)
    for agency in ("Health", "Police"):
        when_a_partner_is_asked(worker, first, agency)
    when_a_partner_contributes(nurse, live_hub, "Two visits for burns since June")
    when_a_partner_contributes(officer, live_hub, "Seen by the station with older people")
    looked_at(nurse, "contributed")
    for words in ("Two visits for burns since June", "Seen by the station with older people"):
        worker.goto(first)
        worker.get_by_text(words).wait_for()
    when_views_are_written(worker, first, {})
    when_it_is_judged_and_submitted(worker, first)
    looked_at(worker, "assessment-submitted")
    # The manager signs off on day 14.
    when_a_fortnight_passes(first)
    manager.goto(f"{live_hub}/assessments/")
    manager.get_by_role("row").filter(has_text="Corin Throughway").get_by_text("Waiting for sign-off").wait_for()
    looked_at(manager, "board")
    when_the_manager_signs_off(manager, first)
    looked_at(manager, "signed-off")
    # The plan is agreed and printed, for the meeting and for him.
    when_the_plan_is_agreed(worker, child)
    worker.goto(f"{child}plan/")
    looked_at(worker, "plan")
    for copy in ("print", "for-me"):
        worker.goto(f"{child}plan/{copy}/")
        for words in (WANTS, TRUSTS, *([PROMISED] if copy == "print" else [])):
            worker.get_by_text(words).first.wait_for()
        looked_at(worker, f"plan-{copy}")
    # The second assessment uses the tool that is not scored.
    second = when_the_worker_begins(worker, child, UNSCORED)
    when_every_part_is_answered(worker, second, choose=0)
    when_views_are_written(worker, second, {"education": "improved", "missing": "worse"})
    when_it_is_judged_and_submitted(worker, second)
    when_the_manager_signs_off(manager, second)
    # The comparison tells the truth: what was stated, a break between the tools, and no sum across them.
    worker.goto(f"{child}assessments/compare/")
    worker.get_by_text("Break: another tool or version from here").wait_for()
    assert worker.get_by_role("row").filter(has_text="Interest and part in education").get_by_text("Improved").count()
    assert worker.get_by_role("row").filter(has_text="Missing episodes").get_by_text("Worse").count()
    assert worker.get_by_role("row").filter(has_text="Alcohol and other substances").get_by_text("Not known").count()
    assert worker.get_by_role("heading", name="By part of the tool").count() == 0
    looked_at(worker, "compared")
    # Each sees what they may: those of the hub the record, the school nothing of it.
    for page in (nurse, officer):
        page.goto(f"{child}plan/")
        page.get_by_text(WANTS).first.wait_for()
    for part in ("", "plan/", "assessments/", first.removeprefix(child)):
        assert school.goto(child + part).status == 404
    assert nurse.goto(f"{first}sign-off/").status == 403
    assert officer.goto(f"{live_hub}{path}allocation/").status == 403
