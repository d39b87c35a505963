"""Looking after accounts: by whoever manages them, never one's own, and never a way to a young person."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client

from tests.factories import accounts, cases
from tests.support.pages import day_boxes, signed_in
from trellis.accounts.access import Refused
from trellis.accounts.administration import services
from trellis.accounts.administration.queries import by_code
from trellis.accounts.models import Agency, AuthenticatorApp, Membership, Role, Team, User
from trellis.audit_log.models import AuditEvent
from trellis.core.clocks import today

pytestmark = pytest.mark.django_db

NEW = {
    "name": "Sam Field",
    "email": "Sam.Field@example.org",
    "job_title": "Social worker",
    "agency": "social_care",
    "team": "hub",
    "role": "practitioner",
    "home_postcode": "m1 1aa",
}
ACTIONS = ("details", "memberships/add", "agency", "close", "open", "second-steps", "invitation")


@pytest.fixture
def administrator():
    return accounts.member("analysis", "administrator")


@pytest.fixture
def client(administrator):
    return signed_in(administrator)


def events():
    return list(AuditEvent.objects.filter(action="write").order_by("id").values_list("what", "object_id"))


def test_the_list_shows_everybody_by_agency_by_state_and_by_name(client):
    officer = accounts.hub_worker(agency="police", name="Ada Officer")
    accounts.leaver(name="Bo Gone", is_active=False)
    page = client.get("/accounts/").content.decode()
    assert "Ada Officer" in page
    assert "Bo Gone" not in page
    assert "Bo Gone" in client.get("/accounts/?state=closed").content.decode()
    police = client.get("/accounts/?agency=police&state=all").content.decode()
    assert "Ada Officer" in police
    assert "Bo Gone" not in police
    found = client.post("/accounts/", {"q": "gone bo"}).content.decode()
    assert "1 account" in found
    assert "Bo Gone" in found
    assert "Ada Officer" not in found
    assert f"/accounts/{officer.id}/" in client.post("/accounts/", {"q": officer.email}).content.decode()
    assert "Nobody is called this" in client.post("/accounts/", {"q": "zzz"}).content.decode()
    assert "Enter a part of the name" in client.post("/accounts/", {"q": ""}).content.decode()


def test_codes_nobody_knows_in_the_address_are_left_out(client):
    assert client.get("/accounts/?agency=nowhere&state=odd").status_code == 200


def test_an_account_is_opened_with_a_link_that_is_shown_once(client, administrator):
    page = client.post("/accounts/new/", NEW).content.decode()
    made = User.objects.get(email="sam.field@example.org")
    assert "/invitation/" in page
    assert (made.home_postcode, made.agency.code, made.has_usable_password()) == ("M11AA", "social_care", False)
    assert made.memberships.get().starts_on == today()
    assert events() == [("account_opened", made.id), ("account_invited", made.id)]
    assert AuditEvent.objects.filter(what="account_opened", actor=administrator).exists()
    assert "/invitation/" not in client.get(f"/accounts/{made.id}/").content.decode().replace(
        f"/accounts/{made.id}/invitation/", ""
    )


def test_an_address_has_one_account_whatever_its_case(client):
    accounts.hub_worker(email="sam.field@example.org")
    page = client.post("/accounts/new/", NEW).content.decode()
    assert "There is an account with this e-mail address already" in page
    assert User.objects.filter(name="Sam Field").count() == 0


def test_what_is_missing_is_said_beside_its_box(client):
    page = client.post("/accounts/new/", {"home_postcode": "nowhere"}).content.decode()
    for words in (
        "Enter their name",
        "Enter their work e-mail",
        "Choose the agency",
        "Choose the team",
        "Choose the role",
    ):
        assert words in page
    assert "Enter the whole postcode" in page


def test_one_account_says_what_it_holds_and_since_when(client):
    worker = accounts.hub_worker(job_title="Detective", home_postcode="M11AA")
    accounts.with_app(worker)
    page = client.get(f"/accounts/{worker.id}/").content.decode()
    for words in ("Hub practitioner", "1 January 2020", "No end yet", "Authenticator app", "Detective", "Not yet"):
        assert words in page
    assert "M11AA" not in page


def test_a_membership_begins_on_a_day_and_ends_on_a_day(client):
    worker = accounts.user()
    later = today() + timedelta(days=7)
    add, page = f"/accounts/{worker.id}/memberships/add/", f"/accounts/{worker.id}/"
    chosen = {"team": "hub", "role": "practitioner"}
    past = client.post(add, {**chosen, **day_boxes("starts_on", today() - timedelta(days=1))})
    assert "First day must be today or later" in past.content.decode()
    assert client.post(add, {**chosen, **day_boxes("starts_on", later)})["Location"] == page
    held = worker.memberships.get()
    assert not User.objects.get(id=worker.id).permissions
    assert "To come" in client.get(page).content.decode()
    again = client.post(add, {**chosen, **day_boxes("starts_on", later)})
    assert "They hold this role in this team then already" in again.content.decode()
    end = f"{page}memberships/{held.id}/end/"
    early = client.post(end, day_boxes("ends_on", today()))
    assert "It ends on or after the day it begins" in early.content.decode()
    assert client.post(end, day_boxes("ends_on", later))["Location"] == page
    assert Membership.objects.get(id=held.id).ends_on == later
    assert events() == [("membership_added", worker.id), ("membership_ended", worker.id)]


def test_a_membership_given_by_mistake_is_taken_back_the_same_day(administrator):
    worker = accounts.user()
    given = services.add_membership(
        account=worker, team=by_code(Team, "hub"), role=by_code(Role, "manager"), starts_on=today(), by=administrator
    )
    services.end_membership(membership=given, ends_on=today(), by=administrator)
    assert not User.objects.get(id=worker.id).permissions


def test_somebody_who_moves_works_for_the_other_agency_with_the_next_request(client):
    worker = accounts.hub_worker()
    assert client.post(f"/accounts/{worker.id}/agency/", {"agency": "health"}).status_code == 302
    assert User.objects.get(id=worker.id).agency.code == "health"
    assert worker.memberships.current().exists()
    assert events() == [("agency_changed", worker.id)]


def test_closing_ends_every_session_membership_and_invitation(client, administrator):
    worker = accounts.hub_worker()
    theirs = signed_in(worker)
    secret = services.invite(account=worker, by=administrator)
    assert theirs.get("/").status_code == 200
    assert client.post(f"/accounts/{worker.id}/close/")["Location"] == f"/accounts/{worker.id}/"
    assert theirs.get("/").status_code == 302
    assert not worker.memberships.current().exists()
    assert Client().get(f"/invitation/{secret}/").status_code == 410
    assert events()[-1] == ("account_closed", worker.id)
    assert client.post(f"/accounts/{worker.id}/open/").status_code == 302
    assert theirs.get("/").status_code == 302
    opened = User.objects.get(id=worker.id)
    assert opened.is_active
    assert not opened.permissions


def test_second_steps_are_taken_away_and_every_session_with_them(client):
    worker = accounts.hub_worker()
    accounts.with_app(worker)
    theirs = signed_in(worker)
    assert client.post(f"/accounts/{worker.id}/second-steps/").status_code == 302
    assert not AuthenticatorApp.objects.filter(user=worker).exists()
    assert theirs.get("/").status_code == 302
    assert events() == [("second_steps_reset", worker.id)]


def test_nobody_changes_their_own_account(client, administrator):
    page = client.get(f"/accounts/{administrator.id}/").content.decode()
    assert "another administrator changes it" in page
    held = administrator.memberships.get()
    for action in (*ACTIONS, f"memberships/{held.id}/end"):
        assert f"/{action}/" not in page
        for method in (client.get, client.post):
            assert method(f"/accounts/{administrator.id}/{action}/").status_code == 403
    with pytest.raises(Refused):
        services.add_membership(
            account=administrator,
            team=by_code(Team, "management"),
            role=by_code(Role, "manager"),
            starts_on=today(),
            by=administrator,
        )
    with pytest.raises(Refused):
        services.move_to_agency(account=administrator, agency=by_code(Agency, "police"), by=administrator)


@pytest.mark.parametrize("somebody", [accounts.hub_worker, accounts.manager, accounts.analyst, accounts.remote_partner])
def test_nobody_else_sees_or_changes_accounts(somebody):
    client, other = signed_in(somebody()), accounts.hub_worker()
    held = other.memberships.get()
    paths = ["", "new/", f"{other.id}/", f"{other.id}/memberships/{held.id}/end/"]
    for path in [*paths, *(f"{other.id}/{action}/" for action in ACTIONS)]:
        assert client.get(f"/accounts/{path}").status_code == 403
        assert client.post(f"/accounts/{path}", NEW).status_code in (403, 405)
    assert User.objects.filter(name="Sam Field").count() == 0


def test_an_account_or_a_membership_that_is_not_there_is_not_found(client):
    worker, other = accounts.hub_worker(), accounts.hub_worker()
    assert client.get(f"/accounts/{uuid4()}/").status_code == 404
    others = other.memberships.get()
    assert client.get(f"/accounts/{worker.id}/memberships/{others.id}/end/").status_code == 404


def test_whoever_manages_accounts_sees_no_young_person_thereby(client):
    for path in ("/children/", "/missing/", "/referrals/"):
        assert client.get(path).status_code == 403


def test_changes_ask_for_a_fresh_sign_in(administrator, settings):
    settings.STEP_UP_SECONDS = -1
    client, worker = signed_in(administrator), accounts.hub_worker()
    for path in ("new/", *(f"{worker.id}/{action}/" for action in ACTIONS)):
        assert client.get(f"/accounts/{path}")["Location"].startswith("/sign-in/confirm/")


def test_movers_and_leavers_lose_sight_with_their_next_request(client):
    """Sight that comes from the team goes with the membership; the account itself may stay open."""
    worker, person = accounts.hub_worker(), cases.open_case().person
    theirs, page = signed_in(worker), f"/children/{person.id}/"
    assert theirs.get(page).status_code == 200
    held = worker.memberships.get()
    client.post(f"/accounts/{worker.id}/memberships/{held.id}/end/", day_boxes("ends_on", today()))
    assert theirs.get(page).status_code in (403, 404)
    assert theirs.get("/account/").status_code == 200
    client.post(
        f"/accounts/{worker.id}/memberships/add/",
        {"team": "hub", "role": "practitioner", **day_boxes("starts_on", today())},
    )
    assert theirs.get(page).status_code == 200
    client.post(f"/accounts/{worker.id}/close/")
    assert theirs.get(page).status_code == 302
