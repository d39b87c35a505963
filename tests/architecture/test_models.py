"""Rules 7, 9 and the names of fields: what every model of ours keeps to."""

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connections, models

from trellis.accounts.models import User
from trellis.core.database_rights import append_only_tables
from trellis.core.lifecycle import Lifecycle

OURS = [m for m in apps.get_models() if m.__module__.startswith("trellis.")]
DJANGOS_OWN = ("last_login",)
DATE_NAMES = ("on", "date_of_birth", "valid_from", "valid_to")


def names(model):
    return {field.name for field in model._meta.get_fields() if isinstance(field, models.Field)}


@pytest.mark.parametrize("model", OURS, ids=lambda m: m.__name__)
def test_times_and_days_are_named_as_such(model):
    for field in model._meta.get_fields():
        if field.name in DJANGOS_OWN:
            continue
        if isinstance(field, models.DateTimeField):
            assert field.name == "at" or field.name.endswith("_at"), f"{field} is a moment: name it _at"
        elif isinstance(field, models.DateField):
            assert field.name in DATE_NAMES or field.name.endswith("_on"), f"{field} is a day: name it _on"


@pytest.mark.parametrize("model", OURS, ids=lambda m: m.__name__)
def test_who_did_it_stands_beside_when(model):
    """A field ``x_by`` naming a user has its ``x_at``."""
    for field in model._meta.get_fields():
        if isinstance(field, models.ForeignKey) and field.related_model is User and field.name.endswith("_by"):
            assert field.name.removesuffix("_by") + "_at" in names(model), str(field)


@pytest.mark.parametrize("model", [m for m in OURS if "status" in names(m)], ids=lambda m: m.__name__)
def test_a_status_is_a_table_of_moves_kept_as_rows(model):
    lifecycles = vars(__import__(model.__module__.split(".models")[0] + ".lifecycle", fromlist=["x"])).values()
    choices = dict(model._meta.get_field("status").choices)
    tables = [table for table in lifecycles if isinstance(table, Lifecycle)]
    assert choices in [dict(table.statuses) for table in tables]
    moves = model._meta.get_field("status_moves").related_model
    assert moves.append_only
    assert {"old", "new", "moved_at", "moved_by", "why"} <= names(moves)


def test_every_move_ends_somewhere_known():
    for model in OURS:
        for table in vars(__import__(model.__module__, fromlist=["x"])).values():
            if isinstance(table, Lifecycle):
                reached = {table.first} | {new for following in table.moves.values() for new in following}
                assert reached == set(table.statuses) == set(table.moves), table.name


@pytest.mark.parametrize("model", [m for m in OURS if {"starts_on", "ends_on"} <= names(m)], ids=lambda m: m.__name__)
def test_what_has_a_start_and_an_end_is_checked_by_the_database(model):
    checks = [c for c in model._meta.constraints if isinstance(c, models.CheckConstraint)]
    assert any("ends_on" in str(check.condition) for check in checks)


def test_a_person_can_be_found_everywhere_they_are_named():
    """Every model that points at a person does so by a protected or owned foreign key."""
    for model in OURS:
        for field in model._meta.get_fields():
            if isinstance(field, models.ForeignKey) and field.related_model.__name__ == "Person":
                assert field.remote_field.on_delete in (models.PROTECT, models.CASCADE), str(field)


@pytest.mark.django_db
def test_migrations_say_what_the_models_say():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


@pytest.mark.django_db
def test_the_app_role_owns_nothing_and_cannot_change_what_is_append_only():
    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_class WHERE relowner = current_user::regrole")
        assert cursor.fetchone() == (0,)
        cursor.execute(
            "SELECT rolsuper, rolbypassrls, rolcreatedb, rolcreaterole FROM pg_roles WHERE rolname = current_user"
        )
        assert cursor.fetchone() == (False, False, False, False)
        for table in append_only_tables():
            for right in ("UPDATE", "DELETE", "TRUNCATE"):
                cursor.execute("SELECT has_table_privilege(%s, %s)", [table, right])
                assert cursor.fetchone() == (False,), f"{right} on {table}"
