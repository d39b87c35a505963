"""The peer audit of return interviews: drawn by a number, read by peers, nothing told of whom a reader may not see."""

from datetime import timedelta

import pytest

from tests.factories import accounts, cases, kept_away, missing, people
from tests.factories.prepared import prepared
from tests.support.pages import day_boxes, new_key, queries_of, signed_in
from trellis.accounts.access import Refused
from trellis.audit_log.trail import recorded
from trellis.core.clocks import now, today
from trellis.core.ids import new_id
from trellis.missing import services
from trellis.missing.models import AuditAction, AuditRound, InterviewAudit, ReturnInterview
from trellis.missing.services.quality import drawn

pytestmark = pytest.mark.django_db

GOOD = dict.fromkeys(
    ("own_words", "reasons", "harm", "people_and_places", "safety", "shared", "independence"), "good_enough"
)
FOUND = {**GOOD, "overall": "strong", "done_well": "Her own words", "to_learn": "Ask who was there"}


@pytest.fixture
def peer():
    return accounts.hub_worker()


@pytest.fixture
def holder():
    return accounts.missing_worker()


def held(by, name="Ada", person=None):
    """A return interview that was held yesterday."""
    person = person or cases.open_case(people.child(given_name=name)).person
    interview = missing.returned_child(person, hours_since_return=40)
    with prepared():
        ReturnInterview.objects.filter(id=interview.id).update(
            status="completed", completed_at=now() - timedelta(days=1), completed_by=by, account="I was at the park"
        )
        interview.refresh_from_db()
    return interview


def round_of(by, size=5, seed=7, key=None):
    days = {"starts_on": today() - timedelta(days=9), "ends_on": today()}
    with recorded(by, "test"):
        return services.draw_round(**days, size=size, seed=seed, by=by, key=key)


def read(audit, by, **said):
    with recorded(by, "test"):
        return services.read_interview(
            audit=audit, by=by, **{"ratings": GOOD, "overall": "strong", "done_well": "", "to_learn": "", **said}
        )


def at(round, page=""):
    return f"/missing/audit/{round.id}/{page}"


def test_the_same_number_draws_the_same_and_one_form_draws_once(peer, holder):
    pool = [held(holder) for _ in range(6)]
    assert drawn(pool, 3, 11) == drawn(pool, 3, 11)
    assert len(drawn(pool, 30, 11)) == 6
    key = new_id()
    first, again = round_of(peer, 3, key=key), round_of(peer, 3, key=key)
    assert (first.id, first.held, first.size) == (again.id, 6, 3)
    other = round_of(peer, 3)
    same = {a.interview_id for a in first.audits.all()} == {a.interview_id for a in other.audits.all()}
    assert same


def test_only_what_whoever_draws_may_see_is_drawn(peer, holder):
    held(holder, "Ada")
    hidden = held(holder, "Ben")
    kept_away.keep_from(hidden.episode.person, peer)
    made = round_of(peer)
    assert (made.held, made.size) == (1, 1)
    assert not made.audits.filter(interview=hidden).exists()


def test_days_without_an_interview_draw_nothing(peer):
    with pytest.raises(services.NothingToDraw):
        round_of(peer)
    assert not AuditRound.objects.exists()


def test_nobody_reads_an_interview_they_held(holder):
    held(holder)
    made = round_of(holder)
    with pytest.raises(Refused, match="Nobody audits an interview they held"):
        read(made.audits.get(), holder)
    client = signed_in(holder)
    assert "Yours: a colleague reads it" in client.get(at(made)).content.decode()
    assert client.get(at(made, f"interviews/{made.audits.get().id}/")).status_code == 403


def test_the_second_reader_is_told_of_the_first_and_the_same_again_changes_nothing(peer, holder):
    held(holder)
    audit = round_of(peer).audits.get()
    read(audit, peer)
    read(audit, peer)
    with pytest.raises(services.ReadAlready):
        read(audit, accounts.hub_worker(), overall="to_improve")
    assert InterviewAudit.objects.get().read_by == peer


def test_without_a_number_chance_finds_one_and_the_round_says_which(peer, holder):
    held(holder)
    client = signed_in(peer)
    said = {"size": "4", "seed": "", "form_key": new_key()}
    said |= {**day_boxes("starts_on", today() - timedelta(days=9)), **day_boxes("ends_on", today())}
    assert client.post("/missing/audit/new/", said).status_code == 302
    made = AuditRound.objects.get()
    assert f"from the number {made.seed}" in client.get(at(made)).content.decode()


def test_a_round_is_drawn_read_and_summed_up(peer, holder):
    held(holder)
    client = signed_in(peer)
    said = {"size": "4", "seed": "7", "form_key": new_key()}
    said |= {**day_boxes("starts_on", today() - timedelta(days=9)), **day_boxes("ends_on", today())}
    assert client.post("/missing/audit/new/", said).status_code == 302
    made = AuditRound.objects.get()
    audit = made.audits.get()
    here = at(made, f"interviews/{audit.id}/")
    assert "I was at the park" in client.get(here).content.decode()
    assert "Choose a rating for: Overall" in client.post(here, {"done_well": "x"}).content.decode()
    assert client.post(here, FOUND).status_code == 302
    shown = client.get(at(made)).content.decode()
    for words in ("1 read of 1 drawn", "All good enough or strong", "Her own words", "Ask who was there"):
        assert words in shown
    stale = signed_in(accounts.hub_worker()).post(here, {**FOUND, "overall": "to_improve"})
    assert stale.status_code == 409
    assert "somebody else read this interview first" in stale.content.decode()


def test_a_theme_becomes_an_action_that_is_done(peer, holder):
    held(holder)
    made, client = round_of(peer), signed_in(peer)
    said = {"theme": "Places are not noted", "what": "A line in the form", "owner": str(holder.id)}
    said |= {**day_boxes("due_on", today()), "form_key": new_key()}
    for _ in range(2):
        assert client.post(at(made, "actions/new/"), said).status_code == 302
    action = AuditAction.objects.get()
    assert client.post(at(made, f"actions/{action.id}/"), {"came_of_it": "It is there"}).status_code == 302
    assert "It is there" in client.get(at(made)).content.decode()
    assert client.get(at(made, f"actions/{new_id()}/")).status_code == 404


def test_a_reader_counts_and_reads_only_those_they_may_see(peer, holder):
    held(holder, "Ada")
    hidden = held(holder, "Ben")
    made = round_of(peer)
    other = accounts.hub_worker()
    kept_away.keep_from(hidden.episode.person, other)
    client = signed_in(other)
    shown = client.get(at(made)).content.decode()
    assert "0 read of 1 drawn" in shown
    assert "Ben" not in shown
    assert "0 read of 1 drawn" in client.get("/missing/audit/").content.decode()
    audit = made.audits.get(interview=hidden)
    assert client.get(at(made, f"interviews/{audit.id}/")).status_code == 404


def test_a_role_without_it_finds_no_audit():
    analyst = signed_in(accounts.analyst())
    assert analyst.get("/missing/audit/").status_code == 403
    assert analyst.get("/missing/audit/new/").status_code == 403


def test_a_round_takes_as_many_queries_for_forty_as_for_ten(peer, holder):
    client, counts = signed_in(peer), []
    for many in (10, 30):
        for _ in range(many):
            held(holder)
        made = round_of(peer, size=50)
        for audit in made.audits.all()[: many // 2]:
            read(audit, peer)
        counts.append((queries_of(client, at(made)), queries_of(client, "/missing/audit/")))
    assert counts[0] == counts[1]
