"""``up --check`` visits the hub as a person would: sign-in page, health page, and one page after signing in."""

import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Mapping
from html.parser import HTMLParser
from http.cookiejar import CookieJar

from trellis.console.web import direct_opener

SIGN_IN = "/sign-in/"
PAGE_SECONDS = 30


class VisitFailed(Exception):
    """A page did not come as it should. The message says which and how."""


class SignInForm(HTMLParser):
    """The fields of the page's form that posts a password."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.hidden: dict[str, str] = {}
        self.name_field = self.password_field = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag != "input":
            return
        field = {name: value or "" for name, value in attrs}
        name, kind = field.get("name", ""), field.get("type", "text")
        if kind == "hidden":
            self.hidden[name] = field.get("value", "")
        elif kind == "password":
            self.password_field = name
        elif kind in ("text", "email") and not self.password_field:
            self.name_field = name


def visit(address: str, email: str, password: str) -> None:
    """Fetch the health page, sign in through the real form and fetch the first page behind it."""
    browser = direct_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
    _fetch(browser, f"{address}/health/ready")
    form = SignInForm(_fetch(browser, address + SIGN_IN)[0])
    if not (form.name_field and form.password_field):
        raise VisitFailed(f"{SIGN_IN} shows no form to sign in with")
    answers = {**form.hidden, form.name_field: email, form.password_field: password}
    _, arrived = _fetch(browser, address + SIGN_IN, answers)
    if urllib.parse.urlsplit(arrived).path == SIGN_IN:
        raise VisitFailed(f"{email} could not sign in")
    _fetch(browser, f"{address}/")


def _fetch(
    browser: urllib.request.OpenerDirector, url: str, answers: Mapping[str, str] | None = None
) -> tuple[str, str]:
    """A page's text and the address it came from in the end."""
    data = urllib.parse.urlencode(answers).encode() if answers else None
    request = urllib.request.Request(url, data, {"Referer": url})  # noqa: S310 - our own loopback address
    try:
        with browser.open(request, timeout=PAGE_SECONDS) as response:
            return response.read().decode(), response.geturl()
    except urllib.error.HTTPError as problem:
        raise VisitFailed(f"{urllib.parse.urlsplit(url).path} answered {problem.code}") from problem
    except OSError as problem:
        raise VisitFailed(f"{urllib.parse.urlsplit(url).path} did not answer: {problem}") from problem
