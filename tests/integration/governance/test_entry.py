"""The way in to governance: who finds it, and what it counts."""

import pytest

from tests.factories import accounts, cases
from tests.support.pages import signed_in

pytestmark = pytest.mark.django_db

OTHERS = [accounts.hub_worker, accounts.missing_worker, accounts.analyst, accounts.remote_partner, accounts.leaver]


def auditor(**fields):
    return accounts.member("analysis", "auditor", **fields)


def administrator():
    return accounts.member("analysis", "administrator")


@pytest.mark.parametrize("role", [*OTHERS, administrator], ids=lambda role: role.__name__)
def test_governance_is_for_whoever_reviews(role):
    client = signed_in(role())
    assert client.get("/governance/").status_code == 403
    assert "Governance" not in client.get("/").content.decode()


def test_the_auditor_finds_every_review_with_its_count():
    cases.open_case()
    client = signed_in(auditor())
    assert "/governance/" in client.get("/").content.decode()
    page = client.get("/governance/").content.decode()
    for address in ("access", "unusual", "log"):
        assert f"/governance/{address}/" in page
    assert "2 grants in force" in page
    assert "0</span> not looked at yet" in page


def test_a_manager_finds_the_access_review_and_nothing_of_the_log():
    page = signed_in(accounts.manager()).get("/governance/").content.decode()
    assert "/governance/access/" in page
    assert "/governance/log/" not in page
    assert "/governance/unusual/" not in page
