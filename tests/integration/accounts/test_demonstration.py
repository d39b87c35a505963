"""The door of an invented area: open only in demonstration mode, and only while nobody in it is real."""

import pytest
from django.test import Client

from tests.factories import accounts, people
from tests.support.pages import signed_in
from trellis.accounts import demonstration
from trellis.audit_log.models import AuditEvent
from trellis.audit_log.trail import recorded
from trellis.core.row_context import Duty
from trellis.people.queries import anybody_is_real
from trellis.people.services import record_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def mode(settings):
    settings.DEMONSTRATION = True


def enter(client, user):
    return client.post("/sign-in/as/", {"user": user.email})


def test_the_door_lists_its_people_and_lets_them_in(mode):
    guide = accounts.hub_worker(name="Rosalind Tarn", is_demonstration=True)
    real = accounts.hub_worker(name="Real Worker")
    client = Client()
    page = client.get("/sign-in/").content.decode()
    assert "Rosalind Tarn" in page
    assert "Real Worker" not in page
    assert enter(client, guide)["Location"] == "/"
    assert client.get("/").status_code == 200
    assert AuditEvent.objects.get(action="sign_in").why == "demonstration"
    assert enter(Client(), real).status_code == 404


def test_the_door_closes_with_the_first_real_person(mode):
    guide = accounts.hub_worker(name="Rosalind Tarn", is_demonstration=True)
    people.child()
    assert not anybody_is_real()
    assert demonstration.is_open()
    people.child(is_synthetic=False)
    assert anybody_is_real()
    assert "Rosalind Tarn" not in Client().get("/sign-in/").content.decode()
    assert enter(Client(), guide).status_code == 404


def test_without_demonstration_mode_there_is_no_such_door():
    guide = accounts.hub_worker(is_demonstration=True)
    assert guide.name not in Client().get("/sign-in/").content.decode()
    assert enter(Client(), guide).status_code == 404


@pytest.mark.parametrize("on", [True, False])
def test_an_invented_person_has_no_password(settings, on):
    settings.DEMONSTRATION = on
    guide = accounts.hub_worker(is_demonstration=True)
    response = Client().post("/sign-in/", {"username": guide.email, "password": accounts.PASSWORD})
    assert response.status_code == 200
    assert "is not right" in response.content.decode()


def test_an_invented_person_is_out_once_the_mode_is_off(mode, settings):
    client = signed_in(accounts.hub_worker(is_demonstration=True))
    assert client.get("/").status_code == 200
    settings.DEMONSTRATION = False
    assert client.get("/").status_code == 302


def test_an_invented_person_has_nothing_to_set_up(mode):
    client = signed_in(accounts.hub_worker(is_demonstration=True))
    assert "entered with one click" in client.get("/account/").content.decode()
    for path in ("password", "app", "app/remove", "keys/add", "recovery-codes/new"):
        assert client.get(f"/account/{path}/").status_code == 403


def test_an_invented_person_confirms_with_one_click_while_nobody_is_real(mode):
    guide = accounts.hub_worker(name="Rosalind Tarn", is_demonstration=True)
    client = signed_in(guide)
    assert "Confirm as Rosalind Tarn" in client.get("/sign-in/confirm/?next=/missing/").content.decode()
    assert client.post("/sign-in/confirm/?next=/missing/")["Location"] == "/missing/"
    people.child(is_synthetic=False)
    assert client.post("/sign-in/confirm/").status_code == 404


@pytest.mark.parametrize("on", [True, False])
def test_whoever_is_recorded_during_a_demonstration_is_invented(settings, on):
    settings.DEMONSTRATION = on
    born = people.child().date_of_birth
    worker = accounts.hub_worker()
    with recorded(worker, duty=Duty.INTAKE):
        made = record_person(given_name="Ash", family_name="Byrne", date_of_birth=born, by=worker)
    assert made.is_synthetic is on
