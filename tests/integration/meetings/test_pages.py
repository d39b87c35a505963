"""The pages of panels: who sees what of a meeting, running it on one screen, what partners are asked."""

from datetime import timedelta

import pytest

from tests.factories import accounts, cases, kept_away, meetings, people, sharing
from tests.support.pages import day_boxes, moment_boxes, new_key, queries_of, signed_in
from trellis.core.clocks import now, today
from trellis.meetings.models import AgendaItem, PanelAction, PanelMeeting, PanelReferral, PanelUpdate, UpdateRequest
from trellis.meetings.services import Agreed

pytestmark = pytest.mark.django_db


@pytest.fixture
def lead():
    return accounts.manager()


@pytest.fixture
def manager(lead):
    return signed_in(lead)


@pytest.fixture
def worker():
    return signed_in(accounts.hub_worker())


def child(name="Ada", **fields):
    return cases.open_case(people.child(given_name=name, **fields)).person


def text(client, path):
    answer = client.get(path)
    assert answer.status_code == 200, (path, answer.status_code)
    return answer.content.decode()


def at(meeting, page=""):
    return f"/panels/meetings/{meeting.id}/{page}"


def of(item, page=""):
    return at(item.meeting, f"items/{item.id}/{page}")


def minute(item, **more):
    return {
        "form_key": new_key(),
        "after": str(item.revision),
        "said": "Home is calmer",
        "decision": "plan_stands",
        **day_boxes("review_on", today() + timedelta(days=20)),
        **more,
    }


def test_the_list_says_when_each_panel_meets_and_what_it_is_for(worker, lead):
    meetings.meeting("channel", days=4, lead=lead)
    shown = text(worker, "/panels/")
    assert shown.count("No meeting is planned") == 3
    assert "Needs consent" in shown


def test_a_panel_says_its_rule_its_consent_and_who_waits(worker):
    meetings.referral(child("Ada", family_name="Quill"), "channel")
    shown = text(worker, "/panels/channel/")
    for words in ("Only who was referred", "parental responsibility", "Ada Quill", "not yet checked by the hub"):
        assert words in shown
    assert "Plan a meeting" not in shown
    assert worker.get("/panels/nowhere/").status_code == 404


def test_a_meeting_is_planned_built_and_only_a_lead_does_so(manager, worker, lead):
    meetings.referral(child("Ada"))
    said = {"lead": str(lead.id), "place": "Room 2", "form_key": new_key()}
    said |= moment_boxes("meets_at", now() + timedelta(days=3))
    assert worker.post("/panels/edge-of-care/meetings/new/", said).status_code == 403
    assert manager.post("/panels/edge-of-care/meetings/new/", said).status_code == 302
    made = PanelMeeting.objects.get()
    assert worker.post(at(made, "agenda/")).status_code == 403
    assert manager.post(at(made, "agenda/")).status_code == 302
    assert "Referred on" in text(worker, at(made))
    said |= {"form_key": new_key()}
    assert "meets then already" in manager.post("/panels/edge-of-care/meetings/new/", said).content.decode()


def test_nobody_reads_of_one_they_may_not_see_and_nothing_says_so(manager, lead):
    ada, ben = child("Ada"), child("Ben")
    item = meetings.item(ada, lead=lead)
    meetings.referral(ben)
    meetings.built(item.meeting)
    other = accounts.hub_worker()
    kept_away.keep_from(ada, other)
    for page in ("", "minutes/"):
        shown = text(signed_in(other), at(item.meeting, page))
        assert "Ada" not in shown
        assert "Ben" in shown
    assert "Agenda: 1" in text(signed_in(other), at(item.meeting))
    assert signed_in(other).get(of(item)).status_code == 404


def test_one_screen_takes_the_minute_and_goes_on_to_the_next(manager, lead):
    meetings.referral(child("Ada"))
    meetings.referral(child("Ben"))
    meeting = meetings.built(meetings.meeting("edge-of-care", lead=lead))
    first, second = AgendaItem.objects.select_related("meeting").order_by("rank")
    owner = accounts.hub_worker()
    said = minute(first, what_1="Ring the aunt", owner_1=str(owner.id), **day_boxes("due_1", today()))
    answer = manager.post(of(first), said)
    assert answer.url == of(second)
    assert PanelAction.objects.get().owner == owner
    assert manager.post(of(second), minute(second)).url == at(meeting)
    shown = text(manager, at(meeting, "minutes/"))
    assert shown.count("Home is calmer") == 2
    assert "Ring the aunt" in shown
    assert "SYNTHETIC" in shown or "OFFICIAL" in shown


