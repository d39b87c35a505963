"""The link of a new account: once, for 72 hours, and then on to the second step."""

import re
from datetime import timedelta
from io import StringIO

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.test import Client

from tests.factories import accounts
from trellis.accounts.administration import services
from trellis.accounts.models import Invitation, User
from trellis.audit_log.models import AuditEvent
from trellis.core.clocks import now

pytestmark = pytest.mark.django_db
PASSWORD = "heron umbrella gravel nine"
GIVEN = {
    "email": "sam@example.org",
    "name": "Sam Field",
    "agency": "social_care",
    "team": "hub",
    "role": "administrator",
}


def secret_of(account) -> str:
    return services.invite(account=account, by=None)


def test_whoever_is_invited_sets_a_password_and_is_asked_for_a_second_step():
    worker = accounts.hub_worker()
    path = f"/invitation/{secret_of(worker)}/"
    client = Client()
    page = client.get(path).content.decode()
    assert worker.name in page
    assert worker.email in page
    assert client.post(path, {"wanted": PASSWORD})["Location"] == "/sign-in/set-up/"
    assert User.objects.get(id=worker.id).check_password(PASSWORD)
    assert client.get("/")["Location"].startswith("/sign-in/")
    assert Client().get(path).status_code == 410
    assert Client().post(path, {"wanted": "another long password"}).status_code == 410
    assert User.objects.get(id=worker.id).check_password(PASSWORD)


def test_a_weak_password_is_refused_and_the_link_still_works():
    worker = accounts.hub_worker()
    path = f"/invitation/{secret_of(worker)}/"
    for weak in ("", "short", "password1234"):
        response = Client().post(path, {"wanted": weak})
        assert response.status_code == 200
        assert "There is a problem" in response.content.decode()
    assert Client().post(path, {"wanted": PASSWORD}).status_code == 302


def test_unknown_used_up_and_out_of_date_links_read_the_same():
    worker = accounts.hub_worker()
    old = secret_of(worker)
    newer = secret_of(worker)
    with time_machine.travel(now() + timedelta(hours=72, minutes=1), tick=False):
        late = Client().get(f"/invitation/{newer}/")
    pages = [Client().get(f"/invitation/{old}/"), Client().get("/invitation/nothing/"), late]
    assert {page.status_code for page in pages} == {410}
    assert len({re.sub(r'value="\w{64}"', "", page.content.decode()) for page in pages}) == 1


def test_only_a_hash_of_the_link_is_kept():
    secret = secret_of(accounts.hub_worker())
    assert secret not in str(list(Invitation.objects.values()))


def test_a_closed_or_invented_account_takes_no_invitation():
    for worker in (accounts.hub_worker(is_active=False), accounts.hub_worker(is_demonstration=True)):
        assert Client().get(f"/invitation/{secret_of(worker)}/").status_code == 410


def open_account(**given) -> str:
    said = StringIO()
    call_command("open_account", stdout=said, **{**GIVEN, **given})
    return said.getvalue()


def test_the_first_account_is_opened_by_command_and_logged():
    said = open_account(job_title="Systems lead")
    made = User.objects.get(email="sam@example.org")
    assert made.job_title == "Systems lead"
    link = re.search(r"http://localhost:8000(/invitation/\S+/)$", said.strip())[1]
    assert Client().post(link, {"wanted": PASSWORD})["Location"] == "/sign-in/set-up/"
    events = AuditEvent.objects.filter(object_id=made.id).order_by("id")
    assert [event.what for event in events][:2] == ["account_opened", "account_invited"]


def test_the_link_begins_with_the_hubs_own_address(settings):
    settings.CSRF_TRUSTED_ORIGINS = ["https://*.example.org", "https://hub.example.org"]
    assert "https://hub.example.org/invitation/" in open_account()


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"agency": "nowhere"}, "there is no such agency; there are"),
        ({"team": "nowhere"}, "there is no such team"),
        ({"role": "queen"}, "there is no such role"),
        ({"email": "sam"}, "this is no e-mail address"),
    ],
)
def test_a_mistake_is_one_line_and_nothing_is_stored(given, words):
    with pytest.raises(CommandError, match=words) as refusal:
        open_account(**given)
    assert refusal.value.returncode == 2
    assert not User.objects.exists()


def test_a_second_account_with_the_address_is_refused():
    open_account()
    with pytest.raises(CommandError, match="there is such an account already"):
        open_account(email="SAM@example.org")
