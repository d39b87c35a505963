"""The ledger of one child: its pages, what the form asks, and who may use it."""

from datetime import timedelta

import pytest

from tests.factories import accounts, cases, people, sharing
from tests.support.pages import day_boxes, new_key, queries_of, signed_in
from trellis.core.clocks import start_of_day, today
from trellis.core.models import Code
from trellis.sharing.models import SharingDecision
from trellis.sharing.queries import months_after, usual_last_day

pytestmark = pytest.mark.django_db


@pytest.fixture
def worker():
    return accounts.hub_worker(name="Wanda Worker")


@pytest.fixture
def person():
    return cases.open_case().person


def address(person, page=""):
    return f"/children/{person.id}/sharing/{page}"


def filled_in(**changes):
    typed = {
        "form_key": new_key(),
        "outcome": "power",
        "agency": "education",
        "parts": ["identity", "family"],
        "basis": "public_task",
        "purpose": "education",
        "necessity": "They plan his return to school",
        "child_told": "yes",
        "parent_told": "no",
        "parent_not_told_why": "His father may be a risk",
        **day_boxes("expires_on", today() + timedelta(days=20)),
    }
    return {name: value for name, value in {**typed, **changes}.items() if value is not None}


def test_an_empty_ledger_says_what_will_come(worker, person):
    page = signed_in(worker).get(address(person)).content.decode()
    assert "Nothing about Robin has been shared through Trellis." in page
    assert "No pointer is placed." in page
    assert "Record a decision" in page


def test_a_decision_stands_in_the_ledger_with_everything_it_says(worker, person):
    response = signed_in(worker).post(address(person, "new/"), filled_in(), follow=True)
    page = response.content.decode()
    for words in (
        "Shared.", "Education", "In force, ends in 21 days", "identity, family", "They plan his return to school",
        "Public task", "No: His father may be a risk", "Wanda Worker",
    ):  # fmt: skip
        assert words in page, words
    made = SharingDecision.objects.get()
    assert made.expires_at == start_of_day(today() + timedelta(days=21))
    assert (made.child_told, made.parent_told, made.decided_by) == (True, False, worker)


def test_the_ledger_shows_the_state_of_each(worker, person):
    for days in (60, 5):
        sharing.share(person, days=days, by=worker)
    sharing.share(person, outcome="withheld", reason="A risk", by=worker, **NOT_SHARED)
    rows = signed_in(worker).get(address(person)).context["rows"]
    assert [(row.state, row.tone) for row in rows] == [
        ("Withheld", "plain"),
        ("In force, ends in 5 days", "now"),
        ("In force, ends in 60 days", "structure"),
    ]


NOT_SHARED = dict.fromkeys(("basis", "purpose", "necessity"), "") | {
    "expires_at": None,
    "child_told": None,
    "parent_told": None,
}


def test_fifty_copies_of_one_form_make_one_decision(worker, person):
    browser, typed = signed_in(worker), filled_in()
    assert {browser.post(address(person, "new/"), typed).status_code for _ in range(50)} == {302}
    assert SharingDecision.objects.count() == 1


def test_the_usual_end_is_three_months_on(worker, person):
    form = signed_in(worker).get(address(person, "new/")).context["form"]
    assert form["expires_on"].value() == usual_last_day() == months_after(today(), 3)
    assert form["basis"].value() == "public_task"


def test_months_end_where_they_end():
    day = today().replace(year=2026, month=11, day=30)
    assert months_after(day, 3) == day.replace(year=2027, month=2, day=28)
    assert months_after(day, 1) == day.replace(month=12)
    assert months_after(day.replace(month=12), 12) == day.replace(year=2027, month=12)


WRONG = {
    "Choose what we decide": {"outcome": None},
    "Choose an agency, or name another body": {"agency": ""},
    "Choose an agency or name another body, not both": {"outside_body": "A school"},
    "Nobody of that agency has an account with this address: check both": {"email": "nobody@example.org"},
    "Choose a part of the record, or say what is shared in words": {"parts": []},
    "Enter the last day": {f"expires_on_{part}": "" for part in ("day", "month", "year")},
    "Last day must be today or in the future": day_boxes("expires_on", today() - timedelta(days=1)),
    "Enter why it is needed, in one line": {"necessity": ""},
    "This ground is a duty": {"basis": "enquiry"},
    "This ground is no duty": {"basis": "consent", "outcome": "duty"},
    "Say whether the young person knows": {"child_told": None},
    "Enter why the young person does not know": {"child_told": "no"},
    "Enter why their parents or carers do not know": {"parent_not_told_why": ""},
    "Enter why it is not shared": {"outcome": "withheld"},
    "Say what you tell or send them": {"agency": "", "outside_body": "A school"},
}


