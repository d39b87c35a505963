"""Every model says how its rows are protected, and what stands open says why."""

from django.apps import apps
from django.db.models import ForeignKey

from trellis.core.protection import Follows, OfPerson, OnDuty, Open, OwnSight
from trellis.need_to_know.row_security import OTHERS, protection_of
from trellis.people.models import Person


def ours():
    return [model for model in apps.get_models() if model.__module__.startswith("trellis.")]


def test_every_model_says_how_its_rows_are_protected():
    silent = [
        m.__name__
        for m in ours()
        if not isinstance(vars(m).get("protection"), OfPerson | Follows | OnDuty | OwnSight | Open)
    ]
    assert silent == []


def test_what_stands_open_says_why_and_names_no_person():
    for model in ours():
        if isinstance(model.protection, Open):
            assert model.protection.why
            assert not [
                f for f in model._meta.get_fields() if isinstance(f, ForeignKey) and f.related_model is Person
            ], model


def test_a_row_that_follows_another_follows_a_protected_one():
    for model in ours():
        if isinstance(model.protection, Follows):
            parent = model._meta.get_field(model.protection.parent).related_model
            assert not isinstance(parent.protection, Open), model


def test_every_table_of_a_library_is_known():
    assert {m._meta.db_table for m in apps.get_models() if m not in ours() and m._meta.managed} <= set(OTHERS)
    for model in apps.get_models():
        protection_of(model)
