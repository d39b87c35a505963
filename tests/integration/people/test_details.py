"""Saving a person's details: kept with what they said before, refused to who may not, never over somebody else's."""

from datetime import date
from threading import Barrier, Thread

import pytest
from django.db import connections

from tests.factories import accounts, cases, people
from tests.support.context import SEES_ALL
from tests.support.pages import signed_in
from trellis.accounts.access import Refused
from trellis.audit_log.models import AuditEvent
from trellis.audit_log.trail import recorded
from trellis.core.ids import new_id
from trellis.core.revisions import ChangedMeanwhile
from trellis.core.row_context import asked_by
from trellis.people.details import services
from trellis.people.details.sections import BY_CODE, mark_of, values_of
from trellis.people.models import (
    Alias,
    LegalStatus,
    Particulars,
    Person,
    PersonChange,
    Relationship,
    RelationshipChange,
)

pytestmark = pytest.mark.django_db
HOME = {"kind": "home", "lines": "7 Elm Road", "kept_apart": False, "who_may_know": "", "ends_on": None}
LANGUAGES, STATUSES, VOICE = BY_CODE["languages"], BY_CODE["statuses"], BY_CODE["voice"]
URDU = {"first_language": "Urdu", "other_languages": "", "interpreter": "family"}
LOOKED_AFTER = {
    "kind": "looked_after",
    "authority": "E08000003",
    "need": "N1",
    "ended_because": "",
    "starts_on": date(2023, 1, 1),
    "ends_on": None,
}


@pytest.fixture
def lead():
    return accounts.hub_worker()


@pytest.fixture
def person(lead):
    return cases.allocated_case(lead).person


def present(section, person):
    beside = Particulars.objects.filter(person=person).first()
    return values_of(section, Person.objects.get(id=person.id), beside)


def change(person, by, section, values, seen=None, why=""):
    seen = mark_of(present(section, person)) if seen is None else seen
    with recorded(by, "test", duty=SEES_ALL.duty):
        return services.change_details(person=person, section=section, values=values, seen=seen, why=why, by=by)


def add(person, by, section, values, key=None):
    with recorded(by):
        return services.add_row(person=person, section=section, values=values, key=key or new_id(), why="", by=by)


def test_a_change_keeps_what_was_said_before_and_is_in_the_log(person, lead):
    change(person, lead, LANGUAGES, URDU, why="Her mother said")
    change(person, lead, LANGUAGES, {**URDU, "interpreter": "none"})
    latest, first = PersonChange.objects.order_by("-changed_at")
    assert first.new == {"first_language": "Urdu", "interpreter": "family"}
    assert first.old == {"first_language": "", "interpreter": ""}
    assert (first.why, first.changed_by) == ("Her mother said", lead)
    assert (latest.old, latest.new) == ({"interpreter": "family"}, {"interpreter": "none"})
    events = AuditEvent.objects.filter(what="child's details", action="write")
    assert [event.children for event in events] == [[person.id]] * 2


def test_the_same_again_is_no_change(person, lead):
    assert change(person, lead, LANGUAGES, URDU)
    assert not change(person, lead, LANGUAGES, URDU, seen="an older mark")
    assert PersonChange.objects.count() == 1


def test_a_save_over_something_newer_is_refused(person, lead):
    before = mark_of(present(VOICE, person))
    change(person, lead, VOICE, {"own_words": "First", "safe_contact": ""})
    with pytest.raises(ChangedMeanwhile):
        change(person, lead, VOICE, {"own_words": "Second", "safe_contact": ""}, seen=before)
    assert Person.objects.get(id=person.id).own_words == "First"


def test_who_may_not_change_details_is_refused(person):
    with pytest.raises(Refused, match="changing who a young person is"):
        change(person, accounts.analyst(), LANGUAGES, URDU)


def test_a_name_that_changes_is_found_by_its_new_spelling(person, lead):
    names = BY_CODE["names"]
    change(person, lead, names, {**present(names, person), "given_name": "Róisín"})
    assert Person.objects.get(id=person.id).search_key.startswith("roisin")
    row = add(person, lead, BY_CODE["aliases"], {"name": "Ro-Ro"})
    assert Alias.objects.get(id=row.id).search_key == "roro"


def test_one_form_sent_many_times_makes_one_row(person, lead):
    key = new_id()
    rows = [add(person, lead, STATUSES, LOOKED_AFTER, key) for _ in range(5)]
    assert len({str(row.id) for row in rows}) == 1
    assert LegalStatus.objects.filter(person=person).count() == PersonChange.objects.count() == 1


def test_statuses_of_two_kinds_overlap_and_two_of_one_kind_do_not(person, lead):
    add(person, lead, STATUSES, LOOKED_AFTER)
    add(person, lead, STATUSES, {**LOOKED_AFTER, "kind": "child_in_need"})
    with pytest.raises(services.Overlaps):
        add(person, lead, STATUSES, {**LOOKED_AFTER, "starts_on": date(2024, 1, 1)})
    assert LegalStatus.objects.filter(person=person).count() == PersonChange.objects.count() == 2


