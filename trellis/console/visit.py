"""``up --check`` visits the hub as a person would: sign-in page, health page, and one page after signing in."""

import html
import re
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Mapping
from http.cookiejar import CookieJar

from trellis.console.web import direct_opener

SIGN_IN, SIGN_IN_AS = "/sign-in/", "/sign-in/as/"
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]*)"')
PERSON = re.compile(r'<button[^>]* name="user" value="([^"]*)"')
PAGE_SECONDS = 30


class VisitFailed(Exception):
    """A page did not come as it should. The message says which and how."""


def visit(address: str) -> None:
    """Fetch the health page, sign in as the first person the sign-in page offers, and fetch the page behind it."""
    browser = direct_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
    _fetch(browser, f"{address}/health/ready")
    page = _fetch(browser, address + SIGN_IN)[0]
    token, user = _value(TOKEN, page), _value(PERSON, page)
    if not user:
        raise VisitFailed(f"{SIGN_IN} offers nobody to sign in as; is this database empty of invented people?")
    answers = {"csrfmiddlewaretoken": token, "user": user, "next": ""}
    _, arrived = _fetch(browser, address + SIGN_IN_AS, answers)
    if urllib.parse.urlsplit(arrived).path.startswith(SIGN_IN):
        raise VisitFailed(f"{user} could not sign in")


def _value(pattern: re.Pattern[str], page: str) -> str:
    """What the page's form sends, as a browser would send it."""
    found = pattern.search(page)
    return html.unescape(found[1]) if found else ""


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