def test_a_minute_left_half_is_asked_for_and_a_stale_one_is_shown_both(manager, lead):
    item = meetings.item(child(), lead=lead)
    answer = manager.post(of(item), minute(item, said="", decision="", what_1="Ring")).content.decode()
    for words in ("Write down what was said", "Choose what was decided", "Choose who does it", "Enter the day"):
        assert words in answer
    assert manager.post(of(item), minute(item, said="Mine")).status_code == 302
    stale = manager.post(of(item), minute(item, said="Yours"))
    assert stale.status_code == 409
    for words in ("Mine", "Yours", "Save mine over it"):
        assert words in stale.content.decode()


def test_a_worker_reads_the_screen_and_writes_nothing_in_it(worker, lead):
    item = meetings.talked_about(meetings.item(child(), lead=lead))
    assert "Home is calmer" in text(worker, of(item))
    assert worker.post(of(item), minute(item)).status_code == 403


def test_the_order_is_changed_and_a_stale_change_is_refused(manager, lead):
    meetings.referral(child("Ada"))
    meetings.referral(child("Ben"))
    meeting = meetings.built(meetings.meeting("edge-of-care", lead=lead))
    first, second = meeting.items.order_by("rank")
    said = {f"place_{first.id.hex}": "2", f"after_{first.id.hex}": "1"}
    said |= {f"place_{second.id.hex}": "1", f"after_{second.id.hex}": "1"}
    assert manager.post(at(meeting, "order/"), said).status_code == 302
    swapped = {**said, f"place_{first.id.hex}": "1", f"place_{second.id.hex}": "2"}
    stale = manager.post(at(meeting, "order/"), swapped)
    assert stale.status_code == 409
    assert "Nothing was changed" in stale.content.decode()
    assert [item.person.given_name for item in meeting.items.order_by("rank")] == ["Ben", "Ada"]


def test_somebody_is_taken_off_and_put_back(manager, lead):
    item = meetings.item(child("Ada"), lead=lead)
    assert manager.post(of(item, "off/"), {"after": "1", "why": "Seen last week"}).status_code == 302
    shown = text(manager, at(item.meeting))
    assert "Agenda: 0" in shown
    assert "Taken off" in shown
    assert manager.post(of(item, "back/")).status_code == 302
    assert "Agenda: 1" in text(manager, at(item.meeting))


def test_a_meeting_is_closed_with_who_came_or_cancelled_with_a_reason(manager, lead):
    held, other = meetings.meeting("missing", lead=lead), meetings.meeting("channel", days=3, lead=lead)
    assert "Choose the agencies" in manager.post(at(held, "close/"), {"sent": "1"}).content.decode()
    assert manager.post(at(held, "close/"), {"agencies": ["police", "health"]}).url == at(held, "minutes/")
    assert "has not been yet" in manager.post(at(other, "close/"), {"agencies": ["police"]}).content.decode()
    assert manager.post(at(other, "cancel/"), {"reason": "too_few"}).status_code == 302
    assert "Too few agencies can come" in text(manager, at(other))
    assert manager.post(at(other, "cancel/"), {"reason": "too_few"}).status_code == 302


def test_partners_are_asked_see_only_that_tell_and_are_read(manager, lead):
    person = child("Ada")
    sharing.share(person, ("identity",), "education")
    partner = signed_in(accounts.remote_partner("education"))
    item = meetings.item(person, lead=lead)
    education = str(UpdateRequest._meta.get_field("agency").related_model.objects.get(code="education").id)
    asked = {"agencies": [education], "question": "How is school?"}
    assert manager.post(of(item, "ask/"), asked).status_code == 302
    request = UpdateRequest.objects.get()
    path = f"/panels/updates/{request.id}/"
    shown = text(partner, path)
    assert "How is school?" in shown
    assert "help" not in item.referral.why or item.referral.why not in shown
    assert "Ada" in text(partner, "/panels/")
    assert "Tell the panel: Edge of care panel" in text(partner, "/")
    assert partner.get(at(item.meeting)).status_code == 403
    told = {"answer": "give", "text": "There each day", "going_well": "Art", "form_key": new_key()}
    assert partner.post(path, told).status_code == 302
    assert partner.post(path, told).status_code == 302
    assert PanelUpdate.objects.count() == 1
    assert "There each day" in text(manager, of(item))
    assert partner.post(path, {**told, "form_key": new_key()}).status_code == 409


