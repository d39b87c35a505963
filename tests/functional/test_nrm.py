"""A referral to the National Referral Mechanism from its sending to a list without anything overdue, in Chromium."""

from datetime import timedelta

from tests.functional.steps import WORKER, given_signed_in_as, then_the_page_fits, when_i_fill_in_the_moment
from trellis.core.clocks import today

WIDE, NARROW = {"width": 1280, "height": 800}, {"width": 320, "height": 640}
THREE_WEEKS = 21 * 24


def given_a_young_person_who_was_not_referred(page):
    """Opens the NRM page of the first of my young people without a referral; gives its address."""
    records = [link.get_attribute("href") for link in page.locator(".trellis-people h3 a").all()]
    hub = page.url.rstrip("/")
    for record in records:
        page.goto(f"{hub}{record}nrm/")
        if page.get_by_text("has not been referred.").count():
            return page.url
    raise AssertionError("everybody was referred")


def when_i_fill_in_the_day(page, field, day):
    for part in ("day", "month", "year"):
        page.fill(f"[name={field}_{part}]", str(getattr(day, part)))


def test_a_referral_is_sent_decided_and_overdue_no_more(live_hub, page, axe):
    given_signed_in_as(page, live_hub, WORKER)
    here = given_a_young_person_who_was_not_referred(page)
    axe(page)
    # When she refers them three weeks ago and forgets one answer, everything typed is kept;
    page.get_by_role("button", name="Refer to the NRM").click()
    when_i_fill_in_the_moment(page, "submitted_at", THREE_WEEKS)
    page.locator("[name=body][value=central]").check()
    page.locator("[name=types][value=criminal]").check()
    page.locator("[name=happened_where][value=uk]").check()
    page.fill("[name=account]", "Found far from home with two phones")
    page.get_by_role("button", name="Save").click()
    page.get_by_role("heading", name="There is a problem").wait_for()
    axe(page)
    assert page.locator("[name=account]").input_value() == "Found far from home with two phones"
    page.locator("[name=county_lines][value=yes]").check()
    page.get_by_role("button", name="Save").click()
    page.get_by_text("The referral is recorded.").wait_for()
    # then it is overdue on the team's list;
    page.goto(f"{live_hub}/nrm/?only=overdue")
    path = here.removeprefix(live_hub)
    assert page.locator(f"table a[href='{path}']").count() == 1
    axe(page)
    for size in (WIDE, NARROW):
        page.set_viewport_size(size)
        then_the_page_fits(page)
    page.set_viewport_size(WIDE)
    # when reasonable grounds are decided, it is no more;
    page.goto(here)
    page.get_by_role("link", name="Record a decision").click()
    page.locator("[name=stage][value=reasonable]").check()
    page.locator("[name=outcome][value=positive]").check()
    when_i_fill_in_the_day(page, "decided_on", today() - timedelta(days=1))
    page.get_by_role("button", name="Save").click()
    page.get_by_text("The decision is recorded.").wait_for()
    # conclusive grounds cannot be decided yet, and the page says from when;
    page.get_by_role("link", name="Record a decision").click()
    page.locator("[name=outcome][value=positive]").check()
    when_i_fill_in_the_day(page, "decided_on", today())
    page.get_by_role("button", name="Save").click()
    page.get_by_text("does not decide conclusive grounds before").first.wait_for()
    # a guardian is asked for.
    page.goto(here)
    page.get_by_role("link", name="Ask for a guardian").click()
    when_i_fill_in_the_day(page, "asked_on", today())
    page.fill("[name=service]", "A guardian service")
    page.get_by_role("button", name="Save").click()
    page.get_by_text("a guardian was asked for").wait_for()
    axe(page)
    page.set_viewport_size(NARROW)
    then_the_page_fits(page)
    page.set_viewport_size(WIDE)
    page.goto(f"{live_hub}/nrm/?only=overdue")
    assert page.locator(f"table a[href='{path}']").count() == 0