def test_a_row_ends_and_whoever_had_it_open_is_told(person, lead):
    row = add(person, lead, STATUSES, LOOKED_AFTER)
    said = {"person": person, "section": STATUSES, "row": row, "why": "", "by": lead, "seen": mark_of(LOOKED_AFTER)}
    with recorded(lead):
        assert services.change_row(values={**LOOKED_AFTER, "ends_on": date(2024, 5, 1)}, **said)
    with pytest.raises(ChangedMeanwhile), recorded(lead):
        services.change_row(values={**LOOKED_AFTER, "ends_on": date(2024, 6, 1)}, **said)
    assert LegalStatus.objects.get(id=row.id).ends_on == date(2024, 5, 1)
    assert PersonChange.objects.latest("changed_at").new == {"ends_on": "2024-05-01"}


def test_a_row_of_another_record_is_not_changed(person, lead):
    row = add(person, lead, STATUSES, LOOKED_AFTER)
    other = cases.allocated_case(lead, people.child(given_name="Other")).person
    with pytest.raises(Refused), recorded(lead):
        services.change_row(
            person=other, section=STATUSES, row=row, values=LOOKED_AFTER, seen=mark_of(LOOKED_AFTER), why="", by=lead
        )


def test_somebody_known_by_a_name_only_has_a_history_that_follows_the_relationship(person, lead):
    told = {"other_name": "Jay with the grey Golf", "kind": "concern", "note": "", "starts_on": date(2024, 1, 1)}
    row = add(person, lead, BY_CODE["people"], {**told, "ends_on": None})
    assert Relationship.objects.get(id=row.id).other is None
    assert RelationshipChange.objects.get().relationship_id == row.id
    assert not PersonChange.objects.exists()


def test_what_came_of_asking_keeps_its_day_and_goes_when_asked_again(person, lead):
    asked = BY_CODE["asked"]

    def say(**outcomes):
        with recorded(lead):
            seen = mark_of(present(asked, person))
            services.record_asked(person=person, section=asked, outcomes=outcomes, seen=seen, why="", by=lead)
        return Particulars.objects.get(person=person).asked

    assert say(gp="not_known", pronouns="not_told").keys() == {"gp", "pronouns"}
    Particulars.objects.update(asked={"gp": {"outcome": "not_known", "on": "2023-01-01"}})
    assert say(gp="not_known") == {"gp": {"outcome": "not_known", "on": "2023-01-01"}}
    assert say(gp="not_asked") == {}


@pytest.mark.django_db(transaction=True, databases="__all__")
def test_of_many_who_save_at_once_one_is_first_and_nothing_is_lost():
    lead = accounts.hub_worker()
    person = cases.allocated_case(lead).person
    seen, ready, done = mark_of(present(VOICE, person)), Barrier(8), []

    def save(number):
        ready.wait()
        try:
            change(person, lead, VOICE, {"own_words": f"Words {number}", "safe_contact": ""}, seen=seen)
            done.append(number)
        except ChangedMeanwhile:
            pass
        finally:
            connections.close_all()

    threads = [Thread(target=save, args=[number]) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with asked_by(SEES_ALL):
        assert [f"Words {number}" for number in done] == [Person.objects.get(id=person.id).own_words]
        assert PersonChange.objects.count() == 1


def test_the_home_area_follows_a_home_address_that_is_not_kept_apart(person, lead):
    Person.objects.filter(id=person.id).update(locality="South")
    addresses, since = BY_CODE["addresses"], {"starts_on": date(2023, 1, 1)}
    add(person, lead, addresses, {**HOME, **since, "postcode": "M149ZZ"})
    person.refresh_from_db()
    assert (person.postcode, person.locality) == ("M149ZZ", "South")
    for values in ({"kept_apart": True}, {"ends_on": date(2023, 2, 1)}, {"kind": "stays"}):
        add(person, lead, addresses, {**HOME, **since, "postcode": "BL11RU", **values})
    person.refresh_from_db()
    assert person.postcode == "M149ZZ"
    add(person, lead, addresses, {**HOME, **since, "postcode": "BL11RU"})
    person.refresh_from_db()
    assert (person.postcode, person.locality) == ("BL11RU", "")
    latest = PersonChange.objects.filter(section="home").order_by("-changed_at")[0]
    assert (latest.old, latest.why) == ({"postcode": "M149ZZ", "locality": "South"}, "A home address was recorded")


def test_one_place_of_education_is_the_main_one_and_others_stand_beside_it(person, lead):
    education, since = BY_CODE["education"], {"starts_on": date(2023, 1, 1), "ends_on": None}
    main = {"provision": "alternative_provision", "place_name": "The Yard", "send": "none", "alongside": False, **since}
    add(person, lead, education, main)
    with pytest.raises(services.Overlaps):
        add(person, lead, education, {**main, "place_name": "Northfield"})
    add(person, lead, education, {**main, "provision": "post_16", "place_name": "City College", "alongside": True})
    page = signed_in(lead).get(f"/children/{person.id}/").content.decode()
    assert "The Yard and City College" in page
    details = signed_in(lead).get(f"/children/{person.id}/details/").content.decode()
    assert "As well as the main place" in details