def test_an_update_is_chased(manager, lead):
    accounts.hub_worker_of("health")
    request = meetings.asked(meetings.item(child(), lead=lead))
    assert manager.post(f"/panels/updates/{request.id}/chase/").status_code == 302
    assert "asked once more on" in text(manager, of(AgendaItem.objects.select_related("meeting").get()))


def test_a_referral_is_made_from_the_record_and_channel_says_what_it_needs(worker):
    person = child("Ada")
    path = f"/children/{person.id}/panels/"
    channel = meetings.panel("channel")
    said = {"panel": str(channel.id), "why": "A teacher worries", "childs_view": "I am fine", "form_key": new_key()}
    refused = worker.post(f"{path}refer/", said).content.decode()
    assert "Consent is needed from: the young person" in refused
    said |= {"consent_from": "both", "consent_name": "Ada and her mother", **day_boxes("consented_on", today())}
    assert worker.post(f"{path}refer/", said).status_code == 302
    shown = text(worker, path)
    for words in ("I am fine", "Ada and her mother", "A teacher worries"):
        assert words in shown
    again = worker.post(f"{path}refer/", {**said, "form_key": new_key()}).content.decode()
    assert "wait for this panel already" in again
    referral = PanelReferral.objects.get()
    assert worker.post(f"{path}referrals/{referral.id}/withdraw/", {"why": "Consent withdrawn"}).status_code == 302
    assert "Withdrawn" in text(worker, path)


def test_what_they_say_is_asked_for_or_why_not(worker):
    said = {"panel": str(meetings.panel("edge-of-care").id), "why": "x", "form_key": new_key()}
    answer = worker.post(f"/children/{child().id}/panels/refer/", said).content.decode()
    assert "Write what they say to it, or why you did not ask them" in answer


def test_an_action_is_done_by_its_owner_and_a_stale_answer_is_shown_both(lead):
    owner = accounts.hub_worker()
    item = meetings.item(child(), lead=lead)
    meetings.talked_about(item, agreed=[Agreed("Ring the aunt", owner, today())])
    action = PanelAction.objects.get()
    path = f"/children/{item.person_id}/panels/actions/{action.id}/"
    client = signed_in(owner)
    for page in ("/", "/panels/"):
        assert "Ring the aunt" in text(client, page)
    assert "Ring the aunt" in text(client, f"/children/{item.person_id}/")
    assert client.post(path, {"after": "1", "status": "done", "effect": "Rung"}).status_code == 302
    stale = client.post(path, {"after": "1", "status": "dropped", "effect": "Not needed"})
    assert stale.status_code == 409
    assert "Rung" in stale.content.decode()
    other = signed_in(accounts.hub_worker())
    assert "How does it stand" not in text(other, path)
    assert other.post(path, {"after": "2", "status": "to_do"}).status_code == 403


def test_a_partner_with_that_part_reads_the_page_and_one_without_finds_none():
    person = child()
    meetings.referral(person)
    sharing.share(person, ("panels",), "education")
    sharing.share(person, ("identity",), "housing")
    with_part, without = accounts.remote_partner("education"), accounts.remote_partner("housing")
    path = f"/children/{person.id}/panels/"
    assert "I want to stay with Mum" in text(signed_in(with_part), path)
    assert signed_in(with_part).get(f"{path}refer/").status_code == 403
    assert signed_in(without).get(path).status_code == 404


def test_pages_take_as_many_queries_for_forty_as_for_ten(lead):
    accounts.hub_worker_of("health")
    client, counts = signed_in(lead), []
    meeting = meetings.meeting("edge-of-care", lead=lead)
    for many in (10, 30):
        for _ in range(many):
            meetings.referral(child())
        meetings.built(meeting)
        for item in meeting.items.filter(status="to_talk_about").select_related("meeting", "person")[: many // 2]:
            meetings.asked(item)
            owner = accounts.hub_worker()
            meetings.talked_about(item, agreed=[Agreed("Ring", lead, today()), Agreed("Go", owner, today())])
        paths = [
            at(meeting),
            at(meeting, "minutes/"),
            at(meeting, f"items/{item.id}/"),
            "/panels/edge-of-care/",
            "/panels/",
        ]
        counts.append([queries_of(client, path) for path in paths])
    assert counts[0] == counts[1]
