"""Those who can sign in: invented, of several agencies, with roles and teams the database knows."""

from collections import Counter

from django.apps import apps
from django.contrib.auth.hashers import is_password_usable
from django.db.models import AutoField

from trellis.sample.users import NO_PASSWORD, WORKERS, workforce
from trellis.sample.writing import COLUMNS


def test_no_invented_person_has_a_password():
    assert not is_password_usable(NO_PASSWORD)


def test_addresses_are_of_the_domain_kept_for_examples():
    addresses = [worker.email for worker in workforce(1).workers]
    assert len(set(addresses)) == len(addresses)
    assert all(address.endswith("@example.org") and address.isascii() for address in addresses)


def test_several_agencies_and_every_role():
    roles = Counter(worker.role for worker in workforce(1).workers)
    assert set(roles) == {"practitioner", "missing_worker", "manager", "analyst", "administrator", "auditor", "partner"}
    assert len({worker[1] for worker in WORKERS}) >= 8
    assert len(workforce(1).social_workers) >= 8


def test_each_row_sent_is_a_whole_row():
    """Every column of every table written is filled by name: a new field of a model fails here."""
    for model, columns in COLUMNS.items():
        fields = {f.column for f in apps.get_model(model)._meta.concrete_fields if not isinstance(f, AutoField)}
        assert set(columns.split()) == fields, model
