"""Signing in with an OpenID provider that we did not write, in a real browser, and being turned away."""

import signal
import time

import pytest

from tests.functional.steps import then_the_page_fits


@pytest.fixture(scope="module")
def with_accounts(real_hub):
    for email, name in (
        ("sam@example.org", "Sam Field"),
        ("mia@example.org", "Mia Stone"),
        ("sam2@example.org", "Sam Two"),
    ):
        real_hub.open_account(email, name)
    real_hub.open_account("closed@example.org", "Cleo Shut")
    real_hub.ask("UPDATE accounts_user SET is_active = false WHERE email = 'closed@example.org'")
    return real_hub


def when_i_choose_single_sign_on(page, hub):
    page.goto(f"{hub.address}/sign-in/")
    page.get_by_role("button", name="Sign in with your Northfield account").click()


def when_i_sign_in_there_as(page, hub, login):
    page.wait_for_url(f"{hub.issuer}/interaction/**")
    page.fill("[name=login]", login)
    page.fill("[name=password]", "any")
    page.click("button[type=submit]")
    page.wait_for_selector("text=Authorize")
    page.click("button[type=submit]")


def then_it_stopped_because(page, axe, words):
    page.get_by_role("heading", level=1, name=words).wait_for()
    axe(page)
    then_the_page_fits(page)
    page.get_by_role("button", name="Back to sign in").click()
    page.get_by_role("heading", name="Sign in", exact=True).wait_for()


def test_somebody_with_an_account_goes_there_and_back_and_shows_a_second_step_here(with_accounts, page, axe):
    app = with_accounts.give_app("sam@example.org")
    page.goto(f"{with_accounts.address}/sign-in/?next=/referrals/")
    axe(page)
    page.get_by_role("button", name="Sign in with your Northfield account").click()
    when_i_sign_in_there_as(page, with_accounts, "sam")
    page.get_by_label("Code from your authenticator app").fill(app.now())
    page.keyboard.press("Enter")
    page.get_by_role("heading", level=1, name="Referrals").wait_for()
    assert page.url == f"{with_accounts.address}/referrals/"
    linked = "SELECT issuer, subject FROM accounts_signinidentity JOIN accounts_user u ON u.id = user_id"
    assert with_accounts.ask(f"{linked} WHERE email = %s", "sam@example.org") == [(with_accounts.issuer, "sam")]
    ways = with_accounts.ask("SELECT why FROM audit_log_auditevent WHERE action = 'sign_in'")
    assert ("single sign-on and authenticator app",) in ways


def test_whoever_showed_a_second_step_there_is_in_at_once(with_accounts, page):
    when_i_choose_single_sign_on(page, with_accounts)
    when_i_sign_in_there_as(page, with_accounts, "mia")
    page.get_by_role("heading", level=1, name="My day").wait_for()
    page.get_by_role("button", name="Sign out").first.click()
    page.get_by_role("heading", name="Sign in", exact=True).wait_for()


@pytest.mark.parametrize("login", ["stranger", "unverified", "closed"])
@pytest.mark.parametrize("width", [1280, 320])
def test_whoever_has_no_open_account_here_is_told_so(with_accounts, page, axe, login, width):
    page.set_viewport_size({"width": width, "height": 800})
    before = len(failures(with_accounts))
    when_i_choose_single_sign_on(page, with_accounts)
    when_i_sign_in_there_as(page, with_accounts, login)
    then_it_stopped_because(page, axe, "There is no open account here for you")
    assert len(failures(with_accounts)) == before + 1
    page.goto(f"{with_accounts.address}/")
    page.get_by_role("heading", name="Sign in", exact=True).wait_for()


def failures(hub):
    return hub.ask("SELECT why FROM audit_log_auditevent WHERE action = 'sign_in_failed'")


def test_somebody_who_cancels_there_is_led_back(with_accounts, page, axe):
    when_i_choose_single_sign_on(page, with_accounts)
    page.wait_for_url(f"{with_accounts.issuer}/interaction/**")
    page.get_by_text("Cancel").click()
    then_it_stopped_because(page, axe, "You did not sign in")


def test_a_code_used_twice_or_in_another_browser_opens_nothing(with_accounts, page, browser, axe):
    seen = []
    page.on("request", lambda request: seen.append(request.url) if "/sign-in/single/back/" in request.url else None)
    when_i_choose_single_sign_on(page, with_accounts)
    when_i_sign_in_there_as(page, with_accounts, "mia")
    page.get_by_role("heading", level=1, name="My day").wait_for()
    page.goto(seen[0])
    page.get_by_role("heading", level=1, name="This sign-in took too long, or began in another window").wait_for()
    other = browser.new_context()
    stolen = other.new_page()
    stolen.goto(seen[0])
    then_it_stopped_because(stolen, axe, "This sign-in took too long, or began in another window")
    other.close()


def test_a_provider_that_stops_answering_ends_in_a_plain_page_within_three_seconds(with_accounts, page, axe):
    when_i_choose_single_sign_on(page, with_accounts)
    page.wait_for_url(f"{with_accounts.issuer}/interaction/**")
    page.fill("[name=login]", "mia")
    page.fill("[name=password]", "any")
    page.click("button[type=submit]")
    page.wait_for_selector("text=Authorize")
    # The last steps of the way back are taken one by one, so that the provider can fall silent between two of them.
    request = page.context.request
    agreed = request.post(page.locator("form").get_attribute("action"), form={"prompt": "consent"}, max_redirects=0)
    back = request.get(agreed.headers["location"], max_redirects=0).headers["location"]
    with_accounts.provider.send_signal(signal.SIGSTOP)
    try:
        began = time.monotonic()
        page.goto(back)
        page.get_by_role("heading", level=1, name="Your organisation's sign-in does not answer").wait_for()
        assert time.monotonic() - began < 4
    finally:
        with_accounts.provider.send_signal(signal.SIGCONT)
    then_it_stopped_because(page, axe, "Your organisation's sign-in does not answer")


def test_nothing_of_a_token_stands_in_the_servers_log(with_accounts):
    said = with_accounts.log.read_text()
    assert "single sign-on stopped" in said
    for secret in ("eyJ", "access_token", "code=", "sam@example.org"):
        assert secret not in said
