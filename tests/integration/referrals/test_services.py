"""The front door: a referral, its clock and its decision."""

from datetime import UTC, date, datetime

import pytest

from tests.factories import accounts, referrals
from trellis.accounts.access import Refused
from trellis.audit_log.trail import recorded
from trellis.core.lifecycle import MoveNotAllowed
from trellis.need_to_know import access
from trellis.referrals import services
from trellis.referrals.models import Referral

pytestmark = pytest.mark.django_db


def test_a_referral_on_the_friday_before_christmas_is_due_after_the_holidays():
    referral = referrals.waiting_referral(received_at=datetime(2022, 12, 23, 16, tzinfo=UTC))
    assert referral.decision_due_on == date(2022, 12, 28)


def test_a_summer_night_belongs_to_the_london_day():
    referral = referrals.waiting_referral(received_at=datetime(2022, 6, 30, 23, 30, tzinfo=UTC))
    assert referral.decision_due_on == date(2022, 7, 4)


def test_the_hub_sees_the_child_while_the_referral_waits_and_no_longer():
    worker = accounts.hub_worker()
    referral = referrals.waiting_referral()
    assert access.can_see_person(worker, referral.person_id)
    by = accounts.manager()
    with recorded(by):
        services.record_decision(referral=referral, decision="redirected", reason="Early help", by=by)
    assert not access.can_see_person(worker, referral.person_id)


def test_accepting_for_assessment_opens_the_case():
    referral = referrals.decided_referral("accepted_assessment")
    assert referral.person.cases.open().count() == 1
    assert access.can_see_person(accounts.hub_worker(), referral.person_id)


def test_a_decision_is_made_once():
    by = accounts.manager()
    referral = referrals.decided_referral(by=by)
    with pytest.raises(MoveNotAllowed, match="no further action cannot become"), recorded(by):
        services.record_decision(referral=referral, decision="redirected", reason="Again", by=by)
    assert referral.status_moves.count() == 2


def test_a_practitioner_does_not_decide():
    worker = accounts.hub_worker()
    referral = referrals.waiting_referral()
    with pytest.raises(Refused), recorded(worker):
        services.record_decision(referral=referral, decision="redirected", reason="Mine", by=worker)


def test_a_correction_keeps_what_was_said_before():
    referral = referrals.waiting_referral(concerns="New trainers")
    with recorded(None):
        services.correct_referral(referral=referral, changes={"concerns": "New phone"}, why="File", by=None)
    assert Referral.objects.get(id=referral.id).concerns == "New phone"
    assert referral.corrections.get().old_values == {"concerns": "New trainers"}
