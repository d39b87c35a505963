"""What somebody with a part of a record sees: that part, and nowhere a word that says the rest is not there."""

import pytest

from tests.factories import accounts, cases, missing, people, referrals, sharing
from tests.support.pages import queries_of, signed_in
from trellis.audit_log.trail import recorded
from trellis.cases.services import add_chronology_entry
from trellis.core.clocks import now, today
from trellis.core.presenters import last_day
from trellis.people.models import Education, LegalStatus, Relationship

pytestmark = pytest.mark.django_db

SAID = {
    "referrals": ("Boxes twice a week", "Older people wait", "Worries", "Strengths"),
    "family": ("Uncle Trusted", "Northfield", "Child in need", "Family and carers"),
    "chronology": ("Came with a bruise", "What happened lately"),
    "missing": ("Missing from care", "Missing episodes", "interview"),
}
NEVER = ("No referral is recorded", "None recorded", "None reported", "Not recorded yet:", "No open case")


@pytest.fixture
def person():
    lead = accounts.hub_worker(name="Lena Lead")
    child = people.child(own_words="I want my own school back.", safe_contact="Text his mum", pronouns="he/him")
    made = cases.allocated_case(lead, child).person
    referrals.waiting_referral(made, concerns="Older people wait", strengths="Boxes twice a week")
    missing.returned_child(made, kind="care")
    LegalStatus.objects.create(person=made, kind="child_in_need", authority="E08000003", starts_on=today())
    Education.objects.create(person=made, provision="mainstream", place_name="Northfield", starts_on=today())
    uncle = people.child(given_name="Uncle", family_name="Trusted")
    Relationship.objects.create(person=made, other=uncle, kind="trusted_adult", starts_on=today())
    with recorded(lead, "test"):
        add_chronology_entry(person=made, happened_at=now(), kind="note", title="Came with a bruise", by=lead)
    return made


def overview(user, person):
    response = signed_in(user).get(f"/children/{person.id}/")
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize("parts", [["identity"], ["family"], ["chronology"], ["missing"], ["referrals"], list(SAID)])
def test_the_parts_shared_are_there_and_no_others(person, parts):
    sharing.share(person, parts)
    page = overview(accounts.remote_partner(), person)
    for part, sentences in SAID.items():
        for words in sentences:
            assert (words in page) == (part in parts), (part, words)
    for words in NEVER:
        assert words not in page, words
    assert ("Not yet asked" in page) == ("family" in parts)
    assert "Robin Ashworth" in page
    assert "I want my own school back." in page


def test_one_line_says_what_is_shared_until_when_and_whom_to_ask(person):
    decision = sharing.share(person, ["family", "chronology"])
    page = overview(accounts.remote_partner(), person)
    line = signed_in(accounts.remote_partner()).get(f"/children/{person.id}/").context["shares"]
    until = last_day(decision.expires_at)
    assert line == [f"Shared with Education until {until}: identity, family, chronology."]
    assert line[0] in page
    assert "Ask Lena Lead (lead worker) for more." in page


def test_no_button_leads_where_they_may_not_go(person):
    sharing.share(person, list(SAID))
    browser = signed_in(accounts.remote_partner())
    for page in ("", "chronology/", "missing/"):
        text = browser.get(f"/children/{person.id}/{page}").content.decode()
        for path in ("/add/", "/correct/", "/report/", "/sharing/", "/export/"):
            assert f"{person.id}{path}" not in text, (page, path)


def test_who_has_the_whole_record_sees_it_as_before(person):
    sharing.share(person, ["identity"])
    page = overview(accounts.hub_worker(), person)
    for sentences in SAID.values():
        for words in sentences:
            assert words in page, words
    assert "What we do not know yet:" in page
    assert "Shared with Education until" not in page.split("What happened lately")[0]


def test_my_day_lists_what_is_shared_and_the_rest_is_nowhere(person):
    hidden = cases.open_case(people.child(given_name="Hidden", family_name="Hare")).person
    pointed = cases.open_case(people.child(given_name="Pointed", family_name="Pike")).person
    sharing.share(person, ["family"])
    sharing.pointer(pointed)
    browser = signed_in(accounts.remote_partner())
    page = browser.get("/").content.decode()
    assert "Shared with you: 1" in page
    assert f"/children/{person.id}/" in page
    assert "Your agency is told of 1 young person known elsewhere" in page
    assert "No young person is allocated to you yet" not in page
    for words in ("Hare", "Pike", str(hidden.id), str(pointed.id)):
        assert words not in page, words


def test_search_finds_what_is_shared_and_counts_nothing_else(person):
    cases.open_case(people.child(given_name="Robin", family_name="Ashworthy"))
    sharing.pointer(cases.open_case(people.child(given_name="Robin", family_name="Ashworth")).person)
    sharing.share(person, ["identity"])
    page = signed_in(accounts.remote_partner()).post("/children/", {"q": "Robin Ashworth"}).content.decode()
    assert "1 young person found" in page
    assert f"/children/{person.id}/" in page


def test_a_reference_of_a_part_that_is_not_shared_finds_nobody(person):
    reference = person.referrals.get().reference
    teacher = accounts.remote_partner()
    sharing.share(person, ["family"])
    assert "Nobody found" in signed_in(teacher).post("/children/", {"q": reference}).content.decode()
    sharing.share(person, ["referrals"])
    assert "1 young person found" in signed_in(teacher).post("/children/", {"q": reference}).content.decode()


def test_the_chronology_shows_what_their_agency_may_hold(person):
    officer = accounts.member("hub", "practitioner", agency="police")
    with recorded(officer, "test"):
        add_chronology_entry(person=person, happened_at=now(), kind="police", title="Seen by officers", by=officer)
    sharing.share(person, ["chronology"])
    browser = signed_in(accounts.remote_partner())
    page = browser.get(f"/children/{person.id}/chronology/").content.decode()
    assert "Came with a bruise" in page
    assert "Seen by officers" not in page
    assert "Seen by officers" not in overview(accounts.remote_partner(), person)


def test_my_day_takes_the_same_queries_for_1_and_for_30():
    few, many = accounts.remote_partner("education"), accounts.remote_partner("voluntary")
    for user, count in ((few, 1), (many, 30)):
        for _ in range(count):
            sharing.share(parts=["family"], to=user.agency.code)
    counts = {}
    for user in (few, many):
        browser = signed_in(user)
        queries_of(browser, "/")
        counts[user] = queries_of(browser, "/")
    assert counts[few] == counts[many]


@pytest.mark.parametrize("parts", [["chronology"], ["chronology", "missing"], ["chronology", "referrals"]])
def test_the_chronology_tells_of_other_parts_only_where_they_are_shared_too(person, parts):
    lead = accounts.hub_worker()
    with recorded(lead, "test"):
        add_chronology_entry(person=person, happened_at=now(), kind="missing.interview", title="Talked", by=lead)
    sharing.share(person, parts)
    response = signed_in(accounts.remote_partner()).get(f"/children/{person.id}/chronology/")
    titles = {entry["title"] for entry in response.context["entries"]}
    assert "Came with a bruise" in titles
    assert ("Talked" in titles) == ("missing" in parts)
    assert ("Referral received: child criminal exploitation" in titles) == ("referrals" in parts)
