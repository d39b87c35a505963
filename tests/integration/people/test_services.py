"""Matching is exact or left for review; nothing is guessed."""

from datetime import date

import pytest

from tests.factories import people
from trellis.audit_log.trail import recorded
from trellis.people.models import Person, PossibleMatch
from trellis.people.services import match_or_record_person

pytestmark = pytest.mark.django_db
ROBIN = {"given_name": "Robin", "family_name": "Ashworth", "date_of_birth": date(2011, 5, 4), "by": None}


def match(**fields):
    with recorded(None):
        return match_or_record_person(**{**ROBIN, "authority": "E08000003", **fields})


def test_the_same_name_birth_date_and_postcode_is_the_same_person():
    known = people.child()
    assert match(postcode="m14 0aa") == known
    assert Person.objects.count() == 1


@pytest.mark.parametrize("postcode", ["", "M21 0AA"])
def test_another_postcode_or_none_is_left_for_review(postcode):
    known = people.child()
    made = match(postcode=postcode)
    assert made != known
    assert PossibleMatch.objects.get().other == known


def test_a_twin_is_another_person():
    people.child()
    match(given_name="Rowan", postcode="M14 0AA")
    assert Person.objects.count() == 2
    assert not PossibleMatch.objects.exists()


def test_two_people_alike_in_everything_are_never_chosen_between():
    people.child()
    people.child()
    match(postcode="M14 0AA")
    assert Person.objects.count() == 3
    assert PossibleMatch.objects.count() == 2
