"""Governance in Chromium: each page wide and narrow, and the reviews without JavaScript."""

import pytest

from tests.functional.steps import (
    MANAGER,
    WORKER,
    given_signed_in_as,
    given_the_first_of_my_young_people,
    then_the_page_fits,
)

AUDITOR = "Oluchi Carrick"
WIDE, NARROW = {"width": 1280, "height": 800}, {"width": 320, "height": 640}
PLACES = {
    AUDITOR: [
        "/governance/",
        "/governance/access/",
        "/governance/access/?older=long",
        "/governance/access/?reason=emergency&older=36500",
        "/governance/log/",
        "/governance/log/?what=nothing",
        "/governance/unusual/",
        "/governance/unusual/?state=all&days=90",
    ],
    MANAGER: ["/governance/", "/governance/access/", "/governance/access/?reason=allocation"],
}


@pytest.fixture
def plain_page(browser):
    """A page of a browser that runs no script."""
    context = browser.new_context(java_script_enabled=False, locale="en-GB", timezone_id="Europe/London")
    context.set_default_timeout(10_000)
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
@pytest.mark.parametrize("name", PLACES)
def test_pages_of_governance(live_hub, page, axe, name, size):
    given_signed_in_as(page, live_hub, name)
    page.set_viewport_size(size)
    for path in PLACES[name]:
        assert page.goto(live_hub + path).status == 200
        axe(page)
        then_the_page_fits(page)


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
def test_who_sees_a_record(live_hub, page, axe, size):
    given_signed_in_as(page, live_hub, WORKER)
    given_the_first_of_my_young_people(page)
    page.set_viewport_size(size)
    page.get_by_role("link", name="Access", exact=True).click()
    page.get_by_role("heading", name="Who sees this record").wait_for()
    assert page.get_by_role("cell", name="Bethan Maddock").first.is_visible()
    axe(page)
    then_the_page_fits(page)


def given_a_worker_whom_many_pages_refused(page, hub):
    given_signed_in_as(page, hub, "Curtis Bramwell")
    for number in range(10):
        page.goto(f"{hub}/children/00000000-0000-4000-8000-00000000000{number}/")


def test_an_auditor_asks_about_many_refusals_and_says_what_they_made_of_them(live_hub, plain_page, page, axe):
    given_a_worker_whom_many_pages_refused(page, live_hub)
    given_signed_in_as(plain_page, live_hub, AUDITOR)
    plain_page.get_by_role("link", name="Governance").click()
    plain_page.get_by_role("link", name="Unusual access").click()
    plain_page.get_by_role("row", name="Curtis Bramwell").get_by_role("link", name="Many refusals").click()
    plain_page.get_by_role("button", name="Save").click()
    assert "Choose what you make of it" in plain_page.content()
    plain_page.get_by_label("Explained").check()
    plain_page.get_by_label("Why?").fill("An old list of links; spoken to on the telephone.")
    plain_page.get_by_role("button", name="Save").click()
    assert "What you made of it is kept." in plain_page.content()
    assert plain_page.get_by_role("row", name="Curtis Bramwell").get_by_role("link", name="Many refusals").count() == 0


def test_an_auditor_asks_the_log_about_one_worker_and_takes_the_file(live_hub, plain_page):
    given_signed_in_as(plain_page, live_hub, AUDITOR)
    plain_page.goto(f"{live_hub}/governance/log/")
    plain_page.get_by_text("Choose events").click()
    plain_page.get_by_label("Who").select_option(label="Oluchi Carrick, Children's social care")
    plain_page.get_by_role("button", name="Show").click()
    assert "/governance/log/?who=" in plain_page.url
    rows = plain_page.locator("tbody tr")
    assert rows.count() > 1
    assert {row.locator("bdi").first.inner_text() for row in rows.all()} == {AUDITOR}
    with plain_page.expect_download() as download:
        plain_page.get_by_role("link", name="Download these events (CSV)").click()
    assert download.value.suggested_filename == "audit-log.csv"


def test_a_manager_sees_why_a_grant_stands(live_hub, plain_page):
    given_signed_in_as(plain_page, live_hub, MANAGER)
    plain_page.goto(f"{live_hub}/governance/access/")
    plain_page.get_by_text("Choose grants").click()
    plain_page.get_by_label("Reason").select_option(label="Lead or joint worker")
    plain_page.get_by_role("button", name="Show").click()
    assert plain_page.url.endswith("reason=allocation&older=")
    assert plain_page.locator("tbody tr").count() == plain_page.get_by_text("Ends with the allocation").count() > 1
