"""The details of a child: what is shown, what is not known yet, changing them, and the history of each field."""

from datetime import date, timedelta

import pytest

from tests.factories import accounts, cases, people
from tests.support.pages import day_boxes, new_key, queries_of, signed_in
from trellis.audit_log.models import AuditEvent
from trellis.audit_log.trail import recorded
from trellis.core.clocks import today
from trellis.need_to_know.models import Seal
from trellis.need_to_know.services import grant_sight
from trellis.people.models import (
    Address,
    Alias,
    LegalStatus,
    Particulars,
    Person,
    PersonChange,
    Placement,
    Relationship,
    RelationshipChange,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def lead():
    return accounts.hub_worker()


@pytest.fixture
def person(lead):
    return cases.allocated_case(lead).person


@pytest.fixture
def client(lead):
    return signed_in(lead)


def address(person, more=""):
    return f"/children/{person.id}/{more}"


def opened(client, path):
    response = client.get(path)
    assert response.status_code == 200, (path, response.status_code)
    return response


def filled(client, path, **typed):
    """The form as the page gives it, with what somebody types."""
    form = opened(client, path).context["form"]
    kept = {name: form.get_initial_for_field(form.fields[name], name) for name in form.fields}
    boxes = {}
    for name, value in kept.items():
        boxes |= day_boxes(name, value) if isinstance(value, date) else {name: "" if value is None else value}
    return {**boxes, "form_key": new_key(), **typed}


def test_all_that_is_recorded_and_all_that_is_not_stands_on_one_page(client, person):
    Particulars.objects.create(
        person=person, upn="H801200001001", upn_source="school", disabilities=["LD", "AUT"], interpreter="none"
    )
    Person.objects.filter(id=person.id).update(nhs_number="9991234568")
    Placement.objects.create(
        person=person, kind="foster", place_name="The Elms", authority="E08000006", starts_on=date(2024, 1, 1)
    )
    page = opened(client, address(person, "details/")).content.decode()
    for words in (
        "H801200001001", "999 123 4568", "Learning", "Autism", "No interpreter needed", "The Elms", "Out of area",
        "White British", "Not asked yet", "What we do not know yet", "Add a placement", "GP practice",
    ):  # fmt: skip
        assert words in page, words


def test_a_section_is_changed_and_the_history_says_so(client, person, lead):
    path = address(person, "details/languages/change/")
    response = client.post(path, filled(client, path, first_language="Urdu", why="Her mother said"))
    assert response["Location"] == address(person, "details/#languages")
    assert Particulars.objects.get(person=person).first_language == "Urdu"
    page = opened(client, address(person, "history/")).content.decode()
    assert "First language" in page
    assert "Urdu" in page
    assert "Her mother said" in page
    assert lead.name in page


def test_of_two_who_change_the_same_the_second_sees_both_and_may_then_save(client, person):
    path = address(person, "details/voice/change/")
    mine = filled(client, path, own_words="Mine")
    other = signed_in(accounts.hub_worker(name="First Hand"))
    other.post(path, filled(other, path, own_words="Theirs"))
    response = client.post(path, mine)
    page = response.content.decode()
    assert response.status_code == 409
    assert "Theirs" in page
    assert "Mine" in page
    again = {**mine, "seen": response.context["form"]["seen"].value()}
    assert client.post(path, again).status_code == 302
    assert Person.objects.get(id=person.id).own_words == "Mine"
    assert PersonChange.objects.count() == 2


def test_fifty_of_the_same_make_one_row_and_one_change(client, person):
    path = address(person, "details/statuses/add/")
    typed = filled(client, path, kind="looked_after", authority="E08000003", **day_boxes("starts_on", date(2024, 1, 1)))
    for _ in range(50):
        assert client.post(path, typed).status_code == 302
    assert LegalStatus.objects.filter(person=person).count() == PersonChange.objects.count() == 1


def test_a_status_is_ended(client, person):
    row = LegalStatus.objects.create(
        person=person, kind="looked_after", authority="E08000003", starts_on=date(2024, 1, 1)
    )
    path = address(person, f"details/statuses/{row.id}/change/")
    assert client.post(path, filled(client, path, **day_boxes("ends_on", date(2024, 6, 1)))).status_code == 302
    assert LegalStatus.objects.get(id=row.id).ends_on == date(2024, 6, 1)


@pytest.mark.parametrize(
    ("section", "typed", "said"),
    [
        ("numbers", {"nhs_number": "943 476 5910"}, "does not add up"),
        ("numbers", {"upn": "A801200001001"}, "does not add up"),
        ("numbers", {"upn": "H801200001001"}, "Choose where the unique pupil number was read"),
        ("ethnicity", {"ethnicity": "APKN", "ethnicity_defined_by": "unknown"}, "Choose who said so"),
        ("disability", {"disabilities": ["NONE", "LD"]}, "Choose “No disability” alone"),
        ("names", {"given_name": ""}, "Enter the given name"),
        ("return", {"social_care_number": "12/34"}, "Number in social care must be letters and digits"),
        ("return", day_boxes("own_child_born_on", date(2024, 5, 1)), "Choose Yes, or take out"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(client, person, section, typed, said):
    path = address(person, f"details/{section}/change/")
    response = client.post(path, filled(client, path, **typed))
    assert response.status_code == 200
    assert said in response.content.decode()
    assert not PersonChange.objects.exists()


def test_dates_that_overlap_are_said_beside_the_field(client, person):
    Placement.objects.create(person=person, kind="foster", authority="E08000003", starts_on=date(2024, 1, 1))
    path = address(person, "details/placements/add/")
    typed = filled(client, path, kind="foster", authority="E08000003", **day_boxes("starts_on", date(2024, 5, 1)))
    assert "These dates overlap" in client.post(path, typed).content.decode()


def test_what_the_yearly_return_asks_is_recorded_and_read_in_words(client, person):
    path = address(person, "details/placements/add/")
    typed = filled(client, path, kind="foster", authority="E08000003", legal_status="C2", placement_type="U4",
                   provider="PR1", registration="sc 990001", **day_boxes("starts_on", date(2024, 5, 1)))  # fmt: skip
    assert "Enter the day it ended" in client.post(path, {**typed, "ended_because": "CREQB"}).content.decode()
    assert client.post(path, typed).status_code == 302
    assert Placement.objects.get().registration == "SC990001"
    path = address(person, "details/return/change/")
    typed = filled(client, path, social_care_number="syn 00001", upn_unknown="UN2", mother="no")
    assert client.post(path, typed).status_code == 302
    page = opened(client, address(person, "details/")).content.decode()
    for words in ("Full care order", "Foster care: other carer, long term", "SYN00001", "Never at a maintained school"):
        assert words in page


def test_ethnicity_not_obtained_asks_again_by_a_day_and_refused_does_not(client, person):
    Person.objects.filter(id=person.id).update(ethnicity="NOBT")
    due = today() + timedelta(days=28)
    for path in ("details/", ""):
        page = opened(client, address(person, path)).content.decode()
        assert "Ask again which ethnicity they are" in page
        assert f"{due.day} {due:%B %Y}" in page
    Person.objects.filter(id=person.id).update(ethnicity="REFU")
    assert "Ask again which" not in opened(client, address(person, "details/")).content.decode()


def test_not_asked_not_told_and_not_known_are_three_things(client, person):
    path = address(person, "details/asked/change/")
    typed = filled(client, path, pronouns="not_told", gp="not_known")
    assert client.post(path, typed).status_code == 302
    page = opened(client, address(person, "details/")).content.decode()
    for words in ("Asked, not told", "Asked, not known", "Not asked yet"):
        assert words in page


def test_an_address_kept_apart_opens_by_itself_with_a_mark_in_the_log(client, person):
    kept = Address.objects.create(
        person=person, kind="placement", lines="7 Hidden Lane", kept_apart=True, starts_on=date(2024, 1, 1),
        who_may_know="Not the stepfather",
    )  # fmt: skip
    PersonChange.objects.create(
        person=person, section="addresses", subject=kept.id, new={"lines": "7 Hidden Lane"},
        changed_at=kept.recorded_at, changed_by=accounts.manager(),
    )  # fmt: skip
    for path in ("", "details/", "history/"):
        assert "Hidden Lane" not in opened(client, address(person, path)).content.decode()
    page = opened(client, address(person, f"addresses/{kept.id}/")).content.decode()
    assert "7 Hidden Lane" in page
    assert "Not the stepfather" in page
    assert AuditEvent.objects.filter(what="address kept apart", object_id=kept.id).count() == 1


def test_who_reads_and_may_not_change_sees_no_way_to(person):
    worker = accounts.missing_worker()
    with recorded(None):
        grant_sight(person=person, user=worker, reason="Missing now", by=None)
    client = signed_in(worker)
    page = opened(client, address(person, "details/")).content.decode()
    assert "Add a placement" not in page
    assert "/change/" not in page
    refused = client.get(address(person, "details/voice/change/"))
    assert refused.status_code == 403
    assert "changing who a young person is" in refused.content.decode()


@pytest.mark.parametrize("path", ["details/nothing/change/", "details/statuses/change/", "details/voice/add/"])
def test_a_section_there_is_not_is_not_found(client, person, path):
    assert client.get(address(person, path)).status_code == 404


def test_a_sealed_relation_is_in_no_detail_and_no_history(client, person, lead):
    other = people.child(given_name="Sealed", family_name="Away")
    tie = Relationship.objects.create(person=person, other=other, kind="friend", starts_on=date(2024, 1, 1))
    RelationshipChange.objects.create(
        relationship=tie, section="people", subject=tie.id, new={"other_name": "Sealed Away"},
        changed_at=tie.recorded_at, changed_by=lead,
    )  # fmt: skip
    for path in ("details/", "history/"):
        assert "Sealed Away" in opened(client, address(person, path)).content.decode()
    Seal.objects.create(person=other, reason="Threat", sealed_at=tie.recorded_at, sealed_by=accounts.manager())
    for path in ("details/", "history/", ""):
        assert "Sealed Away" not in opened(client, address(person, path)).content.decode()


def test_details_and_history_take_as_many_queries_for_forty_rows_as_for_ten(client, person, lead):
    def fill(count):
        Alias.objects.bulk_create(Alias(person=person, name=f"Name {n}") for n in range(count))
        Address.objects.bulk_create(
            Address(person=person, lines=f"{n} Road", starts_on=date(2000, 1, 1)) for n in range(count)
        )
        Relationship.objects.bulk_create(
            Relationship(person=person, other_name=f"Friend {n}", kind="friend", starts_on=date(2020, 1, 1))
            for n in range(count)
        )
        PersonChange.objects.bulk_create(
            PersonChange(
                person=person, section="voice", subject=person.id, new={"own_words": str(n)},
                changed_at=person.recorded_at, changed_by=lead,
            )
            for n in range(count)
        )  # fmt: skip

    paths = [address(person, "details/"), address(person, "history/")]
    fill(10)
    for path in paths:
        queries_of(client, path)
    few = [queries_of(client, path) for path in paths]
    fill(30)
    assert [queries_of(client, path) for path in paths] == few
    assert max(few) <= 34
