"""Panels: consent, the agenda built by rule, minutes that lose nothing, updates of partners, actions carried on."""

from datetime import date, timedelta

import pytest

from tests.factories import accounts, cases, kept_away, meetings, missing, people, sharing
from tests.support.context import SEES_ALL
from trellis.accounts.access import Refused
from trellis.audit_log.trail import recorded
from trellis.cases.models import ChronologyEntry, Notice
from trellis.core.clocks import now, today
from trellis.core.ids import new_id
from trellis.core.lifecycle import MoveNotAllowed
from trellis.core.revisions import ChangedMeanwhile
from trellis.core.row_context import asked_by
from trellis.meetings import services
from trellis.meetings.models import AgendaItem, CarriedPanelAction, PanelAction, PanelReferral, PanelUpdate
from trellis.meetings.queries.candidates import months_before
from trellis.meetings.queries.panels import waiting_for
from trellis.meetings.services import Agreed, Answer

pytestmark = pytest.mark.django_db


@pytest.fixture
def lead():
    return accounts.manager()


def done_by(user):
    return recorded(user, "test")


def names_on(meeting):
    return [item.person.given_name for item in meeting.items.order_by("rank")]


def child(name, **fields):
    return cases.open_case(people.child(given_name=name, **fields)).person


def often_missing(person, times=3, **fields):
    for n in reversed(range(times)):
        missing.returned_child(person, hours_since_return=30 + 100 * n, **fields)


def test_a_referral_waits_is_in_the_chronology_and_is_made_once():
    person, by, key = child("Ada"), accounts.hub_worker(), new_id()
    first = meetings.referral(person, by=by, key=key)
    again = meetings.referral(person, by=by, key=key)
    assert first.id == again.id
    assert PanelReferral.objects.count() == 1
    assert ChronologyEntry.objects.filter(person=person, kind="panel.referred").count() == 1
    with pytest.raises(services.WaitsAlready, match="wait for this panel already"):
        meetings.referral(person, by=by)


def test_channel_talks_about_nobody_without_consent_and_says_from_whom():
    person = child("Ada")
    none = {"consent_from": "", "consent_name": "", "consented_on": None}
    with pytest.raises(services.ConsentNeeded, match=r"without consent\. Consent is needed from: the young person"):
        meetings.referral(person, "channel", **none)
    assert not PanelReferral.objects.exists()
    made = meetings.referral(person, "channel")
    assert (made.consent_name, made.consented_on) == ("Robin and their mother", now().date())


def test_who_does_not_have_the_whole_record_refers_nobody():
    with pytest.raises(Refused, match="whole record"):
        meetings.referral(people.child(given_name="Outside"), by=accounts.hub_worker())


def test_the_missing_panel_is_built_by_rule_and_each_is_on_it_with_a_reason(lead):
    often, high, once, out = child("Often"), child("High"), child("Once"), child("Out")
    often_missing(often, 3, risk_grade="medium")
    missing.returned_child(high, hours_since_return=20, risk_grade="high")
    missing.returned_child(once, hours_since_return=20, risk_grade="low")
    missing.missing_child(out, risk_grade="medium")
    meeting = meetings.built(meetings.meeting("missing", lead=lead))
    assert names_on(meeting) == ["Out", "High", "Often"]
    reasons = dict(meeting.items.values_list("person__given_name", "reason"))
    assert reasons["Often"] == "Missing 3 times within 90 days"
    assert reasons["High"].startswith("Graded high once since")
    assert reasons["Out"] == "Missing now"


def test_building_it_again_adds_who_is_new_and_leaves_the_order(lead):
    meetings.referral(child("Ada"))
    meeting = meetings.built(meetings.meeting("edge-of-care", lead=lead))
    meetings.referral(child("Ben"))
    meetings.built(meeting)
    meetings.built(meeting)
    assert names_on(meeting) == ["Ada", "Ben"]


def test_nobody_is_on_the_agenda_whom_its_builder_may_not_see(lead):
    person = child("Ada")
    meetings.referral(person)
    meetings.referral(child("Ben"))
    kept_away.keep_from(person, lead)
    meeting = meetings.built(meetings.meeting("edge-of-care", lead=lead))
    assert names_on(meeting) == ["Ben"]


def test_the_transitions_panel_meets_who_comes_of_age(lead):
    day = today()
    seventeen = months_before(day, 17 * 12)
    child("Grown", date_of_birth=seventeen)
    child("Young", date_of_birth=seventeen + timedelta(days=5))
    people.child(given_name="Caseless", date_of_birth=seventeen)
    meeting = meetings.built(meetings.meeting("transitions", lead=lead))
    assert names_on(meeting) == ["Grown"]


