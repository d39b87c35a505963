"""Signing in to a real hub: both steps, by app, key and recovery code; guessing; and what asks once more."""

import time
import urllib.parse
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from http.cookiejar import CookieJar
from uuid import uuid4

import pyotp
import pytest
from django.contrib.sessions.backends.db import SessionStore

from tests.functional.steps import then_the_page_fits
from trellis.console.visit import TOKEN
from trellis.console.web import direct_opener

PASSWORD = "heron umbrella gravel nine"
MOST = 10


class Phone:
    """An authenticator app that never shows the same code twice."""

    def __init__(self, secret: str) -> None:
        self.app, self.last = pyotp.TOTP(secret), 0

    def code(self) -> str:
        self.last = max(self.last, int(time.time()) // 30 - 1) + 1
        return self.app.generate_otp(self.last)


@pytest.fixture(autouse=True)
def nobody_has_guessed_yet(real_hub):
    """Every browser here has the same address."""
    yield
    real_hub.ask("DELETE FROM accounts_guess")


@pytest.fixture
def look(axe):
    """Nothing for axe to find, nothing to scroll sideways, wide or narrow."""

    def at_both_sizes(page):
        for width in (320, 1280):
            page.set_viewport_size({"width": width, "height": 800})
            axe(page)
            then_the_page_fits(page)

    return at_both_sizes


@pytest.fixture
def plain_page(browser):
    context = browser.new_context(locale="en-GB", timezone_id="Europe/London", java_script_enabled=False)
    context.set_default_timeout(10_000)
    yield context.new_page()
    context.close()


def given_an_account(hub, page, role="practitioner", team="hub") -> str:
    """Opened by the hub, with the password set through the invitation; stops before the second step."""
    email = f"{uuid4().hex[:8]}@example.org"
    page.goto(named(hub) + hub.open_account(email, "Robin Hale", role=role, team=team))
    page.get_by_label("password").first.fill(PASSWORD)
    page.locator("main form button.govuk-button").last.click()
    page.get_by_role("heading", name="Set up your second step").wait_for()
    return email


def named(hub) -> str:
    """Security keys are bound to a name, never to a number."""
    return hub.address.replace("127.0.0.1", "localhost")


def when_i_give_my_password(page, hub, email, password=PASSWORD):
    page.goto(f"{named(hub)}/sign-in/")
    page.get_by_label("E-mail address").fill(email)
    page.get_by_label("Password", exact=True).fill(password)
    page.get_by_role("button", name="Sign in", exact=True).click()


def when_i_set_up_an_app(page) -> Phone:
    page.get_by_role("button", name="Set up an authenticator app").click()
    phone = Phone(page.locator("strong.trellis-reference").inner_text().replace(" ", ""))
    when_i_enter(page, phone.code())
    return phone


def when_i_enter(page, code):
    page.locator("[name=code]").fill(code)
    page.get_by_role("button", name="Continue").click()


def when_i_keep_my_codes(page) -> list[str]:
    page.get_by_role("heading", name="Your recovery codes").wait_for()
    codes = page.locator("ol .trellis-reference").all_inner_texts()
    page.get_by_role("button", name="I have kept them").click()
    return codes


def when_i_sign_out(page):
    page.get_by_role("button", name="Sign out").first.click()
    page.get_by_text("You are signed out.").wait_for()


def then_i_am_in(page):
    page.get_by_role("heading", level=1, name="My day").wait_for()


def test_the_first_sign_in_and_the_next_ones_without_javascript(real_hub, plain_page):
    page = plain_page
    email = given_an_account(real_hub, page)
    # Nothing else opens before there is a second step.
    page.goto(f"{named(real_hub)}/referrals/")
    page.get_by_role("heading", name="Sign in", exact=True).wait_for()
    page.goto(f"{named(real_hub)}/sign-in/set-up/key/")
    page.get_by_text("A security key needs JavaScript").wait_for()
    page.goto(f"{named(real_hub)}/sign-in/set-up/")
    phone = when_i_set_up_an_app(page)
    codes = when_i_keep_my_codes(page)
    assert len(codes) == 10
    then_i_am_in(page)
    # The next day: password, a wrong code, the right one.
    when_i_sign_out(page)
    when_i_give_my_password(page, real_hub, email)
    when_i_enter(page, "000000")
    page.get_by_role("heading", name="There is a problem").wait_for()
    used = phone.code()
    when_i_enter(page, used)
    then_i_am_in(page)
    # A code that was used lets nobody in; a recovery code does, once.
    when_i_sign_out(page)
    when_i_give_my_password(page, real_hub, email)
    when_i_enter(page, used)
    page.get_by_role("heading", name="There is a problem").wait_for()
    for expected in ("You have 9 recovery codes left", "That recovery code is not right, or was used already"):
        page.get_by_role("link", name="Use a recovery code").click()
        when_i_enter(page, codes[0])
        page.get_by_text(expected).first.wait_for()
        if expected.startswith("You have"):
            when_i_sign_out(page)
            when_i_give_my_password(page, real_hub, email)


def given_a_security_key(page):
    """A virtual authenticator, touched by nobody: the browser's own, with its own user verification."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {"protocol": "ctap2", "transport": "internal", "hasUserVerification": True, "isUserVerified": True}
    key = session.send("WebAuthn.addVirtualAuthenticator", {"options": options})["authenticatorId"]
    return session, key


def test_a_security_key_is_set_up_used_and_refused_when_it_is_another(real_hub, page, look):
    session, key = given_a_security_key(page)
    email = given_an_account(real_hub, page)
    look(page)
    page.get_by_role("button", name="Set up a security key").click()
    page.get_by_label("A name for this key").fill("Blue key")
    look(page)
    page.get_by_role("button", name="Add the key").click()
    page.get_by_role("heading", name="Your recovery codes").wait_for()
    look(page)
    when_i_keep_my_codes(page)
    then_i_am_in(page)
    # Then the key signs in, and counts.
    when_i_sign_out(page)
    when_i_give_my_password(page, real_hub, email)
    look(page)
    page.get_by_role("button", name="Use my security key").click()
    then_i_am_in(page)
    kept = session.send("WebAuthn.getCredentials", {"authenticatorId": key})["credentials"]
    counts = real_hub.ask(
        "SELECT sign_count FROM accounts_securitykey k JOIN accounts_user u ON u.id = k.user_id WHERE email = %s", email
    )
    assert counts == [(kept[0]["signCount"],)]
    ways = real_hub.ask("SELECT why FROM audit_log_auditevent WHERE action = 'sign_in'")
    assert ("password and security key",) in ways
    # "Your sign-in" shows it, and an app can be added beside it.
    page.get_by_role("link", name="Signed in as Robin Hale").click()
    page.get_by_text("Security key: Blue key").wait_for()
    look(page)
    page.get_by_role("link", name="Set up an authenticator app").click()
    look(page)
    phone = Phone(page.locator("strong.trellis-reference").inner_text().replace(" ", ""))
    when_i_enter(page, "123456")
    page.get_by_role("heading", name="There is a problem").wait_for()
    look(page)
    when_i_enter(page, phone.code())
    page.get_by_text("Your authenticator app is set up.").wait_for()
    look(page)
    # Another key, which the account does not know, is of no use.
    when_i_sign_out(page)
    session.send("WebAuthn.removeVirtualAuthenticator", {"authenticatorId": key})
    given_a_security_key(page)
    when_i_give_my_password(page, real_hub, email)
    page.get_by_role("button", name="Use my security key").click()
    page.get_by_text("The key was not used in time, or the request was dismissed.").wait_for()
    look(page)
    when_i_enter(page, phone.code())
    then_i_am_in(page)


def test_the_pages_that_change_how_i_sign_in(real_hub, page, look):
    email = given_an_account(real_hub, page)
    phone = when_i_set_up_an_app(page)
    when_i_keep_my_codes(page)
    then_i_am_in(page)
    page.goto(f"{named(real_hub)}/account/")
    page.get_by_role("link", name="Change your password").click()
    look(page)
    page.get_by_label("Your present password").fill("not this one")
    page.get_by_label("Your new password").fill("Password2026!")
    page.get_by_role("button", name="Change the password").click()
    page.get_by_role("heading", name="There is a problem").wait_for()
    look(page)
    page.get_by_label("Your present password").fill(PASSWORD)
    page.get_by_label("Your new password").fill("Password2026!")
    page.get_by_role("button", name="Change the password").click()
    page.get_by_text("very common one").first.wait_for()
    page.get_by_label("Your present password").fill(PASSWORD)
    page.get_by_label("Your new password").fill("violet harbour kettle sunday")
    page.get_by_role("button", name="Change the password").click()
    page.get_by_text("Your password is changed.").wait_for()
    page.get_by_role("link", name="Remove your authenticator app").click()
    page.get_by_text("This is the only second step you have.").wait_for()
    look(page)
    page.goto(f"{named(real_hub)}/account/recovery-codes/new/")
    look(page)
    page.get_by_role("button", name="Make ten new codes").click()
    when_i_keep_my_codes(page)
    page.goto(f"{named(real_hub)}/account/keys/add/".replace("localhost", "127.0.0.1"))
    page.get_by_role("heading", name="Sign in", exact=True).wait_for()
    when_i_sign_out_at(page, real_hub)
    when_i_give_my_password(page, real_hub, email, "violet harbour kettle sunday")
    look(page)
    page.get_by_role("link", name="Use a recovery code").click()
    look(page)
    page.get_by_role("link", name="Use your authenticator app or security key").click()
    when_i_enter(page, phone.code())
    then_i_am_in(page)


def when_i_sign_out_at(page, hub):
    page.goto(f"{named(hub)}/account/")
    when_i_sign_out(page)


def given_a_report(hub) -> str:
    """An edition with one small file; gives the file's path."""
    edition = str(uuid4())
    hub.ask(
        "INSERT INTO reports_edition (id, recorded_at, kind, period, made_at, snapshot, as_at, figures, definitions,"
        " local, findings) VALUES (%s, now(), 'annual', '2022/23', now(), 'none', now(), '[]', '[]', '{}', '[]')",
        edition,
    )
    hub.ask(
        "INSERT INTO reports_editionfile (id, recorded_at, edition_id, name, media_type, sha256, size, content)"
        " VALUES (%s, now(), %s, 'tables.xlsx', 'application/octet-stream', '', 5, 'bytes')",
        str(uuid4()),
        edition,
    )
    return f"/reports/editions/{edition}/tables.xlsx"


def when_an_hour_has_passed_since_the_second_step(hub):
    """Not since the last click: the session itself goes on."""
    store = SessionStore()
    for key, text in hub.ask("SELECT session_key, session_data FROM django_session"):
        data = store.decode(text)
        if "confirmed_at" in data:
            aged = store.encode({**data, "confirmed_at": data["confirmed_at"] - 3600})
            hub.ask("UPDATE django_session SET session_data = %s WHERE session_key = %s", aged, key)


def test_a_report_is_downloaded_after_confirming_once_more(real_hub, page, look):
    given_an_account(real_hub, page, role="analyst", team="analysis")
    phone = when_i_set_up_an_app(page)
    when_i_keep_my_codes(page)
    then_i_am_in(page)
    path = given_a_report(real_hub)
    assert page.request.get(named(real_hub) + path).body() == b"bytes"
    when_an_hour_has_passed_since_the_second_step(real_hub)
    page.goto(named(real_hub) + path)
    page.get_by_role("heading", name="Confirm that it is you").wait_for()
    look(page)
    page.locator("[name=code]").fill(phone.code())
    with page.expect_download() as download:
        page.get_by_role("button", name="Continue").click()
    assert download.value.path().read_bytes() == b"bytes"
    assert real_hub.ask("SELECT DISTINCT why FROM audit_log_auditevent WHERE action = 'confirmed'") == [
        ("authenticator app",)
    ]


def test_of_fifty_guesses_sent_at_once_ten_are_looked_at_and_the_page_says_when_to_go_on(real_hub, page, look):
    email = given_an_account(real_hub, page)
    failed = "SELECT count(*) FROM audit_log_auditevent e JOIN accounts_user u ON u.id = e.actor_id WHERE email = %s"
    before = real_hub.ask(failed + " AND action = 'sign_in_failed'", email)[0][0]
    browser = direct_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
    address = f"{real_hub.address}/sign-in/"
    token = TOKEN.search(browser.open(address).read().decode())[1]
    answers = {"csrfmiddlewaretoken": token, "username": email, "password": "a wrong one"}

    def guess(_: int) -> int:
        asked = urllib.request.Request(address, urllib.parse.urlencode(answers).encode(), {"Referer": address})
        try:
            return browser.open(asked).status
        except urllib.error.HTTPError as problem:
            return problem.code

    with ThreadPoolExecutor(50) as pool:
        seen = sorted(pool.map(guess, range(50)))
    assert seen == [200] * MOST + [429] * 40
    assert real_hub.ask(failed + " AND action = 'sign_in_failed'", email)[0][0] == before + MOST
    when_i_give_my_password(page, real_hub, email)
    page.get_by_text("There were too many tries. Wait").first.wait_for()
    look(page)
