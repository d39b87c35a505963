"""What somebody may do and whom they see is asked anew with every request: nothing is kept from the one before."""

import pytest

from tests.factories import accounts, cases, kept_away
from tests.support.pages import signed_in
from trellis.accounts.models import Membership, Role

pytestmark = pytest.mark.django_db
REVIEW = "/governance/access/"


def test_what_a_role_no_longer_permits_is_refused_with_the_next_request():
    client = signed_in(accounts.manager())
    assert client.get(REVIEW).status_code == 200
    role = Role.objects.get(code="manager")
    role.permissions = [permission for permission in role.permissions if permission != "ACCESS_REVIEW"]
    role.save()
    assert client.get(REVIEW).status_code == 403


def test_a_role_given_counts_with_the_next_request():
    worker = accounts.hub_worker()
    client = signed_in(worker)
    assert client.get(REVIEW).status_code == 403
    Membership.objects.filter(user=worker).update(role=Role.objects.get(code="manager"))
    assert client.get(REVIEW).status_code == 200


def test_a_seal_and_its_lifting_count_with_the_next_request():
    worker, person = accounts.hub_worker(), cases.open_case().person
    client, page = signed_in(worker), f"/children/{person.id}/"
    assert client.get(page).status_code == 200
    seal, _, _ = kept_away.sealed_record(person)
    assert client.get(page).status_code == 404
    seal.unsealed_at = seal.sealed_at
    seal.save()
    assert client.get(page).status_code == 200