def test_months_before_ends_with_the_month():
    assert months_before(date(2026, 3, 31), 1) == date(2026, 2, 28)
    assert months_before(date(2026, 12, 15), 204) == date(2009, 12, 15)
    assert months_before(date(2026, 1, 31), 2) == date(2025, 11, 30)


def test_a_review_that_is_due_and_an_action_not_done_bring_somebody_back(lead):
    item = meetings.item(child("Ada"), lead=lead)
    owner = accounts.hub_worker()
    agreed = [Agreed("Ring the aunt", owner, today() + timedelta(days=3))]
    meetings.talked_about(item, agreed=agreed, review_on=today() + timedelta(days=2))
    later = meetings.built(meetings.meeting("edge-of-care", days=5, lead=lead))
    again = later.items.get()
    assert "To be looked at again by" in again.reason
    assert "1 action of this panel still to do" in again.reason
    meetings.talked_about(again)
    carried = CarriedPanelAction.objects.get()
    assert (carried.into, carried.why) == (again, "Not talked about this time")
    assert PanelAction.objects.get().status == "to_do"


def test_an_action_answered_in_the_meeting_is_not_carried(lead):
    item = meetings.item(child("Ada"), lead=lead)
    meetings.talked_about(item, agreed=[Agreed("Ring the aunt", accounts.hub_worker(), today())])
    action = PanelAction.objects.get()
    later = meetings.built(meetings.meeting("edge-of-care", days=5, lead=lead))
    meetings.talked_about(later.items.get(), answers={action.id: Answer("done", "She said yes")})
    action.refresh_from_db()
    assert (action.status, action.effect) == ("done", "She said yes")
    assert not CarriedPanelAction.objects.exists()


def test_a_minute_is_in_the_chronology_and_ends_the_wait(lead):
    item = meetings.item(child("Ada"), lead=lead)
    meetings.talked_about(item)
    item.refresh_from_db()
    assert item.status == item.referral.status == "talked_about"
    assert item.review_on == today() + timedelta(days=28)
    entry = ChronologyEntry.objects.get(kind="panel.talked_about")
    assert "calmer" not in entry.title + entry.body


def test_a_minute_written_anew_keeps_what_it_said_before(lead):
    item = meetings.item(child("Ada"), lead=lead)
    meetings.talked_about(item, said="First")
    meetings.talked_about(item, said="Second")
    item.refresh_from_db()
    assert item.said == "Second"
    assert item.status_moves.order_by("moved_at").last().why == "First"
    assert ChronologyEntry.objects.filter(kind="panel.talked_about").count() == 1


def test_of_two_who_write_over_the_same_the_second_is_refused_and_the_same_sent_again_is_not(lead):
    item = meetings.item(child("Ada"), lead=lead)
    stale = AgendaItem.objects.select_related("meeting__panel", "person").get(id=item.id)
    again = AgendaItem.objects.select_related("meeting__panel", "person").get(id=item.id)
    again.revision = stale.revision = item.revision
    meetings.talked_about(item, said="First")
    with pytest.raises(ChangedMeanwhile):
        meetings.talked_about(stale, said="Other")
    meetings.talked_about(again, said="First")
    assert item.status_moves.filter(new="talked_about").count() == 1


def test_the_lead_changes_the_order(lead):
    ada, ben = child("Ada"), child("Ben")
    meetings.referral(ada)
    meetings.referral(ben)
    meeting = meetings.built(meetings.meeting("edge-of-care", lead=lead))
    first, second = meeting.items.order_by("rank")
    with done_by(lead):
        services.put_in_order(
            meeting=meeting, places={first.id: (first.revision, 2), second.id: (second.revision, 1)}, by=lead
        )
    assert names_on(meeting) == ["Ben", "Ada"]
    with pytest.raises(ChangedMeanwhile), done_by(lead):
        services.put_in_order(meeting=meeting, places={first.id: (first.revision, 9)}, by=lead)


def test_consent_taken_back_takes_them_off_and_asks_nobody_any_longer(lead):
    accounts.hub_worker_of("health")
    item = meetings.item(child("Ada"), "channel", lead=lead)
    request = meetings.asked(item)
    worker = accounts.hub_worker()
    with done_by(worker):
        services.withdraw_referral(referral=item.referral, why="They changed their mind", by=worker)
    for row in (item, request):
        row.refresh_from_db()
    assert (item.status, request.status) == ("taken_off", "withdrawn")
    later = meetings.built(meetings.meeting("channel", days=7, lead=lead))
    assert names_on(later) == []


