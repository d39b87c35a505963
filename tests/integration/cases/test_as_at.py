"""The chronology as it was known on a day equals a second answer worked out over plain rows; and on paper."""

import random
import re
from datetime import timedelta

import pytest
from django.db import connection

from tests.factories import accounts, cases, people
from tests.support.pages import day_boxes, queries_of, signed_in
from trellis.audit_log.models import AuditEvent
from trellis.cases.models import ChronologyEntry
from trellis.core.clocks import LONDON, now

pytestmark = pytest.mark.django_db
DAYS, ENTRIES = 14, 60


@pytest.fixture
def lead():
    return accounts.hub_worker()


@pytest.fixture
def person(lead):
    return cases.allocated_case(lead).person


def address(person, more=""):
    return f"/children/{person.id}/chronology/{more}"


def write(person, by, draw):
    """Entries at random moments, on either side of London midnights too, many of them corrected, some twice."""
    start, made = now() - timedelta(days=DAYS), []
    for number in range(ENTRIES):
        old = draw.choice([None, None, *(entry for entry in made if entry.recorded_at < now() - timedelta(minutes=1))])
        known = old.recorded_at if old else start
        at = known + timedelta(seconds=draw.randint(1, int((now() - known).total_seconds()) - 1))
        if draw.random() < 0.2:
            at = max(known, at.astimezone(LONDON).replace(hour=0, minute=0, second=0, microsecond=0))
        if old:
            made.remove(old)
        entry = ChronologyEntry(
            person=person, kind=draw.choice(["note", "health"]), title=f"Entry {number}", agency=by.agency,
            handling=draw.choice(["P", "P", "C"]), happened_at=at, recorded_at=at, recorded_by=by, supersedes=old,
        )  # fmt: skip
        ChronologyEntry.objects.bulk_create([entry])
        made.append(entry)


def plain_rows(person):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, title, recorded_at, supersedes_id FROM cases_chronologyentry WHERE person_id = %s", [person.id]
        )
        return cursor.fetchall()


def plainly_known_on(rows, day):
    """What had been recorded by the end of the London day and had not been put right by then."""
    known = [row for row in rows if row[2].astimezone(LONDON).date() <= day]
    put_right = {row[3] for row in known}
    return {row[1] for row in known if row[0] not in put_right}


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_it_equals_a_plain_second_answer_for_every_day(person, lead, seed):
    write(person, lead, random.Random(seed))
    rows, client, today = plain_rows(person), signed_in(lead), now().astimezone(LONDON).date()
    for back in range(DAYS + 2):
        day = today - timedelta(days=back)
        response = client.get(address(person), {**day_boxes("as_at", day), "page": "1"})
        shown = {entry["title"] for entry in response.context["entries"]}
        if response.context["page"].paginator.num_pages > 1:
            more = client.get(address(person), {**day_boxes("as_at", day), "page": "2"})
            shown |= {entry["title"] for entry in more.context["entries"]}
        assert shown == plainly_known_on(rows, day), day
        later = sum(row[2].astimezone(LONDON).date() > day for row in rows)
        assert response.context["written_since"] == later


def test_it_says_that_it_is_read_with_the_sight_of_today(person, lead):
    yesterday = now() - timedelta(days=1)
    page = signed_in(lead).get(address(person), day_boxes("as_at", yesterday.date())).content.decode()
    assert "in the words that stood then" in page
    assert "You read it with the sight you have now" in page
    assert "Correct<span" not in page


def test_what_another_agency_keeps_to_itself_was_not_known_to_me_then_either(person, lead):
    police = accounts.member("hub", "practitioner", agency="police")
    kept = {
        "recorded_by": police,
        "handling": "C",
        "limited_to": [police.agency_id],
        "recorded_at": now() - timedelta(days=3),
    }
    ChronologyEntry.objects.bulk_create([
        ChronologyEntry(
            person=person, kind="police", title="Kept", agency=police.agency, happened_at=now(), **kept
        )
    ])  # fmt: skip
    asked = day_boxes("as_at", (now() - timedelta(days=1)).date())
    assert "Kept" not in signed_in(lead).get(address(person), asked).content.decode()
    assert "Kept" in signed_in(police).get(address(person), asked).content.decode()


def test_entries_are_chosen_by_where_they_come_from(person, lead):
    ChronologyEntry.objects.bulk_create(
        ChronologyEntry(
            person=person, kind=kind, title=title, agency=lead.agency, handling="P", happened_at=now(), recorded_by=by
        )
        for kind, title, by in (("police", "By hand", lead), ("plan", "By form", lead), ("police", "By file", None))
    )
    client = signed_in(lead)
    for source, title in (("written", "By hand"), ("made", "By form"), ("file", "By file")):
        titles = [e["title"] for e in client.get(address(person), {"source": source}).context["entries"]]
        assert title in titles
        assert len({"By hand", "By form", "By file"} & set(titles)) == 1


def test_paper_has_the_entries_chosen_first_to_last_with_marking_name_and_choice(person, lead):
    nurse = accounts.member("hub", "practitioner", agency="health")
    for number in range(3):
        ChronologyEntry.objects.bulk_create([
            ChronologyEntry(
                person=person, kind="health", title=f"Visit {number}", agency=nurse.agency, handling="P",
                happened_at=now() - timedelta(days=9 - number), recorded_by=nurse,
            )
        ])  # fmt: skip
    response = signed_in(lead).get(address(person, "print/"), {"agency": "health"})
    page = response.content.decode()
    assert [entry["title"] for entry in response.context["entries"]] == ["Visit 0", "Visit 1", "Visit 2"]
    assert "Agency: Health" in page
    assert re.search(r'trellis-running__line"><span>[^<]+</span><span>Robin Ashworth', page)
    assert f"Printed by {lead.name}" in page
    assert AuditEvent.objects.filter(what="chronology to print", children=[person.id]).count() == 1


def test_what_others_share_under_conditions_is_not_on_paper_and_is_counted(person, lead):
    nurse = accounts.member("hub", "practitioner", agency="health")
    ChronologyEntry.objects.bulk_create([
        ChronologyEntry(
            person=person, kind="health", title="Ask me first", agency=nurse.agency, handling="C", conditions="Ask",
            happened_at=now(), recorded_by=nurse,
        )
    ])  # fmt: skip
    client = signed_in(lead)
    assert "Ask me first" in client.get(address(person)).content.decode()
    page = client.get(address(person, "print/")).content.decode()
    assert "Ask me first" not in page
    assert "1 entry of other agencies is not on paper" in page


def test_paper_takes_as_many_queries_for_forty_entries_as_for_ten(lead):
    short, long = (cases.allocated_case(lead, people.child(given_name=name)).person for name in ("Short", "Long"))
    for person, count in ((short, 10), (long, 40)):
        ChronologyEntry.objects.bulk_create(
            ChronologyEntry(
                person=person, kind="note", title=f"Entry {n}", agency=lead.agency, handling="P", happened_at=now(),
                recorded_by=lead,
            )
            for n in range(count)
        )  # fmt: skip
    client = signed_in(lead)
    queries_of(client, address(short, "print/"))
    assert queries_of(client, address(short, "print/")) == queries_of(client, address(long, "print/"))


def test_nobody_prints_what_they_do_not_see(person):
    assert signed_in(accounts.remote_partner()).get(address(person, "print/")).status_code == 404
