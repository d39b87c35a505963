"""``up --check`` visits the hub as a person would: health page, sign-in page, and one page after signing in."""

import html
import re
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Mapping
from http.cookiejar import CookieJar

from trellis.console.web import direct_opener

SIGN_IN = "/sign-in/"
DOOR = "/sign-in/as/"
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]*)"')
PAGE_SECONDS = 30


class VisitFailed(Exception):
    """A page did not come as it should. The message says which and how."""


def visit(address: str, email: str) -> None:
    """Fetch the health page and the sign-in page, and, when there is an invented person to be, the page behind it."""
    browser = direct_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
    _fetch(browser, f"{address}/health/ready")
    page = _fetch(browser, address + SIGN_IN)[0]
    token = TOKEN.search(page)
    if not token:
        raise VisitFailed(f"{SIGN_IN} has no form to sign in with")
    if email:
        _enter(browser, address, {"csrfmiddlewaretoken": html.unescape(token[1]), "user": email})


def _enter(browser: urllib.request.OpenerDirector, address: str, answers: Mapping[str, str]) -> None:
    """Through the door of the demonstration, as its button would."""
    _, arrived = _fetch(browser, address + DOOR, answers)
    if urllib.parse.urlsplit(arrived).path.startswith(SIGN_IN):
        raise VisitFailed(f"{answers['user']} could not be entered")


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
