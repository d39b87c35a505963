"""``up --check`` visits the hub as a person would: sign-in page, health page, and one page after signing in."""

import html
import re
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Mapping
from http.cookiejar import CookieJar

from trellis.console.web import direct_opener

SIGN_IN = "/sign-in/"
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]*)"')
PAGE_SECONDS = 30


class VisitFailed(Exception):
    """A page did not come as it should. The message says which and how."""


def visit(address: str, email: str, password: str) -> None:
    """Fetch the health page, sign in through the sign-in page's own form, and fetch the page behind it."""
    browser = direct_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
    _fetch(browser, f"{address}/health/ready")
    page = _fetch(browser, address + SIGN_IN)[0]
    if not email:
        raise VisitFailed("there is nobody to sign in as: this database holds no invented people")
    token = TOKEN.search(page)
    answers = {"csrfmiddlewaretoken": html.unescape(token[1]) if token else "", "username": email, "password": password}
    _, arrived = _fetch(browser, address + SIGN_IN, answers)
    if urllib.parse.urlsplit(arrived).path.startswith(SIGN_IN):
        raise VisitFailed(f"{email} could not sign in")


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
