"""The invented area as it stands in the database today: what no life may contradict, asked in SQL."""

import pytest
from django.db import connections

from trellis.accounts.permissions import Permission
from trellis.accounts.queries import demonstration_users
from trellis.audit_log.trail import recorded
from trellis.cases.chronology import KINDS
from trellis.cases.models import ChronologyEntry
from trellis.missing.models import MissingEpisode, ReturnInterview
from trellis.need_to_know.access import people_visible_to
from trellis.referrals.models import Referral
from trellis.sharing.queries import pointers_for

pytestmark = [pytest.mark.usefixtures("invented_area")]

NEVER = {
    "a child reported at eighteen or older": """
        SELECT count(*) FROM missing_missingepisode e JOIN people_person p ON p.id = e.person_id
        WHERE (e.reported_at AT TIME ZONE 'Europe/London')::date >= p.date_of_birth + interval '18 years'
        AND NOT (extract(month FROM p.date_of_birth) = 2 AND extract(day FROM p.date_of_birth) = 29)""",
    "an interview held before the return": """
        SELECT count(*) FROM missing_returninterview i JOIN missing_missingepisode e ON e.id = i.episode_id
        WHERE i.completed_at <= e.returned_at OR i.offered_at < e.returned_at""",
    "a limit that is not 72 elapsed hours": """
        SELECT count(*) FROM missing_returninterview i JOIN missing_missingepisode e ON e.id = i.episode_id
        WHERE extract(epoch FROM i.due_at - e.returned_at) <> 72 * 3600""",
    "a late interview without a reason": """
        SELECT count(*) FROM missing_returninterview WHERE completed_at > due_at AND delay_reason = ''""",
    "an episode whose status is not its last move": """
        SELECT count(*) FROM missing_missingepisode e WHERE status <> (
            SELECT new FROM missing_episodemove m WHERE m.episode_id = e.id ORDER BY moved_at DESC LIMIT 1)""",
    "an interview whose status is not its last move": """
        SELECT count(*) FROM missing_returninterview i WHERE status NOT IN (
            SELECT new FROM missing_interviewmove m WHERE m.interview_id = i.id AND m.moved_at = (
                SELECT max(moved_at) FROM missing_interviewmove WHERE interview_id = i.id))""",
    "a referral whose status is not its last move": """
        SELECT count(*) FROM referrals_referral r WHERE status <> (
            SELECT new FROM referrals_referralmove m WHERE m.referral_id = r.id ORDER BY moved_at DESC LIMIT 1)""",
    "a case whose status is not its last move": """
        SELECT count(*) FROM cases_case c WHERE status <> (
            SELECT new FROM cases_casemove m WHERE m.case_id = c.id ORDER BY moved_at DESC LIMIT 1)""",
    "a grade that is not the latest one given": """
        SELECT count(*) FROM missing_missingepisode e WHERE risk_grade <> (
            SELECT grade FROM missing_riskgrading g WHERE g.episode_id = e.id ORDER BY graded_at DESC LIMIT 1)""",
    "a returned episode without an interview": """
        SELECT count(*) FROM missing_missingepisode e WHERE status = 'returned'
        AND NOT EXISTS (SELECT FROM missing_returninterview i WHERE i.episode_id = e.id)""",
    "an open case of an adult": """
        SELECT count(*) FROM cases_case c JOIN people_person p ON p.id = c.person_id
        WHERE status = 'open' AND p.date_of_birth <= current_date - interval '18 years 1 day'""",
    "an open case whose team cannot see the child": """
        SELECT count(*) FROM cases_case c WHERE status = 'open' AND NOT EXISTS (
            SELECT FROM need_to_know_grant g JOIN accounts_team t ON t.id = g.team_id
            WHERE t.code = 'hub' AND g.person_id = c.person_id AND g.ends_at IS NULL)""",
    "a reported child without an entry in the chronology": """
        SELECT count(*) FROM missing_missingepisode e WHERE NOT EXISTS (
            SELECT FROM cases_chronologyentry c WHERE c.subject = e.id AND c.kind = 'missing.reported')""",
    "a share in force without its grant": """
        SELECT count(*) FROM sharing_sharingdecision d WHERE expires_at > now() AND recalled_at IS NULL
        AND NOT EXISTS (SELECT FROM need_to_know_grant g WHERE g.source = d.id AND g.parts = d.parts
            AND g.agency_id = d.agency_id AND g.person_id = d.person_id AND g.ends_at = d.expires_at)""",
    "a question through a pointer whose status is not its last move": """
        SELECT count(*) FROM sharing_pointerrequest r WHERE status <> (
            SELECT new FROM sharing_pointerrequestmove m WHERE m.request_id = r.id ORDER BY moved_at DESC LIMIT 1)""",
    "a row from the future": """
        SELECT count(*) FROM cases_chronologyentry WHERE happened_at > now()""",
    "somebody not marked synthetic": "SELECT count(*) FROM people_person WHERE NOT is_synthetic",
    "a child with more than one place of education today": """
        SELECT count(*) FROM (SELECT person_id FROM people_education WHERE starts_on <= current_date
        AND (ends_on IS NULL OR ends_on > current_date) GROUP BY person_id HAVING count(*) > 1) twice""",
}


@pytest.mark.parametrize("question", NEVER)
def test_never(question):
    with connections["default"].cursor() as cursor:
        cursor.execute(NEVER[question])
        assert cursor.fetchone() == (0,)


def test_the_moves_are_moves_the_tables_allow():
    for model, life in ((ReturnInterview, "INTERVIEW"), (MissingEpisode, "EPISODE"), (Referral, "REFERRAL")):
        lifecycle = getattr(__import__(f"trellis.{model._meta.app_label}.lifecycle", fromlist=[life]), life)
        moves = model._meta.get_field("status_moves").related_model.objects
        for old, new in moves.values_list("old", "new").distinct():
            assert new == lifecycle.first if old == "" else new in lifecycle.moves[old], (old, new)


def test_every_chronology_kind_is_registered():
    assert set(ChronologyEntry.objects.values_list("kind", flat=True).distinct()) <= set(KINDS)


def test_somebody_is_missing_back_and_waiting_now():
    assert MissingEpisode.objects.missing_now().count() >= 4
    assert MissingEpisode.objects.back_and_waiting().count() >= 4
    assert Referral.objects.awaiting_decision().count() >= 3


def test_a_partner_is_told_of_young_people_whose_record_stays_closed():
    [sunita] = [user for user in demonstration_users() if user.name == "Sunita Hale"]
    with recorded(sunita, "test"):
        told = set(pointers_for(sunita).values_list("person", flat=True))
        assert len(told) >= 2
        assert told - set(people_visible_to(sunita).values_list("id", flat=True))


def test_what_the_invented_workers_see():
    """A hub worker sees the hub's children; a partner only what was shared; an analyst nobody."""
    seen = {user.name: people_visible_to(user).count() for user in demonstration_users()}
    assert seen["Rosalind Tarn"] > 80
    assert 2 <= seen["Sunita Hale"] <= 20
    assert 1 <= seen["Marcus Thewlis"] <= 20
    assert 0 < seen["Amina Yardley"] < 80
    assert seen["Mei Ransome"] == seen["Colin Wragg"] == 0
    assert any(user.may(Permission.REFERRAL_DECIDE) for user in demonstration_users())
