"""A file of referrals: made once, corrected with the old values kept."""

from datetime import UTC, date, datetime

import pytest

from tests.factories import accounts, exchange
from tests.factories.exchange import referral_row
from trellis.accounts.access import Refused
from trellis.audit_log.trail import recorded
from trellis.exchange.faults import BadRows
from trellis.exchange.models import ImportBatch
from trellis.exchange.services import import_file
from trellis.referrals.models import Referral, ReferralCorrection
from trellis.referrals.services import record_decision

pytestmark = pytest.mark.django_db


@pytest.fixture
def take(tmp_path):
    def take_in(*rows, by=None):
        path = tmp_path / "referrals.csv"
        exchange.write(path, exchange.table(*rows))
        return import_file(kind="referrals", path=path, by=by)

    return take_in


def test_a_row_becomes_a_referral_that_waits_for_a_decision(take):
    assert take(referral_row()).added == 1
    referral = Referral.objects.select_related("person", "agency").get()
    assert (referral.status, referral.primary_type, referral.exploitation_types) == ("received", "CCE", ["CCE", "CSE"])
    assert (referral.agency.code, referral.source_code) == ("education", "2A")
    assert referral.received_at == datetime(2023, 1, 10, 9, 30, tzinfo=UTC)
    assert referral.decision_due_on == date(2023, 1, 11)
    assert {grant.team.code for grant in referral.person.grants.all()} == {"hub", "management"}
    assert referral.person.chronology.get().body == "New phone, new friends"


def test_an_agency_may_be_told_by_its_name_and_free_text_is_kept_as_it_is(take):
    words = '=cmd|"/c calc"!A1\n <b>"quoted"</b>, \u202eعربي'
    take(referral_row(referrer_agency="children's SOCIAL care", concerns=words))
    referral = Referral.objects.select_related("agency").get()
    assert (referral.agency.code, referral.concerns) == ("social_care", words)


def test_a_changed_row_is_a_correction_and_a_repeated_one_nothing(take):
    take(referral_row())
    outcome = take(
        referral_row(received_at="2023-01-13T17:00", exploitation_types="CSE"),
        referral_row(received_at="2023-01-13T17:00", exploitation_types="CSE"),
    )
    assert (outcome.added, outcome.corrected, outcome.unchanged) == (0, 1, 1)
    referral = Referral.objects.get()
    assert (referral.primary_type, referral.decision_due_on) == ("CSE", date(2023, 1, 16))
    assert ReferralCorrection.objects.get().old_values == {
        "received_at": "2023-01-10T09:30:00+00:00",
        "exploitation_types": ["CCE", "CSE"],
    }
    assert take(referral_row(received_at="2023-01-13T17:00", exploitation_types="CSE", concerns="")).unchanged == 1


def test_a_referral_is_not_received_after_it_was_decided(take):
    take(referral_row())
    by = accounts.manager()
    referral = Referral.objects.get()
    with recorded(by):
        record_decision(referral=referral, decision="redirected", reason="Early help", by=by)
    Referral.objects.update(decided_at=datetime(2023, 1, 11, tzinfo=UTC))
    with pytest.raises(BadRows) as bad:
        take(referral_row(received_at="2023-01-12T09:30"))
    assert [str(fault) for fault in bad.value.faults] == ["line 2, received_at: is after the referral was decided"]


def test_a_worker_imports_in_their_own_name_if_their_role_allows(take):
    worker = accounts.hub_worker()
    take(referral_row(), by=worker)
    assert ImportBatch.objects.get().recorded_by == Referral.objects.get().recorded_by == worker
    with pytest.raises(Refused):
        take(referral_row(reference="S-2"), by=accounts.analyst())
