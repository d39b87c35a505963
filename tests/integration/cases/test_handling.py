"""How entries are handled: coded as they are written, recoded by their owner, with a source's own words kept apart."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from tests.factories import accounts, cases
from tests.support.pages import moment_boxes, new_key, queries_of, signed_in
from trellis.accounts.models import Agency
from trellis.audit_log.models import AuditEvent
from trellis.audit_log.trail import recorded
from trellis.cases import services
from trellis.cases.models import ChronologyEntry, EntryRecoding, RawText
from trellis.core.clocks import now
from trellis.need_to_know.codes import CodeBook, Coding
from trellis.need_to_know.models import HandlingRule
from trellis.need_to_know.protective_marking import MarkedTooHigh

pytestmark = pytest.mark.django_db
CANARY = "the-cousin-told-us-canary"
ASK = "Ask the owner before this goes any further."


@pytest.fixture
def lead():
    return accounts.hub_worker(name="Lena Lead")


@pytest.fixture
def officer():
    return accounts.hub_worker(agency="police", name="Omar Officer")


@pytest.fixture
def nurse():
    return accounts.hub_worker(agency="health", name="Nina Nurse")


@pytest.fixture
def person(lead):
    return cases.allocated_case(lead).person


def address(person, more=""):
    return f"/children/{person.id}/chronology/{more}"


def filled_in(**changes):
    typed = {"form_key": new_key(), "title": "Seen by the arcade", "body": "With two adults", "significance": "1"}
    return {**typed, **moment_boxes("happened_at", now() - timedelta(hours=2)), **changes}


def note_of(by, person, **fields):
    with recorded(by):
        written = {"happened_at": now(), "title": "Seen by the arcade", "body": "", "significance": 1, **fields}
        return services.add_note(person=person, by=by, **written)


def agency(code):
    return Agency.objects.get(code=code)


def titles(user, person, data=None):
    return [e["title"] for e in signed_in(user).get(address(person), data or {}).context["entries"]]


def recode(user, person, entry, **changes):
    said = {"handling": "C", "conditions": "Ask Omar first", "why": "A source could be guessed", "after": "", **changes}
    return signed_in(user).post(address(person, f"{entry.id}/handling/"), said)


def test_a_note_takes_its_agencys_own_rule_and_says_so(lead, officer, nurse, person):
    for user, coding in ((lead, ("P", "")), (officer, ("C", ASK))):
        assert signed_in(user).post(address(person, "add/"), filled_in()).status_code == 302
        entry = ChronologyEntry.objects.get(kind="note", agency=user.agency)
        assert (entry.handling, entry.conditions) == coding
    page = signed_in(nurse).get(address(person)).content.decode()
    assert "Police · C</span> Lawful sharing permitted with conditions: Ask the owner before" in page
    assert "Children&#x27;s social care · P</span> Lawful sharing permitted" in page


def test_the_handling_of_a_note_is_closed_until_somebody_wants_it(officer, person):
    page = signed_in(officer).get(address(person, "add/")).content.decode()
    assert "Handling: Police, C: Lawful sharing permitted with conditions: Ask the owner" in page
    assert "This entry belongs to <strong>Police</strong>" in page
    assert '<details class="govuk-details">' in page
    assert "5x5x5" not in page


def test_a_note_is_coded_limited_and_given_a_basis(officer, lead, nurse, person):
    typed = filled_in(
        handling="C",
        conditions="Speak to Omar",
        limited_to=["social_care"],
        lawful_basis="law_enforcement",
        purpose="crime",
    )
    assert signed_in(officer).post(address(person, "add/"), typed).status_code == 302
    entry = ChronologyEntry.objects.get(kind="note")
    assert (entry.conditions, entry.limited_to) == ("Speak to Omar", [lead.agency_id])
    assert (entry.lawful_basis, entry.purpose) == ("law_enforcement", "crime")
    assert "Limited to Children&#x27;s social care" in signed_in(lead).get(address(person)).content.decode()
    assert "Seen by the arcade" in titles(officer, person)
    assert "Seen by the arcade" in titles(lead, person)
    assert "Seen by the arcade" not in titles(nurse, person)


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"handling": "C", "conditions": ""}, "Enter the conditions"),
        ({"handling": "P", "conditions": "Ask me"}, "This code has no conditions"),
        ({"handling": "C", "conditions": "Ask me", "limited_to": ["education"]}, "Education may not hold this code"),
        ({"handling": "5x5x5:4", "conditions": ""}, "not one of the available choices"),
    ],
)
def test_what_is_wrong_with_the_handling_is_said_with_the_details_open(lead, person, said, words):
    response = signed_in(lead).post(address(person, "add/"), filled_in(body="Took long to type", **said))
    page = response.content.decode()
    assert response.status_code == 200
    assert words in page
    assert "Took long to type" in page
    assert '<details class="govuk-details" open>' in page


def test_changing_to_a_code_without_conditions_drops_those_of_the_rule(officer, person):
    typed = filled_in(handling="P", conditions=ASK)
    assert signed_in(officer).post(address(person, "add/"), typed).status_code == 302
    entry = ChronologyEntry.objects.get(kind="note")
    assert (entry.handling, entry.conditions) == ("P", "")


@pytest.mark.parametrize("field", ["title", "body", "raw"])
def test_a_secret_marking_is_refused_and_what_was_typed_stays(officer, person, field):
    typed = filled_in(body="What took long to type")
    typed[field] = "SECRET - UK EYES ONLY" if field == "title" else f"Part one\n[TOP SECRET]\n{typed.get(field, '')}"
    response = signed_in(officer).post(address(person, "add/"), typed)
    page = response.content.decode()
    assert response.status_code == 200
    assert "SECRET. Trellis may hold OFFICIAL-SENSITIVE at most" in page
    assert "What took long to type" in page
    assert not ChronologyEntry.objects.filter(kind="note").exists()
    with pytest.raises(MarkedTooHigh):
        note_of(officer, person, **{field: typed[field]})


def test_the_owner_recodes_and_it_holds_at_once_for_everybody(lead, officer, nurse, person):
    entry = note_of(officer, person, coding=Coding("P"))
    assert "Seen by the arcade" in titles(nurse, person)
    assert recode(officer, person, entry, limited_to=["social_care"]).status_code == 302
    assert "Seen by the arcade" not in titles(nurse, person)
    assert "Seen by the arcade" in titles(lead, person)
    with recorded(nurse):
        assert not ChronologyEntry.objects.filter(id=entry.id).exists()
    kept = EntryRecoding.objects.get(entry=entry)
    assert (kept.old["handling"], kept.new["conditions"], kept.recorded_by) == ("P", "Ask Omar first", officer)
    assert AuditEvent.objects.filter(what="handling of an entry", action="write", object_id=entry.id).exists()
    page = signed_in(officer).get(address(person, f"{entry.id}/handling/")).content.decode()
    assert "A source could be guessed" in page
    assert "P: Lawful sharing permitted" in page
    entry.refresh_from_db()
    assert (entry.title, entry.body) == ("Seen by the arcade", "")


def test_only_the_owner_recodes(lead, officer, nurse, person):
    entry = note_of(officer, person)
    page = signed_in(lead).get(address(person)).content.decode()
    assert f"{entry.id}/handling/" not in page
    assert recode(lead, person, entry).status_code == 403
    with recorded(officer), pytest.raises(PermissionDenied):
        services.recode_entry(entry=entry, coding=Coding("P"), why="x", by=lead, after=None)
    hidden = note_of(officer, person, coding=Coding("C", ASK, (lead.agency_id,)))
    outsider = accounts.remote_partner()
    assert recode(nurse, person, hidden).status_code == 404
    assert recode(outsider, person, entry).status_code == 404
    assert not EntryRecoding.objects.exists()


def test_the_database_lets_nothing_but_the_coding_change(officer, person):
    entry = note_of(officer, person)
    for column in ("title", "agency", "lawful_basis"):
        with pytest.raises(Exception, match="permission denied"), recorded(officer):
            ChronologyEntry.objects.filter(id=entry.id).update(**{column: getattr(entry, column)})


def test_of_two_recodings_the_first_stands_and_the_second_is_told(officer, person):
    entry = note_of(officer, person)
    assert recode(officer, person, entry).status_code == 302
    response = recode(officer, person, entry, conditions="Mine instead")
    page = response.content.decode()
    assert response.status_code == 409
    assert "Somebody changed the handling first" in page
    assert "Mine instead" in page
    assert EntryRecoding.objects.count() == 1


def test_the_same_handling_again_changes_nothing(officer, person):
    entry = note_of(officer, person)
    assert recode(officer, person, entry, conditions=ASK).status_code == 302
    assert not EntryRecoding.objects.exists()


def test_an_entry_that_was_corrected_is_recoded_through_its_correction(officer, person):
    entry = note_of(officer, person)
    client = signed_in(officer)
    assert client.post(address(person, f"{entry.id}/correct/"), filled_in(title="By the bus stop")).status_code == 302
    response = recode(officer, person, entry)
    assert response.status_code == 409
    assert "This entry was corrected meanwhile" in response.content.decode()


def test_a_correction_keeps_the_stricter_handling(officer, lead, nurse, person):
    entry = note_of(officer, person, coding=Coding("C", ASK, (lead.agency_id,)))
    typed = filled_in(title="By the bus stop", handling="P", conditions="")
    assert signed_in(officer).post(address(person, f"{entry.id}/correct/"), typed).status_code == 302
    made = ChronologyEntry.objects.get(supersedes=entry)
    assert (made.handling, made.conditions, made.limited_to) == ("C", ASK, [lead.agency_id])
    assert "By the bus stop" in titles(lead, person)
    assert "By the bus stop" not in titles(nurse, person)


def test_a_stricter_correction_closes_what_it_said_before(officer, lead, nurse, person):
    entry = note_of(officer, person, coding=Coding("P"))
    ChronologyEntry.objects.filter(id=entry.id)  # what it said on the day before stays readable to who may hold it
    typed = filled_in(title="By the bus stop", handling="C", conditions="Ask", limited_to=["social_care"])
    assert signed_in(officer).post(address(person, f"{entry.id}/correct/"), typed).status_code == 302
    entry.refresh_from_db()
    assert (entry.handling, entry.limited_to) == ("C", [lead.agency_id])
    for user, sees in ((lead, True), (nurse, False)):
        page = signed_in(user).get(address(person)).content.decode()
        assert ("By the bus stop" in page, "Seen by the arcade" in page) == (sees, sees)


def test_opening_a_correction_does_not_open_what_was_said_before(officer, nurse, person):
    entry = note_of(officer, person, body="Named the cousin", coding=Coding("C", ASK, (officer.agency_id,)))
    typed = filled_in(title="By the bus stop", body="")
    assert signed_in(officer).post(address(person, f"{entry.id}/correct/"), typed).status_code == 302
    made = ChronologyEntry.objects.get(supersedes=entry)
    assert recode(officer, person, made, handling="P", conditions="", limited_to=[]).status_code == 302
    page = signed_in(nurse).get(address(person)).content.decode()
    assert "By the bus stop" in page
    assert "Named the cousin" not in page
    assert "what it said before" not in page
    assert "Named the cousin" in signed_in(officer).get(address(person)).content.decode()


def test_old_codes_read_in_words_and_may_stay(officer, person):
    entry = note_of(officer, person, coding=Coding("5x5x5:2", "Not to the press"))
    page = signed_in(officer).get(address(person)).content.decode()
    assert "Police · 5x5x5 code 2</span> To UK bodies that do not prosecute, with conditions: Not to the press" in page
    page = signed_in(officer).get(address(person, f"{entry.id}/handling/")).content.decode()
    assert "5x5x5 code 2: To UK bodies" in page


def test_a_sources_own_words_are_for_the_owner_on_a_page_of_their_own(officer, lead, person):
    typed = filled_in(raw=f"It was {CANARY} who said it")
    client = signed_in(officer)
    assert client.post(address(person, "add/"), typed).status_code == 302
    entry = ChronologyEntry.objects.get(kind="note")
    assert RawText.objects.get(entry=entry).agency == officer.agency
    page = client.get(address(person)).content.decode()
    assert f"{entry.id}/source/" in page
    assert CANARY not in page
    assert not AuditEvent.objects.filter(action="read", what="source's own words").exists()
    assert CANARY in client.get(address(person, f"{entry.id}/source/")).content.decode()
    event = AuditEvent.objects.get(action="read", what="source's own words")
    assert (event.actor, event.object_id, event.children) == (officer, entry.id, [person.id])
    assert f"{entry.id}/source/" not in signed_in(lead).get(address(person)).content.decode()
    refused = signed_in(lead).get(address(person, f"{entry.id}/source/"))
    assert refused.status_code == 404
    assert CANARY not in refused.content.decode()


def test_raw_words_stand_nowhere_else(officer, lead, person, caplog):
    entry = note_of(officer, person, raw=CANARY)
    for user in (officer, lead):
        client = signed_in(user)
        pages = ["/", f"/children/{person.id}/", address(person), address(person, f"{entry.id}/handling/"), "/missing/"]
        for path in [*pages, address(person, f"{entry.id}/correct/"), f"/children/{person.id}/access/"]:
            assert CANARY not in client.get(path).content.decode(), path
        assert CANARY not in client.post("/children/", {"q": CANARY}).content.decode().replace(f'value="{CANARY}"', "")
    assert CANARY not in caplog.text
    for event in AuditEvent.objects.all():
        assert CANARY not in f"{event.what} {event.why}"
    with recorded(lead):
        assert not RawText.objects.exists()


def test_a_correction_takes_the_sources_own_words_along(officer, person):
    entry = note_of(officer, person, raw=CANARY)
    client = signed_in(officer)
    assert client.post(address(person, f"{entry.id}/correct/"), filled_in(title="By the bus stop")).status_code == 302
    made = ChronologyEntry.objects.get(supersedes=entry)
    assert RawText.objects.get(entry=made).text == CANARY
    assert CANARY in client.get(address(person, f"{made.id}/source/")).content.decode()


def test_fifty_mixed_entries_take_as_many_queries_as_two(officer, lead, person):
    def write(count):
        for number in range(count):
            coding = [Coding("P"), Coding("C", ASK), Coding("C", ASK, (lead.agency_id,))][number % 3]
            note_of(officer, person, title=f"Entry {number}", coding=coding, raw="words" if number % 2 else "")

    client = signed_in(officer)
    write(3)
    queries_of(client, address(person))
    few = queries_of(client, address(person))
    write(50)
    assert queries_of(client, address(person)) == few


def test_the_stricter_of_two_codings_lets_nobody_gain(lead, officer, nurse):
    book, police = CodeBook(), officer.agency_id
    HandlingRule.objects.filter(agency=agency("housing")).delete()
    codes = ["P", "C", "5x5x5:1", "5x5x5:4", "5x5x5:5", ""]
    limits = [(), (lead.agency_id,), tuple(sorted((lead.agency_id, nurse.agency_id)))]
    codings = [Coding(code, ASK if book.needs_conditions(code) else "", limit) for code in codes for limit in limits]
    for one in codings:
        assert book.stricter(one, one, police).handling == one.handling
        for other in codings:
            both = book.stricter(one, other, police)
            seeing = book.may_hold(both) - {police}
            assert seeing == (book.may_hold(one) & book.may_hold(other)) - {police}
            assert both.conditions or not book.needs_conditions(both.handling)
