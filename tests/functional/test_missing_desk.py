"""A day at the missing desk, with three users at three screens."""

import csv
import json
from datetime import datetime

import pytest

from tests.factories.exchange import police_row
from tests.functional.hub_commands import ask, manage
from tests.functional.steps import (
    DESK,
    MANAGER,
    given_signed_in_as,
    then_the_page_fits,
    when_i_describe_a_young_person,
)
from trellis.core.clocks import now

COLLEAGUE = "Peter Lowndes"
ESCALATE = "from trellis.missing.tasks import escalate_missing_reports; escalate_missing_reports(0)"


@pytest.fixture
def screens(browser):
    """Three workers, each in a browser of their own."""
    contexts = [browser.new_context(locale="en-GB", timezone_id="Europe/London") for _ in range(3)]
    for context in contexts:
        context.set_default_timeout(15_000)
    yield [context.new_page() for context in contexts]
    for context in contexts:
        context.close()


def reported():
    """How many reports and interviews in time the figures of the year count, by the command."""
    codes = ("missing.reports", "missing.return_interviews.within_72h")
    lines = manage("figures", "--year", "2025/26", *(f"--measure={code}" for code in codes), "--json").splitlines()
    figures = [json.loads(line) for line in lines]
    return [next(f["numerator"] for f in figures if f["measure"] == code and not f["breakdown"]) for code in codes]


def when_the_police_file_comes(folder):
    """One line: a young person not known before, reported an hour ago."""
    told = f"{now():%Y-%m-%dT%H:00Z}"
    row = police_row(police_ref="DAY-1", forename="Juno", surname="Fileborne", reported_at=told, last_seen_at="")
    path = folder / "police.csv"
    with path.open("w", newline="") as file:
        writer = csv.DictWriter(file, row)
        writer.writeheader()
        writer.writerow(row)
    manage("import", "police-missing", str(path))


def fill_moment(page, field, day, month, time):
    for part, value in (("day", day), ("month", month), ("year", 2025), ("time", time)):
        page.fill(f"[name={field}_{part}]", str(value))


def when_a_report_is_taken(page, hub_address):
    """Of the night before the clocks go back."""
    page.goto(f"{hub_address}/missing/new/")
    when_i_describe_a_young_person(page, "Tam", "Deskborne")
    page.get_by_label("Missing from home").check()
    fill_moment(page, "last_seen_at", 25, 10, "20:00")
    fill_moment(page, "reported_at", 25, 10, "22:00")
    page.get_by_role("button", name="Record the report").click()
    page.get_by_text("The report is recorded").first.wait_for()
    return page.url


def row_of(page, name):
    return page.locator("[data-live-row]", has=page.get_by_role("link", name=name))


def when_nobody_takes_it_for_20_minutes():
    moved = "UPDATE missing_missingepisode SET recorded_at = recorded_at - interval '20 minutes'"
    ask(f"{moved} WHERE acknowledged_at IS NULL RETURNING id")
    manage("shell", "-c", ESCALATE)


def test_a_day_at_the_desk(live_hub, screens, axe, tmp_path):
    desk, other, manager = screens
    reports, in_time = reported()
    # Given two workers at the desk, one of whom looks at the list, and their manager,
    given_signed_in_as(desk, live_hub, DESK)
    given_signed_in_as(other, live_hub, COLLEAGUE)
    given_signed_in_as(manager, live_hub, MANAGER)
    desk.goto(f"{live_hub}/missing/")
    axe(desk)
    # when the police's file tells of one young person and a worker takes a report of another,
    when_the_police_file_comes(tmp_path)
    episode = when_a_report_is_taken(other, live_hub)
    # then both come onto the open page by themselves, which says so and stays where it is;
    row_of(desk, "Tam Deskborne").wait_for()
    row_of(desk, "Juno Fileborne").wait_for()
    assert desk.locator("[data-live-said]").inner_text()
    axe(desk)
    # and when nobody takes either, it shows there and on the manager's day.
    when_nobody_takes_it_for_20_minutes()
    row_of(desk, "Tam Deskborne").get_by_text("Escalated").wait_for()
    manager.goto(f"{live_hub}/")
    manager.get_by_text("nobody has taken it").first.wait_for()
    # When one takes it, the other is too late.
    row_of(desk, "Tam Deskborne").get_by_role("button", name="Take it").click()
    desk.get_by_text("You look after them now.").first.wait_for()
    other.goto(episode)
    assert other.get_by_role("button", name="Take it").count() == 0
    # When they come back at half past one on the night the clocks go back, the form asks which;
    desk.goto(f"{episode}return/")
    fill_moment(desk, "returned_at", 26, 10, "01:30")
    desk.get_by_role("button", name="Save").click()
    desk.get_by_role("heading", name="There is a problem").wait_for()
    desk.get_by_label("GMT").check()
    desk.get_by_role("button", name="Save").click()
    desk.get_by_text("The return is recorded").first.wait_for()
    # the interview is due 72 hours that passed later.
    due = "SELECT due_at AT TIME ZONE 'UTC' FROM missing_returninterview WHERE episode_id = %s"
    assert ask(due, episode.rstrip("/").rsplit("/", 1)[1]) == [(datetime(2025, 10, 29, 1, 30),)]
    axe(desk)
    # It is offered and held the day before, and the figures of that year count both.
    when_the_interview_is_offered_and_held(desk)
    assert reported() == [reports + 1, in_time + 1]


def when_the_interview_is_offered_and_held(page):
    page.get_by_role("button", name="Record that it was offered").click()
    page.get_by_label("A visit").check()
    fill_moment(page, "offered_at", 27, 10, "10:00")
    page.get_by_role("button", name="Save").click()
    page.get_by_text("The offer is recorded").first.wait_for()
    page.get_by_role("button", name="Record the interview").click()
    fill_moment(page, "completed_at", 28, 10, "16:30")
    page.get_by_label("A worker of the missing team").check()
    page.get_by_label("What did they say?").fill("“I wanted to see my brother.”")
    page.get_by_label("The main reason they were missing").select_option("contact_with_family")
    page.get_by_role("button", name="Save the interview").click()
    page.get_by_text("The return interview is recorded").first.wait_for()


@pytest.mark.parametrize("width", [1280, 320])
def test_the_desk_and_an_episode_fit(live_hub, page, axe, width):
    given_signed_in_as(page, live_hub, DESK)
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(f"{live_hub}/missing/")
    axe(page)
    then_the_page_fits(page)
    page.locator("[data-live-row] a").first.click()
    page.get_by_role("heading", name="Missing on").wait_for()
    axe(page)
    then_the_page_fits(page)
    for name in ("Grade the risk", "Correct or add to it", "Merge with another report"):
        address = page.url
        page.get_by_role("link", name=name).or_(page.get_by_role("button", name=name)).first.click()
        page.get_by_role("heading", name=name).wait_for()
        axe(page)
        then_the_page_fits(page)
        page.goto(address)
