"""The way in to governance: who finds it, and what it counts."""

import pytest

from tests.factories import accounts, cases, people
from tests.integration.governance.people import NOT_REVIEWERS, auditor, happened, sealed
from tests.support.pages import signed_in

pytestmark = pytest.mark.django_db

PAGES = ["/governance/", "/governance/access/", "/governance/log/", "/governance/unusual/"]
FILES = ["/governance/access/file/", "/governance/log/file/"]


@pytest.mark.parametrize("role", NOT_REVIEWERS, ids=lambda role: role.__name__)
def test_governance_is_for_whoever_reviews(role):
    client = signed_in(role())
    for page in [*PAGES, *FILES]:
        assert client.get(page).status_code == 403, page
    assert "/governance/" not in client.get("/").content.decode()


def test_the_auditor_finds_every_review_with_its_count():
    cases.open_case()
    client = signed_in(auditor())
    assert "/governance/" in client.get("/").content.decode()
    page = client.get("/governance/").content.decode()
    for address in PAGES:
        assert address in page
    assert "2 grants in force" in page
    assert "0</span> not looked at yet" in page
    assert "0 openings</strong> waiting" in page


def test_a_manager_finds_the_access_review_and_nothing_of_the_log():
    client = signed_in(accounts.manager())
    page = client.get("/governance/").content.decode()
    assert "/governance/access/" in page
    assert "/emergency/reviews/" in page
    for address in ("/governance/log/", "/governance/log/file/", "/governance/unusual/"):
        assert address not in page
        assert client.get(address).status_code == 403


def test_no_count_tells_of_a_sealed_record():
    person = people.child()
    cases.open_case(person)
    happened(accounts.hub_worker(), person, times=3)
    client = signed_in(auditor())
    before = client.get("/governance/").context["counts"]
    sealed(person)
    after = client.get("/governance/").context["counts"]
    assert (before.grants, after.grants) == (2, 0)
    assert before.events > 3
    assert (after.endless, after.events, after.unusual) == (0, 0, 0)