@pytest.mark.parametrize("words", WRONG)
def test_what_is_missing_is_asked_for(worker, person, words):
    response = signed_in(worker).post(address(person, "new/"), filled_in(**WRONG[words]))
    assert response.status_code == 200
    assert words in response.content.decode()
    assert not SharingDecision.objects.exists()


def test_a_share_with_one_person_by_their_address(worker, person):
    teacher = accounts.remote_partner("education")
    signed_in(worker).post(address(person, "new/"), filled_in(email=teacher.email.upper()))
    assert SharingDecision.objects.get().user == teacher


def test_withholding_keeps_the_reason_and_nothing_of_the_rest(worker, person):
    signed_in(worker).post(address(person, "new/"), filled_in(outcome="withheld", reason="It would reach his father"))
    made = SharingDecision.objects.get()
    assert (made.reason, made.basis, made.necessity, made.expires_at) == ("It would reach his father", "", "", None)


def test_a_ground_that_is_over_is_not_offered(worker, person):
    Code.objects.filter(list="lawful_basis", code="s16la").update(valid_to=today())
    page = signed_in(worker).get(address(person, "new/")).content.decode()
    assert "16LA" not in page
    assert "legal check before go-live" in page.lower()


def test_recalling_asks_why_and_takes_effect(worker, person):
    decision = sharing.share(person, by=worker)
    browser = signed_in(worker)
    page = address(person, f"{decision.id}/recall/")
    assert "Enter why it is recalled" in browser.post(page, {"why": ""}).content.decode()
    assert "They see nothing more" in browser.post(page, {"why": "Over"}, follow=True).content.decode()
    assert browser.get(address(person)).context["rows"][0].state == "Recalled"
    assert "not in force any more" in browser.post(page, {"why": "Over"}, follow=True).content.decode()


@pytest.mark.parametrize("page", ["", "new/"])
def test_allocated_same_agency_other_agency(person, page):
    lead = accounts.hub_worker()
    cases_person = cases.allocated_case(lead).person
    assert signed_in(lead).get(address(cases_person, page)).status_code == 200
    for outsider in (accounts.remote_partner("social_care"), accounts.remote_partner("education")):
        assert signed_in(outsider).get(address(cases_person, page)).status_code == 404


def test_a_partner_with_parts_has_no_ledger(person):
    teacher = accounts.remote_partner()
    sharing.share(person, ["identity", "family", "chronology", "missing", "referrals"])
    browser = signed_in(teacher)
    for page in ("", "new/"):
        assert browser.get(address(person, page)).status_code == 404
    assert "/sharing/" not in browser.get(f"/children/{person.id}/").content.decode()


def test_who_may_not_decide_reads_the_ledger_and_no_more():
    worker = accounts.manager()
    person = cases.open_case().person
    worker.memberships.get().role.permissions.remove("SHARE_DECIDE")
    role = worker.memberships.get().role
    role.permissions = [p for p in role.permissions if p != "SHARE_DECIDE"]
    role.save()
    page = signed_in(worker).get(address(person))
    assert "Record a decision" not in page.content.decode()
    assert signed_in(worker).get(address(person, "new/")).status_code == 403


def test_the_ledger_takes_the_same_queries_for_2_and_for_40(worker):
    few, many = (cases.open_case(people.child(given_name=name)).person for name in ("Few", "Many"))
    for person, count in ((few, 2), (many, 40)):
        for _ in range(count):
            sharing.share(person, by=worker)
    browser = signed_in(worker)
    queries_of(browser, address(few))
    assert queries_of(browser, address(few)) == queries_of(browser, address(many))


def test_a_name_of_150_letters_and_markup_come_through_as_text(worker, person):
    typed = filled_in(agency="", outside_body="<b>" + "Ö" * 140, parts=[], words="<script>x</script>")
    page = signed_in(worker).post(address(person, "new/"), typed, follow=True).content.decode()
    assert "Ö" * 140 in page
    assert "<script>x" not in page
    assert "<b>Ö" not in page