def test_a_partner_with_nothing_but_the_name_is_asked_told_and_tells(lead):
    person = child("Ada")
    sharing.share(person, ("identity",), "education")
    partner = accounts.remote_partner("education")
    request = meetings.asked(meetings.item(person, lead=lead), "education")
    with asked_by(SEES_ALL):
        assert Notice.objects.filter(to=partner, kind="panel").count() == 1
    key = new_id()
    for _ in range(2):
        with done_by(partner):
            assert list(waiting_for(partner)) in ([request], [])
            services.give_update(request=request, text="She is in school each day", by=partner, key=key)
    given = PanelUpdate.objects.get()
    assert (given.agency.code, given.given_by, bool(given.handling)) == ("education", partner, True)
    with done_by(partner):
        assert not PanelUpdate.objects.exists()
        assert not AgendaItem.objects.exists()


def test_an_agency_that_does_not_see_them_is_not_asked_and_nobody_is_asked_twice(lead):
    item = meetings.item(child("Ada"), lead=lead)
    accounts.remote_partner("housing")
    accounts.hub_worker_of("health")
    meetings.asked(item, "health")
    with pytest.raises(IndexError):
        meetings.asked(item, "housing")
    with pytest.raises(IndexError):
        meetings.asked(item, "health")


def test_somebody_of_another_agency_does_not_tell(lead):
    accounts.hub_worker_of("health")
    request = meetings.asked(meetings.item(child("Ada"), lead=lead))
    police = accounts.hub_worker_of("police")
    with pytest.raises(Refused, match="agency that was asked"), done_by(police):
        services.give_update(request=request, text="x", by=police)


def test_a_request_is_chased_until_it_is_settled(lead):
    nurse = accounts.hub_worker_of("health")
    request = meetings.asked(meetings.item(child("Ada"), lead=lead))
    with done_by(lead):
        services.chase_update(request=request, by=lead)
    request.refresh_from_db()
    assert request.chased_at
    with done_by(nurse):
        services.say_nothing_to_tell(request=request, by=nurse)
    with pytest.raises(MoveNotAllowed), done_by(lead):
        services.chase_update(request=request, by=lead)


def test_what_was_not_reached_is_put_off_and_on_the_next_agenda(lead):
    meetings.referral(child("Ada"))
    meeting = meetings.meeting("edge-of-care", lead=lead)
    type(meeting).objects.filter(id=meeting.id).update(meets_at=now() - timedelta(hours=2))
    meetings.built(meeting)
    with done_by(lead):
        services.close_meeting(meeting=meeting, agencies=["police", "health"], by=lead)
    assert meeting.items.get().status == "put_off"
    later = meetings.built(meetings.meeting("edge-of-care", days=7, lead=lead))
    assert later.items.get().reason.startswith("Referred on")
    assert "Not talked about on" in later.items.get().reason


def test_a_meeting_is_not_over_before_its_day_and_a_closed_one_is_not_written_in(lead):
    item = meetings.item(child("Ada"), lead=lead, days=3)
    with pytest.raises(services.NotYet), done_by(lead):
        services.close_meeting(meeting=item.meeting, agencies=["police"], by=lead)
    with done_by(lead):
        services.cancel_meeting(meeting=item.meeting, reason="too_few", by=lead)
    with pytest.raises(MoveNotAllowed, match="this meeting is cancelled"):
        meetings.talked_about(item)
    assert item.meeting.status_moves.last().why == "Too few agencies can come"


def test_a_meeting_is_planned_once_and_asks_for_updates_two_working_days_before(lead):
    key = new_id()
    first = meetings.meeting("missing", 10, lead, key=key)
    assert meetings.meeting("missing", 10, lead, key=key).id == first.id
    assert first.updates_on < first.meets_at.date()
    with pytest.raises(services.NotYet, match="meets then already"), done_by(lead):
        services.plan_meeting(panel=first.panel, meets_at=first.meets_at, lead=lead, by=lead)


def test_whoever_does_an_action_says_so_and_nobody_else_but_the_lead(lead):
    owner, other = accounts.hub_worker(), accounts.hub_worker()
    item = meetings.item(child("Ada"), lead=lead)
    meetings.talked_about(item, agreed=[Agreed("Ring the aunt", owner, today())])
    action = PanelAction.objects.get()
    with pytest.raises(Refused, match="Whoever does it"), done_by(other):
        services.move_action(action=action, status="done", after=1, by=other)
    with done_by(owner):
        services.move_action(action=action, status="done", after=1, by=owner, effect="She said yes")
        services.move_action(action=action, status="done", after=1, by=owner, effect="She said yes")
    with pytest.raises(ChangedMeanwhile), done_by(lead):
        services.move_action(action=action, status="dropped", after=1, by=lead)


def test_nobody_kept_from_the_young_person_is_given_an_action(lead):
    person = child("Ada")
    item = meetings.item(person, lead=lead)
    owner = kept_away.excluded_worker(person)
    with pytest.raises(Refused, match="Choose somebody else"):
        meetings.talked_about(item, agreed=[Agreed("Ring the aunt", owner, today())])
