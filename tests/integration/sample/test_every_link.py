"""The invented area walked link by link: whatever a page offers is there, and no page of any record fails."""

import re
from collections import Counter, deque
from html import unescape
from urllib.parse import urlsplit

import pytest
from django.urls import Resolver404, resolve

from tests.support.pages import signed_in
from trellis.accounts.models import User

pytestmark = [pytest.mark.usefixtures("invented_area", "_demonstration")]

LINK = re.compile(r'<a\b[^>]*\bhref="([^"#]+)"')
LEAD = "Rosalind Tarn"
OTHERS = (
    *(
        "Fiona Gledhill",
        "Harbinder Locke",
        "Amina Yardley",
        "Janine Osgood",
        "Gareth Olliver",
        "Maureen Achebe-Holt",
        "Dr Leila Farnworth",
        "Stuart Penhale",
        "Wendy Castellan",
    ),
    *("Mei Ransome", "Colin Wragg", "Oluchi Carrick", "Sunita Hale", "Marcus Thewlis"),
)
# Made of the figures of years, in seconds each: tests/integration/reports asks for them.
SLOW = {"annual-report", "missing-report", "report-file", "figure", "edition"}


@pytest.fixture
def _demonstration(settings):
    """Nobody of the area can sign in otherwise."""
    settings.DEMONSTRATION = True


def walk(name, of_a_kind, begin="/"):
    """What went wrong, and how many pages of each route were looked at: at most so many of a kind, nearest first."""
    client = signed_in(User.objects.get(name=name))
    client.raise_request_exception = False
    waiting, seen, looked, faults = deque([(begin, "")]), {begin}, Counter(), []
    while waiting:
        path, found_on = waiting.popleft()
        route = route_of(path)
        if route in SLOW or looked[route] == of_a_kind:
            continue
        looked[route] += 1
        answer = client.get(path)
        text = answer.content.decode() if answer.get("Content-Type", "").startswith("text/html") else ""
        if answer.status_code >= 400:
            faults.append(f"{name}: {answer.status_code} for {path} ({route}), offered on {found_on}")
        onward = [answer["Location"]] if answer.status_code in (301, 302) else LINK.findall(text)
        for target in (unescape(one) for one in onward):
            if target.startswith(("/", "?")) and not target.startswith(("//", "/static/")):
                there = target if target.startswith("/") else f"{urlsplit(path).path}{target}"
                if there not in seen:
                    seen.add(there)
                    waiting.append((there, path))
    return faults, looked


def route_of(path):
    try:
        return resolve(urlsplit(path).path).view_name
    except Resolver404:
        return "nowhere"


def test_whatever_a_lead_worker_is_offered_is_there():
    faults, looked = walk(LEAD, 3)
    assert not faults, "\n".join(faults)
    assert len(looked) > 100


@pytest.mark.nightly
@pytest.mark.parametrize("name", [LEAD, *OTHERS])
def test_whatever_anybody_is_offered_is_there(name):
    faults, looked = walk(name, 20)
    assert not faults, "\n".join(faults)
    assert len(looked) > 10
