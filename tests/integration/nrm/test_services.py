"""What may be recorded of a referral, when, and what comes of it."""

from datetime import date, timedelta

import pytest

from tests.factories import accounts, cases, nrm
from trellis.accounts.access import Refused
from trellis.audit_log.trail import recorded
from trellis.cases.models import Allocation, ChronologyEntry
from trellis.core.clocks import birthday_in, today
from trellis.core.lifecycle import MoveNotAllowed
from trellis.core.revisions import ChangedMeanwhile
from trellis.nrm import services
from trellis.nrm.models import NrmDecision, NrmReconsideration, NrmReferral, NrmStatement
from trellis.nrm.queries import soon_too_old
from trellis.nrm.routes import eighteenth
from trellis.nrm.services import NotOpen

pytestmark = pytest.mark.django_db


@pytest.fixture
def worker():
    return accounts.hub_worker(name="Wanda Worker")


def born_to_be_18_in(days: int) -> date:
    """The birth date of somebody whose eighteenth birthday is in so many days."""
    birthday = today() + timedelta(days=days)
    return birthday_in(birthday, birthday.year - 18)


def refused(reason: str):
    return pytest.raises(NotOpen, match=reason)


def test_a_referral_runs_to_its_decisions_and_each_step_is_told(worker):
    found = nrm.referral(by=worker, days_ago=40, told="Found far from home with two phones")
    assert (found.consent, found.status, found.clock) == ("not_needed", "referred", "reasonable_due")
    reasonable_on = today() - timedelta(days=35)
    found = nrm.decided(found, on=reasonable_on, reasons="Enough to go on")
    assert (found.clock, found.clock_on) == ("conclusive_from", reasonable_on + timedelta(days=30))
    with refused("30 days after reasonable grounds"):
        nrm.decided(found, "conclusive", on=reasonable_on + timedelta(days=29))
    found = nrm.decided(found, "conclusive", on=reasonable_on + timedelta(days=30))
    assert (found.status, found.clock_on) == ("conclusive", None)
    assert [move.new for move in found.status_moves.all()] == ["referred", "reasonable", "conclusive"]
    told = ChronologyEntry.objects.filter(person=found.person, kind__startswith="nrm").order_by("happened_at")
    assert [entry.title for entry in told] == [
        "Referred to the NRM",
        "NRM: reasonable grounds, positive",
        "NRM: conclusive grounds, positive",
    ]
    assert not any("two phones" in entry.body or "Enough" in entry.body for entry in told)
    kept = NrmStatement.objects.filter(referral=found)
    assert {said.text for said in kept} == {"Found far from home with two phones", "Enough to go on"}
    assert all(said.handling and said.agency == worker.agency for said in kept)


def test_the_same_form_sent_again_makes_one_row_and_a_stale_one_is_refused(worker):
    person = nrm.known_child()
    one = nrm.referral(person, worker, told="Once", key="7d1c0a55-0c1e-4f5e-9a51-0f0c6a4c8f11")
    again = nrm.referral(person, worker, told="Once", key="7d1c0a55-0c1e-4f5e-9a51-0f0c6a4c8f11")
    assert one.id == again.id
    assert NrmStatement.objects.filter(referral=one).count() == 1
    with refused("already waits"):
        nrm.referral(person, worker)
    key = "7d1c0a55-0c1e-4f5e-9a51-0f0c6a4c8f12"
    for _ in range(2):
        nrm.decided(one, key=key, after=1)
    assert NrmDecision.objects.filter(referral=one).count() == 1
    with pytest.raises(ChangedMeanwhile):
        nrm.decided(one, "conclusive", after=1)


@pytest.mark.parametrize(("days", "is_open"), [(102, True), (101, True), (100, False), (0, False), (-1, False)])
def test_a_local_panel_is_open_while_more_than_100_days_short_of_18(worker, days, is_open):
    child = nrm.known_child(date_of_birth=born_to_be_18_in(days))
    given = {"consent": "given", "consented_on": today()}
    assert (eighteenth(child.date_of_birth) - today()).days == days
    if is_open:
        found = nrm.referral(child, worker, body="devolved")
        assert found.clock_on == today() + timedelta(days=45)
    else:
        with refused("Local panel"):
            nrm.referral(child, worker, body="devolved", **given)
        assert nrm.referral(child, worker, **given).body == "central"


def test_an_authority_without_a_panel_has_the_central_body_alone(worker):
    child = nrm.known_child(authority="E08000009")
    with refused("does not decide for the young person's authority"):
        nrm.referral(child, worker, body="devolved")


