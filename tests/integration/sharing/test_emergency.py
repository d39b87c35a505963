"""Opening a record in an emergency: exactly one child, some hours, told at once, reviewed; never what is sealed."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import accounts, cases, kept_away, people
from tests.factories.prepared import prepared
from tests.support.pages import day_boxes, new_key, signed_in
from trellis.accounts.access import Refused
from trellis.accounts.models import Agency
from trellis.audit_log.models import AuditEvent
from trellis.audit_log.trail import recorded
from trellis.cases.models import ChronologyEntry, Notice
from trellis.cases.services import add_chronology_entry
from trellis.core.clocks import add_working_days, now, today
from trellis.core.reference_data import bank_holidays
from trellis.need_to_know.models import Grant
from trellis.sharing.emergency import services
from trellis.sharing.emergency.models import EmergencyOpening, EmergencyReview
from trellis.sharing.emergency.queries import Asked
from trellis.sharing.sealing.services import keep_worker_from

pytestmark = pytest.mark.django_db
REASON = "A neighbour heard shouting and a fall"


def closed_to_the_hub():
    """A child whom managers still see and the hub does not."""
    return cases.closed_case().person


def form(person, **changed):
    return {
        "form_key": new_key(),
        "given_name": person.given_name,
        "family_name": person.family_name,
        **day_boxes("date_of_birth", person.date_of_birth),
        "reference": "",
        "category": "life_at_risk",
        "reason": REASON,
        **changed,
    }


def test_a_record_opens_for_four_hours_and_all_that_follows_is_written_at_once():
    worker, manager = accounts.hub_worker(), accounts.manager()
    person = closed_to_the_hub()
    client = signed_in(worker)
    assert client.get(f"/children/{person.id}/").status_code == 404
    page = client.post("/emergency/", form(person), follow=True)
    assert page.redirect_chain == [(f"/children/{person.id}/", 302)]
    opening = EmergencyOpening.objects.get()
    assert "Open in an emergency until" in page.content.decode()
    assert "police items stay closed" in page.content.decode()
    grant = Grant.objects.get(user=worker, person=person)
    assert (grant.parts, grant.source, grant.ends_at) == (["emergency"], opening.id, opening.ends_at)
    assert opening.ends_at - opening.opened_at == timedelta(hours=4)
    assert opening.review_due_on == add_working_days(today(), 2, bank_holidays())
    entry = ChronologyEntry.objects.get(kind="emergency.opened")
    assert REASON not in entry.body
    assert manager in {notice.to for notice in Notice.objects.filter(kind="emergency.opened")}
    event = AuditEvent.objects.get(what="emergency opening", action="write")
    assert (event.actor, event.children, event.grants, event.why) == (worker, [person.id], [grant.id], "life_at_risk")


def test_it_ends_by_itself():
    worker, person = accounts.hub_worker(), closed_to_the_hub()
    opening = kept_away.opened_in_emergency(person, worker)
    assert signed_in(worker).get(f"/children/{person.id}/").status_code == 200
    earlier = {"opened_at": now() - timedelta(hours=5), "ends_at": now() - timedelta(hours=1)}
    EmergencyOpening.objects.filter(id=opening.id).update(**earlier)
    Grant.objects.filter(source=opening.id).update(starts_at=earlier["opened_at"], ends_at=earlier["ends_at"])
    assert signed_in(worker).get(f"/children/{person.id}/").status_code == 404


def test_the_lead_worker_is_told_and_not_the_managers():
    lead, worker = accounts.hub_worker(), accounts.member("missing", "missing_worker", agency="missing_team")
    person = cases.allocated_case(lead).person
    kept_away.opened_in_emergency(person, worker)
    assert [notice.to for notice in Notice.objects.filter(kind="emergency.opened")] == [lead]
    page = signed_in(lead).get("/").content.decode()
    assert f"{worker.name}, Missing from home team, opened the record in an emergency" in page
    assert REASON not in page


def test_police_items_stay_closed_and_others_open():
    worker, person = accounts.hub_worker(), closed_to_the_hub()
    with prepared():
        for code in ("police", "health"):
            agency = Agency.objects.get(code=code)
            add_chronology_entry(
                person=person, happened_at=now(), kind="note", title=f"Said by {code}", by=None, agency=agency
            )
    kept_away.opened_in_emergency(person, worker)
    page = signed_in(worker).get(f"/children/{person.id}/chronology/").content.decode()
    assert "Said by health" in page
    assert "Said by police" not in page


def outcomes(worker):
    """Everything that is nobody: there is none, two of the same, a sealed one, one the worker is kept from."""
    twin = {"given_name": "Twice", "family_name": "Recorded"}
    people.child(**twin), people.child(**twin)
    sealed = people.child(given_name="Kept", family_name="Sealed")
    kept_away.sealed_record(sealed)
    excluded, by = people.child(given_name="Known", family_name="Atho"), accounts.manager()
    kept_away.granted(by, excluded)
    with recorded(by):
        keep_worker_from(person=excluded, user=worker, reason="A cousin", by=by)
    gone = people.child(given_name="Never", family_name="Recorded")
    gone.delete()
    return [gone, people.child(**twin), sealed, excluded]


def shape_of(statement):
    """A query without its values and without the names of savepoints."""
    return re.sub(r"'[^']*'|\"s\d+_x\d+\"|\d+", "", statement)


def test_nobody_two_sealed_and_kept_from_are_one_page_in_the_same_words_and_queries():
    worker = accounts.hub_worker()
    asked = outcomes(worker)
    client = signed_in(worker)
    client.post("/emergency/", form(asked[0]))
    pages, queries = [], []
    for person in asked:
        said = form(person, form_key=str(uuid4()))
        with CaptureQueriesContext(connection) as captured:
            response = client.post("/emergency/", said)
        assert response.status_code == 200
        text = response.content.decode()
        pages.append(text[text.index('<main id="main"') : text.index('<form method="post" novalidate')])
        queries.append([shape_of(query["sql"]) for query in captured])
    assert "Nobody found who can be opened this way" in pages[0]
    assert pages[1:] == pages[:1] * 3
    assert queries[1:] == queries[:1] * 3
    assert not EmergencyOpening.objects.exists()
    refused = AuditEvent.objects.filter(what="emergency opening", action="refuse", actor=worker)
    assert refused.count() == 5
    assert [event.children for event in refused] == [[]] * 5


def test_a_sealed_record_stays_closed_by_its_reference_and_number_too():
    worker, person = accounts.hub_worker(), people.child(nhs_number="9991234567")
    kept_away.sealed_record(person)
    for reference in ("999 123 4567", person.cases.get().reference):
        with recorded(worker), pytest.raises(services.NobodyFound):
            services.open_in_emergency(
                asked=Asked(reference=reference), category="child_here", reason=REASON, by=worker, key=uuid4()
            )


@pytest.mark.parametrize("how", ["999 123 4567", "9991234567", "reference", "csh"])
def test_a_number_finds_as_well_as_names_do(how):
    worker, person = accounts.hub_worker(), cases.closed_case(people.child(nhs_number="9991234567")).person
    known = person.cases.get().reference
    reference = {"reference": known, "csh": known.lower()}.get(how, how)
    page = signed_in(worker).post(
        "/emergency/",
        form(
            person,
            given_name="",
            family_name="",
            date_of_birth_day="",
            date_of_birth_month="",
            date_of_birth_year="",
            reference=reference,
        ),
    )
    assert page.status_code == 302


def test_a_name_nearly_right_finds_nobody():
    worker, person = accounts.hub_worker(), cases.closed_case(people.child(family_name="Khan Ali")).person
    page = signed_in(worker).post("/emergency/", form(person, family_name="Khan"))
    assert "Nobody found" in page.content.decode()


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"reason": "short"}, "20 characters"),
        ({"reason": "x" * 19 + " " * 40}, "20 characters"),
        ({"category": ""}, "Choose why it has to be now"),
        ({"given_name": ""}, "Enter both names and the date of birth"),
        (
            {
                "given_name": "",
                "family_name": "",
                "date_of_birth_day": "",
                "date_of_birth_month": "",
                "date_of_birth_year": "",
            },
            "Enter both names and the date of birth",
        ),
    ],
)
def test_nothing_opens_without_a_reason_a_category_and_an_exact_identity(changed, words):
    page = signed_in(accounts.hub_worker()).post("/emergency/", form(closed_to_the_hub(), **changed))
    assert words in page.content.decode()
    assert not EmergencyOpening.objects.exists()


def test_one_form_opens_once():
    client, person = signed_in(accounts.hub_worker()), closed_to_the_hub()
    said = form(person)
    for _ in range(3):
        assert client.post("/emergency/", said).status_code == 302
    assert EmergencyOpening.objects.count() == 1


def test_who_sees_the_record_already_opens_nothing():
    worker = accounts.hub_worker()
    person = cases.open_case().person
    page = signed_in(worker).post("/emergency/", form(person), follow=True)
    assert "You see this record already" in page.content.decode()
    assert not EmergencyOpening.objects.exists()


@pytest.mark.parametrize("kind", [accounts.remote_partner, accounts.analyst])
def test_only_roles_that_may_break_the_glass_do(kind):
    client = signed_in(kind())
    assert client.get("/emergency/").status_code == 403
    assert client.post("/emergency/", form(closed_to_the_hub())).status_code == 403
    assert 'href="/emergency/"' not in client.get("/").content.decode()


def test_it_takes_a_fresh_sign_in():
    client = signed_in(accounts.hub_worker())
    with time_machine.travel(now() + timedelta(minutes=11)):
        assert client.get("/emergency/").url.startswith("/sign-in/confirm/")


def test_what_is_no_longer_needed_is_handed_back():
    worker, person = accounts.hub_worker(), closed_to_the_hub()
    opening = kept_away.opened_in_emergency(person, worker)
    client = signed_in(worker)
    assert "I no longer need this" in client.get("/emergency/").content.decode()
    assert "I no longer need this" in client.get(f"/children/{person.id}/access/").content.decode()
    assert signed_in(accounts.hub_worker()).post(f"/emergency/{opening.id}/hand-back/").status_code == 404
    assert client.post(f"/emergency/{opening.id}/hand-back/").status_code == 302
    assert client.get(f"/children/{person.id}/").status_code == 404
    assert client.post(f"/emergency/{opening.id}/hand-back/").status_code == 404
    assert signed_in(accounts.manager()).get("/emergency/reviews/").context["waiting"][0]["opening"] == opening


def test_an_emergency_neither_seals_nor_keeps_others_away():
    manager = accounts.member("hub", "manager")
    person = closed_to_the_hub()
    kept_away.opened_in_emergency(person, manager)
    client = signed_in(manager)
    assert client.get(f"/children/{person.id}/").status_code == 200
    for page in ("seal/", "exclusions/new/"):
        assert client.get(f"/children/{person.id}/access/{page}").status_code == 404


def test_openings_wait_for_review_overdue_first_and_one_without_sight_reads_a_reference():
    auditor, manager = accounts.member("analysis", "auditor"), accounts.manager()
    worker = accounts.hub_worker()
    first, second = closed_to_the_hub(), cases.closed_case(people.child(given_name="Second")).person
    late, soon = kept_away.opened_in_emergency(first, worker), kept_away.opened_in_emergency(second, worker)
    EmergencyOpening.objects.filter(id=late.id).update(review_due_on=today() - timedelta(days=3))
    rows = signed_in(auditor).get("/emergency/reviews/").context["waiting"]
    assert [(row["opening"], row["late"]) for row in rows] == [(late, True), (soon, False)]
    assert [row["who"] for row in rows] == [first.cases.get().reference, second.cases.get().reference]
    assert [row["who"] for row in signed_in(manager).get("/emergency/reviews/").context["waiting"]] == [
        first.name,
        second.name,
    ]
    one = signed_in(auditor).get(f"/emergency/reviews/{late.id}/").content.decode()
    assert first.family_name not in one
    assert REASON in one
    assert signed_in(worker).get("/emergency/reviews/").status_code == 403


def test_an_opening_that_was_not_justified_ends_and_the_managers_are_told():
    worker, reviewer, manager = accounts.hub_worker(), accounts.manager(), accounts.manager()
    person = closed_to_the_hub()
    opening = kept_away.opened_in_emergency(person, worker)
    client = signed_in(reviewer)
    page = f"/emergency/reviews/{opening.id}/"
    assert client.post(page, {"outcome": "", "reason": ""}).status_code == 200
    assert client.post(page, {"outcome": "not_justified", "reason": "It could wait"}).status_code == 302
    assert signed_in(worker).get(f"/children/{person.id}/").status_code == 404
    told = {notice.to for notice in Notice.objects.filter(kind="emergency.not_justified")}
    assert manager in told
    assert not {worker, reviewer} & told
    assert client.post(page, {"outcome": "justified", "reason": "After all"}).status_code == 409
    review = EmergencyReview.objects.get()
    assert (review.outcome, review.reviewed_by) == ("not_justified", reviewer)


def test_a_justified_opening_goes_on_until_it_ends():
    worker, reviewer, person = accounts.hub_worker(), accounts.manager(), closed_to_the_hub()
    opening = kept_away.opened_in_emergency(person, worker)
    signed_in(reviewer).post(f"/emergency/reviews/{opening.id}/", {"outcome": "justified", "reason": "She was hurt"})
    assert signed_in(worker).get(f"/children/{person.id}/").status_code == 200
    assert not Notice.objects.filter(kind="emergency.not_justified").exists()


def test_nobody_reviews_their_own():
    reviewer = accounts.member("hub", "manager")
    opening = kept_away.opened_in_emergency(closed_to_the_hub(), reviewer)
    client = signed_in(reviewer)
    page = client.get(f"/emergency/reviews/{opening.id}/")
    assert "another reviewer looks at it" in page.content.decode()
    assert page.context["form"] is None
    said = {"outcome": "justified", "reason": "I was right"}
    assert client.post(f"/emergency/reviews/{opening.id}/", said).status_code == 403
    with recorded(reviewer), pytest.raises(Refused):
        services.review_opening(opening=opening, by=reviewer, **said)
    assert not EmergencyReview.objects.exists()


def test_an_opening_of_a_record_sealed_since_waits_for_its_holders_alone():
    worker, stranger = accounts.hub_worker(), accounts.member("analysis", "auditor")
    person = people.child()
    opening = kept_away.opened_in_emergency(person, worker)
    _, manager, _ = kept_away.sealed_record(person)
    assert signed_in(stranger).get("/emergency/reviews/").context["waiting"] == []
    assert signed_in(stranger).get(f"/emergency/reviews/{opening.id}/").status_code == 404
    assert [row["opening"] for row in signed_in(manager).get("/emergency/reviews/").context["waiting"]] == [opening]
    assert signed_in(worker).get(f"/children/{person.id}/").status_code == 404
    assert signed_in(worker).get("/emergency/").context["open"] == []


def test_the_lead_worker_and_reviewers_read_who_opened_it_and_others_do_not():
    lead, worker = accounts.hub_worker(), accounts.missing_worker(name="Broke Glass")
    person = cases.allocated_case(lead).person
    kept_away.opened_in_emergency(person, worker)
    for reader in (lead, accounts.manager()):
        assert "Broke Glass" in signed_in(reader).get(f"/children/{person.id}/access/").content.decode()
    colleague = signed_in(accounts.hub_worker()).get(f"/children/{person.id}/access/").content.decode()
    assert "Emergency openings" not in colleague


def test_a_notice_is_seen_once_and_by_whom_it_is_for():
    lead, worker = accounts.hub_worker(), accounts.missing_worker()
    person = cases.allocated_case(lead).person
    kept_away.opened_in_emergency(person, worker)
    notice = Notice.objects.get(to=lead)
    assert signed_in(accounts.manager()).post(f"/notices/{notice.id}/seen/").status_code == 302
    assert "For you: 1" in signed_in(lead).get("/").content.decode()
    assert signed_in(lead).post(f"/notices/{notice.id}/seen/").status_code == 302
    assert "For you" not in signed_in(lead).get("/").content.decode()
