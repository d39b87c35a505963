"""Accounts: looked after by an administrator, and a new one taken up by whoever it is for."""

import re
from datetime import UTC, datetime

import pyotp
import pytest

from tests.functional.conftest import PASSWORD
from tests.functional.steps import given_signed_in_as, then_the_page_fits

ADMINISTRATOR = "Colin Wragg"
SIZES = [{"width": 1280, "height": 800}, {"width": 320, "height": 640}]


def given_an_administrator(page, hub, path):
    """Signed in, with the step-up of an invented person: one click."""
    given_signed_in_as(page, hub, ADMINISTRATOR)
    page.goto(f"{hub}{path}")


@pytest.fixture
def check(axe, page):
    """Nothing for axe to find, wide and narrow, and nothing to scroll sideways."""

    def looked_at():
        for size in SIZES:
            page.set_viewport_size(size)
            axe(page)
            then_the_page_fits(page)

    return looked_at


def test_an_administrator_finds_an_account_and_changes_what_it_holds(live_hub, page, check):
    given_an_administrator(page, live_hub, "/accounts/")
    check()
    page.get_by_label("Name or e-mail address").fill("nobody called this")
    page.get_by_role("button", name="Find").click()
    page.get_by_text("Nobody is called this").wait_for()
    check()
    page.get_by_label("Name or e-mail address").fill("")
    page.get_by_role("button", name="Find").click()
    page.get_by_role("heading", name="There is a problem").wait_for()
    check()
    page.get_by_label("Name or e-mail address").fill("wragg")
    page.get_by_role("button", name="Find").click()
    page.get_by_role("main").get_by_role("link", name=ADMINISTRATOR).click()
    page.get_by_text("another administrator changes it").wait_for()
    check()
    page.goto(f"{live_hub}/accounts/")
    page.get_by_label("Agency").select_option("police")
    page.get_by_role("button", name="Show").click()
    page.get_by_role("table").get_by_role("link").first.click()
    page.get_by_role("heading", name="Memberships").wait_for()
    check()
    page.get_by_role("button", name="Add a membership").click()
    check()
    page.get_by_role("button", name="Add it").click()
    page.get_by_role("heading", name="There is a problem").wait_for()
    check()
    page.get_by_label("Team").select_option("analysis")
    page.get_by_label("Role").select_option("analyst")
    page.get_by_role("button", name="Add it").click()
    page.get_by_text("The membership is added.").wait_for()
    check()
    page.get_by_role("link", name="End Analyst in Analysis").click()
    check()
    page.get_by_role("button", name="End it").click()
    page.get_by_text("The membership ends then.").wait_for()
    for link in ("Change the details", "Move to another agency", "Close this account"):
        page.get_by_role("link", name=link).click()
        check()
        page.get_by_role("link", name="Leave it as it is").click()


def test_an_account_is_opened_closed_and_opened_again(live_hub, page, check):
    given_an_administrator(page, live_hub, "/accounts/new/")
    page.get_by_role("button", name="Open the account").click()
    page.get_by_role("heading", name="There is a problem").wait_for()
    check()
    page.get_by_label("Name", exact=True).fill("Idris Vale-Featherstonehaugh-Wolstenholme")
    page.get_by_label("Work e-mail address").fill("idris@example.org")
    for box, code in (("Agency", "health"), ("Team", "hub"), ("Role", "practitioner")):
        page.get_by_label(box, exact=True).select_option(code)
    page.get_by_role("button", name="Open the account").click()
    page.get_by_text("/invitation/").wait_for()
    check()
    page.get_by_role("button", name="To the account").click()
    for link, button, said in (
        ("Reset the second steps", "Reset them", "Their second steps are reset."),
        ("Close this account", "Close the account", "The account is closed."),
        ("Open this account again", "Open the account", "The account is open again."),
    ):
        page.get_by_role("link", name=link).click()
        check()
        page.get_by_role("button", name=button).click()
        page.get_by_text(said).wait_for()
        check()
    page.get_by_role("link", name="Make an invitation link").click()
    check()
    page.get_by_role("button", name="Make the link").click()
    page.get_by_text("/invitation/").wait_for()


def test_whoever_is_invited_comes_in_through_password_and_second_step(real_hub, page, check):
    path = real_hub.open_account("nia@example.org", "Nia Marsh", role="administrator", team="management")
    page.goto(real_hub.address + path)
    page.get_by_role("button", name="Set the password").click()
    page.get_by_role("heading", name="There is a problem").wait_for()
    check()
    page.get_by_label("Choose a password").fill(PASSWORD)
    page.get_by_role("button", name="Set the password").click()
    page.get_by_role("link", name=re.compile("app", re.IGNORECASE)).or_(
        page.get_by_role("button", name=re.compile("app", re.IGNORECASE))
    ).first.click()
    secret = re.search(r"(?:[A-Z2-7]{4} ){3,}[A-Z2-7]{4}", page.locator("main").inner_text())[0].replace(" ", "")
    page.locator("[name=code]").fill(pyotp.TOTP(secret).at(datetime.now(UTC)))
    page.keyboard.press("Enter")
    page.wait_for_url("**/account/recovery-codes/")
    page.goto(f"{real_hub.address}/accounts/")
    page.get_by_role("main").get_by_role("link", name="Nia Marsh").wait_for()
    page.get_by_role("button", name="Sign out").first.click()
    page.goto(real_hub.address + path)
    page.get_by_role("heading", name="This link cannot be used").wait_for()
    check()