def test_a_panel_decides_both_on_one_day_and_is_never_led_by_the_lead_worker(worker):
    chair = accounts.hub_worker(name="Charlie Chair")
    case = cases.allocated_case(worker)
    assert Allocation.objects.get(case=case).part == Allocation.Part.LEAD
    found = nrm.referral(case.person, worker, body="devolved")
    with refused("Wanda Worker leads the work with this young person"):
        nrm.decided(found, chair=worker)
    with refused("Wanda Worker leads the work"):
        nrm.decided(found, chair_name=" wanda worker")
    with refused("Say who led"):
        nrm.decided(found)
    with refused("only where reasonable grounds are positive"):
        nrm.decided(found, outcome="negative", conclusive_outcome="positive", chair=chair)
    found = nrm.decided(found, conclusive_outcome="positive", chair=chair)
    rows = NrmDecision.objects.filter(referral=found)
    assert [(row.stage, row.chair) for row in rows] == [
        ("reasonable", "Charlie Chair"),
        ("conclusive", "Charlie Chair"),
    ]
    assert [move.new for move in found.status_moves.all()] == ["referred", "reasonable", "conclusive"]


def test_the_central_body_never_decides_both_on_one_day(worker):
    with refused("Only a local panel"):
        nrm.decided(nrm.referral(by=worker), conclusive_outcome="positive")


def test_an_adult_is_asked_and_without_consent_the_duty_is_recorded_instead(worker):
    adult = nrm.known_child(date_of_birth=born_to_be_18_in(0))
    with refused("say whether they agreed"):
        nrm.referral(adult, worker)
    with refused("on which day they agreed"):
        nrm.referral(adult, worker, consent="given")
    notified = nrm.referral(adult, worker, consent="duty", body="")
    assert (notified.status, notified.body, notified.clock_on) == ("notified", "", None)
    with pytest.raises(MoveNotAllowed):
        nrm.decided(notified)
    child = nrm.known_child(date_of_birth=born_to_be_18_in(1))
    assert nrm.referral(child, worker, consent="duty").consent == "not_needed"


def test_a_negative_decision_asks_for_reconsideration_which_is_answered_by_a_decision_or_not_taken_up(worker):
    found = nrm.decided(nrm.referral(by=worker, days_ago=20), outcome="negative", on=today() - timedelta(days=10))
    assert (found.clock, found.clock_on) == ("reconsider_by", today() + timedelta(days=20))
    asked = {"referral": found, "asked_by": "Their solicitor", "why": "New evidence", "by": worker}
    with recorded(worker, "test", duty="test"):
        with refused("on that day or later"):
            services.ask_reconsideration(asked_on=today() - timedelta(days=11), after=found.revision, **asked)
        found = services.ask_reconsideration(asked_on=today(), after=found.revision, **asked)
        assert (found.status, found.clock) == ("reconsideration", "")
        found = services.answer_reconsideration(referral=found, answered_on=today(), after=found.revision, by=worker)
        assert found.status == "reasonable"
        found = services.ask_reconsideration(**{**asked, "referral": found}, asked_on=today(), after=found.revision)
    with refused("at that stage|once reasonable"):
        nrm.decided(found, "conclusive")
    found = nrm.decided(found, outcome="positive")
    outcomes = NrmReconsideration.objects.filter(referral=found).order_by("recorded_at").values_list("outcome")
    assert [outcome for (outcome,) in outcomes] == ["not_taken_up", "changed"]
    assert found.clock == "conclusive_from"


def test_what_is_suspended_has_no_clock_until_it_is_taken_up_and_what_is_withdrawn_is_over(worker):
    found = nrm.referral(by=worker)
    due = found.clock_on
    with recorded(worker, "test", duty="test"):
        for new, status, clock_on in (
            ("suspended", "suspended", None),
            ("taken_up", "referred", due),
            ("withdrawn", "withdrawn", None),
        ):
            found = services.move_referral(referral=found, new=new, why="Because", after=found.revision, by=worker)
            assert (found.status, found.clock_on) == (status, clock_on)
        with pytest.raises(MoveNotAllowed):
            services.move_referral(referral=found, new="suspended", why="No", after=found.revision, by=worker)
        with refused("withdrawn"):
            services.add_evidence(referral=found, text="More", said_on=today(), by=worker)


def test_who_has_a_part_of_the_record_records_nothing(worker):
    outsider = accounts.remote_partner("education")
    person = nrm.known_child()
    with pytest.raises(Refused):
        nrm.referral(person, outsider)
    assert not NrmReferral.objects.exists()


def test_the_panels_last_day_is_told_from_160_days_before_18_until_it_is_past(worker):
    for days in (161, 160, 101, 100):
        case = cases.allocated_case(worker)
        case.person.date_of_birth = born_to_be_18_in(days)
        case.person.save()
    referred = cases.allocated_case(worker).person
    referred.date_of_birth = born_to_be_18_in(120)
    referred.save()
    nrm.referral(referred, worker)
    elsewhere = cases.allocated_case(worker).person
    elsewhere.date_of_birth, elsewhere.authority = born_to_be_18_in(120), "E08000009"
    elsewhere.save()
    with recorded(worker, "test", duty="test"):
        told = soon_too_old(worker)
    lasts = [(eighteenth(p.date_of_birth) - today()).days for p, _ in told]
    assert lasts == [101, 160]
    assert [(last - today()).days for _, last in told] == [0, 59]
