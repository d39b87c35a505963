"""How things stand is said area by area, at a point; what nobody said is shown as not yet asked."""

from datetime import timedelta
from uuid import uuid4

import pytest

from tests.factories import accounts, cases, outcomes, people
from tests.factories.prepared import prepared
from tests.support.pages import new_key, queries_of, signed_in
from trellis.accounts.access import Refused
from trellis.audit_log.trail import recorded
from trellis.core.clocks import today
from trellis.core.lifecycle import NotAsItStands
from trellis.core.revisions import ChangedMeanwhile
from trellis.outcomes import services
from trellis.outcomes.areas import ACT, CLOSURE, areas_on
from trellis.outcomes.models import OutcomeRecord
from trellis.outcomes.services import Answer

pytestmark = pytest.mark.django_db
AREA = "trusted_relationship"


def test_the_two_sets_share_what_they_have_in_common_so_that_nothing_is_asked_twice():
    areas = areas_on(today())
    assert [area.code for area in areas[:4]] == ["accommodation", "education", AREA, "positive_activities"]
    assert len(areas) == len({area.code for area in areas}) == 8
    assert sum(CLOSURE in area.sets for area in areas) == 4
    assert sum(ACT in area.sets for area in areas) == 6
    assert {area.code for area in areas if len(area.sets) == 2} == {"accommodation", "education"}


def test_an_answer_is_kept_once_a_change_is_the_next_revision_and_the_second_of_two_is_refused():
    case, by, key = cases.open_case(), accounts.hub_worker(), uuid4()
    said = {"case": case, "point": "start", "by": by}
    first = {AREA: Answer("improved", "child", "She rings her aunt")}
    with recorded(by):
        for _ in range(3):
            services.record_outcomes(answers=first, key=key, **said)
        services.record_outcomes(answers={AREA: Answer("improved", "child", "She rings her aunt", 1)}, **said)
    assert OutcomeRecord.objects.filter(case=case).count() == 1
    with recorded(by):
        services.record_outcomes(answers={AREA: Answer("achieved", "child", "Every day", 1)}, **said)
    with pytest.raises(ChangedMeanwhile), recorded(by):
        services.record_outcomes(
            answers={"education": Answer("same", "worker"), AREA: Answer("worse", "worker", after=1)}, **said
        )
    rows = OutcomeRecord.objects.filter(case=case).order_by("revision")
    assert [(row.revision, row.stands) for row in rows] == [(1, "improved"), (2, "achieved")]
    assert case.person.chronology.filter(kind="outcomes", about="outcomes").count() == 2


def test_a_point_is_said_while_the_case_is_at_it_and_by_whoever_may():
    case, by = cases.open_case(), accounts.hub_worker()
    with pytest.raises(NotAsItStands), recorded(by):
        services.record_outcomes(case=case, point="six", answers={}, by=by)
    partner = accounts.remote_partner()
    with pytest.raises(Refused), recorded(partner):
        services.record_outcomes(case=case, point="start", answers={}, by=partner)
    closed, manager = cases.closed_case(), accounts.manager()
    with pytest.raises(NotAsItStands), recorded(manager):
        services.record_outcomes(case=closed, point="close", answers={}, by=manager)


def test_the_page_shows_what_the_point_before_said_and_keeps_everything_typed():
    case, worker = cases.open_case(), accounts.hub_worker()
    client, here = signed_in(worker), f"/children/{case.person_id}/outcomes/"
    outcomes.said(case, "start", worker, education="same")
    page = client.get(f"{here}at/mid/").content.decode()
    assert "At the start: the same, said by a worker" in page
    wrong = client.post(
        f"{here}at/mid/", {"form_key": new_key(), f"{AREA}-evidence": "Her aunt", f"{AREA}-who": "child"}
    )
    assert wrong.status_code == 200
    assert "choose how things stand" in wrong.content.decode()
    assert "Her aunt" in wrong.content.decode()
    filled = {
        "form_key": new_key(),
        f"{AREA}-status": "improved",
        f"{AREA}-who": "child",
        f"{AREA}-evidence": "Her aunt",
        f"{AREA}-after": "0",
    }
    assert client.post(f"{here}at/mid/", filled).status_code == 302
    assert client.post(f"{here}at/mid/", filled).status_code == 302
    late = client.post(f"{here}at/mid/", {**filled, "form_key": new_key(), f"{AREA}-status": "worse"})
    assert late.status_code == 409
    assert "Nothing of yours is saved yet" in late.content.decode()
    assert OutcomeRecord.objects.filter(case=case, point="mid").count() == 1
    board = client.get(here).content.decode()
    assert "1 improved, 7 not yet asked" in board
    assert "1 the same, 7 not known" in board
    assert client.get(f"{here}at/six/").status_code == 409
    assert client.get(f"{here}at/never/").status_code == 404


def test_the_pages_of_outcomes_take_as_many_queries_whatever_they_hold():
    worker, one, many = accounts.hub_worker(), cases.open_case(), cases.open_case()
    client = signed_in(worker)
    outcomes.said(many, "start", worker)
    outcomes.said(many, "mid", worker)
    for path in ("outcomes/", "outcomes/at/close/"):
        counts = [queries_of(client, f"/children/{case.person_id}/{path}") for case in (one, many, one)]
        assert counts[1] == counts[2], (path, counts)


def test_what_is_due_while_a_case_is_open_is_the_start_then_again_within_the_limit():
    worker = accounts.hub_worker()
    case = cases.open_case(people.child(), opened_on=today() - timedelta(days=30))
    client, here = signed_in(worker), f"/children/{case.person_id}/"
    assert "Say how things stand at the start" in client.get(here).content.decode()
    with prepared():
        services.record_outcomes(case=case, point="start", answers={AREA: Answer("not_known")}, by=worker)
    assert "Say how things stand now" in client.get(here).content.decode()
