"""An assessment from beginning to sign-off, and who is refused what."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from tests.factories import accounts, assessments, cases, people
from tests.support.context import SEES_ALL
from trellis.accounts.access import Refused
from trellis.assessments import services
from trellis.assessments.lifecycle import IN_PROGRESS, SIGNED_OFF, STOPPED, SUBMITTED
from trellis.assessments.models import Answer, Assessment, AssessmentMove, Judgement
from trellis.audit_log.models import AuditEvent
from trellis.audit_log.trail import recorded
from trellis.cases.models import ChronologyEntry, Notice
from trellis.core.clocks import today
from trellis.core.lifecycle import MoveNotAllowed
from trellis.core.models import Limit
from trellis.core.revisions import ChangedMeanwhile
from trellis.core.row_context import asked_by
from trellis.need_to_know.services import grant_sight

pytestmark = pytest.mark.django_db


@pytest.fixture
def worker():
    return accounts.hub_worker()


@pytest.fixture
def under_way(worker):
    return assessments.begun(worker)


def told(assessment, kind):
    with asked_by(SEES_ALL):
        return list(ChronologyEntry.objects.filter(subject=assessment.id, kind=kind))


def test_an_assessment_begins_with_its_clock_its_case_its_move_and_its_chronology(worker):
    person = cases.open_case().person
    made = assessments.begun(worker, person, clock_started_on=date(2026, 4, 1))
    # 3 and 6 April 2026 are Good Friday and Easter Monday: 15 working days end on 24 April.
    assert made.due_on == date(2026, 4, 24)
    assert made.case.person_id == person.id
    with asked_by(SEES_ALL):
        assert [(move.old, move.new) for move in made.status_moves.all()] == [("", IN_PROGRESS)]
    (entry,) = told(made, "assessment.started")
    assert (entry.about, entry.agency_id) == ("assessments", worker.agency_id)
    assert AuditEvent.objects.filter(what="assessment", object_id=made.id, action="write").exists()


def test_the_unit_of_the_limit_may_be_days(worker):
    Limit.objects.filter(name="assessment.days").update(unit="days")
    assert assessments.begun(worker, clock_started_on=date(2026, 4, 1)).due_on == date(2026, 4, 16)


def test_one_form_sent_fifty_times_begins_one(worker):
    person, tool, key = cases.open_case().person, assessments.tool(), uuid4()
    made = {assessments.begun(worker, person, tool, key=key).id for _ in range(50)}
    with asked_by(SEES_ALL):
        assert (len(made), Assessment.objects.count(), AssessmentMove.objects.count()) == (1, 1, 1)


def test_a_second_with_the_same_tool_waits_until_the_first_is_over(worker, under_way):
    with pytest.raises(services.UnderWayAlready):
        assessments.begun(worker, under_way.person, under_way.version)
    assert assessments.begun(worker, under_way.person).version_id != under_way.version_id


def test_a_tool_must_be_in_use_and_fit_the_age(worker):
    person = people.child()
    cases.open_case(person)
    small = assessments.tool(age_from=0, age_to=person.age - 1)
    later = assessments.version(assessments.tool().instrument, 2, valid_from=today() + timedelta(days=2))
    for unfit in (small, later):
        with pytest.raises(services.DoesNotFit):
            assessments.begun(worker, person, unfit)


def test_who_may_not_write_or_sees_only_a_part_is_refused(under_way):
    partner, part = accounts.remote_partner(), accounts.remote_partner("housing")
    part.memberships.update(role=accounts.hub_worker().memberships.get().role)
    with recorded(accounts.manager(), "test"):
        grant_sight(person=under_way.person, reason="Shared", by=None, user=part, parts=["identity", "assessments"])
    for user in (partner, part):
        with pytest.raises(Refused), recorded(user, "test"):
            services.save_answers(assessment=under_way, answers=[], by=user)


def test_many_answers_are_saved_in_one_and_only_what_changed(worker, under_way):
    assert (
        len(assessments.answered(under_way, away_overnight="some", calls_somebody="much", where_safe="At gran's")) == 3
    )
    again = [
        services.Given("away_overnight", "some", after=1),
        services.Given("calls_somebody", "none", after=1, evidence="Rang nobody on Friday"),
    ]
    with recorded(worker, "test"):
        (row,) = services.save_answers(assessment=under_way, answers=again, by=worker)
    assert (row.item, row.revision, row.agency_id, row.answered_by) == ("calls_somebody", 2, worker.agency_id, worker)
    with asked_by(SEES_ALL):
        assert Answer.objects.count() == 4


def test_of_two_saved_over_the_same_the_later_is_refused_and_sees_both(under_way):
    other = accounts.hub_worker_of("health")
    assessments.answered(under_way, by=other, away_overnight="much")
    with pytest.raises(services.AnsweredMeanwhile) as refused:
        assessments.answered(under_way, away_overnight="none", older_friends="some")
    assert [(key, answer.value, answer.answered_by) for key, answer in refused.value.theirs.items()] == [
        (("away_overnight", ""), "much", other)
    ]
    with asked_by(SEES_ALL):
        assert [answer.value for answer in under_way.answers.all()] == ["much"]
    # The database refuses it, too, whoever asks.
    with pytest.raises(IntegrityError), asked_by(SEES_ALL), transaction.atomic():
        Answer.objects.create(assessment=under_way, item="away_overnight", answered_at=under_way.recorded_at)


def test_the_same_said_twice_over_the_same_is_no_conflict(under_way):
    assessments.answered(under_way, away_overnight="much")
    assert assessments.answered(under_way, away_overnight="much") == []


@pytest.mark.parametrize("value", ["plenty", 3, True])
def test_an_answer_off_the_scale_is_refused(under_way, value):
    with pytest.raises(ValueError, match="away_overnight"):
        assessments.answered(under_way, away_overnight=value)


def test_views_are_saved_over_the_revision_seen(worker, under_way):
    assessments.viewed(under_way, analysis="First")
    with recorded(worker, "test"):
        placed = services.Placed("Her form tutor", None, "She asked for her")
        made = services.say_views(
            assessment=under_way,
            after=2,
            by=worker,
            best_placed=placed,
            outcomes={"missing": ("Twice this month", "improved")},
            carers_view="“She laughs again.”",
        )
    assert (made.revision, made.best_placed.who, made.outcome_views.get().change) == (3, "Her form tutor", "improved")
    with pytest.raises(ChangedMeanwhile) as refused, recorded(worker, "test"):
        services.say_views(assessment=under_way, after=2, by=worker, analysis="Second")
    assert refused.value.now.analysis == "First"


def test_a_judgement_that_differs_from_the_rule_says_why(worker, under_way):
    known = dict.fromkeys(("away_overnight", "far_from_home", "older_friends", "new_things"), "none")
    judged = {"assessment": under_way, "by": worker}
    with pytest.raises(services.ReasonNeeded), recorded(worker, "test"):
        services.judge(band="lower", **judged)  # nothing is known yet, so the tool gives no band
    assessments.answered(under_way, **known)
    with recorded(worker, "test"):
        assert services.judge(band="lower", **judged).band == "lower"
    with pytest.raises(services.ReasonNeeded), recorded(worker, "test"):
        services.judge(band="higher", why="  ", **judged)
    key = uuid4()
    with recorded(worker, "test"):
        for _ in range(3):
            services.judge(band="higher", why="The places", key=key, **judged)
    with pytest.raises(ValueError, match="no such band"), recorded(worker, "test"):
        services.judge(band="extreme", **judged)
    with asked_by(SEES_ALL):
        assert Judgement.objects.count() == 2


def test_it_is_not_submitted_before_the_needful_is_said(worker, under_way):
    with pytest.raises(services.NotYetComplete) as refused, recorded(worker, "test"):
        services.submit_assessment(assessment=under_way, by=worker)
    words = " ".join(refused.value.missing)
    assert [part in words for part in ("young person's view", "National Referral Mechanism", "judgement")] == [True] * 3
    with asked_by(SEES_ALL):
        under_way.refresh_from_db()
        assert (under_way.status, under_way.status_moves.count()) == (IN_PROGRESS, 1)


def test_answers_that_changed_after_the_judgement_ask_for_its_reason(worker, under_way):
    assessments.answered(under_way, **dict.fromkeys(("away_overnight", "far_from_home", "older_friends"), "none"))
    assessments.viewed(under_way, childs_view="", childs_view_how="", child_not_heard_why="He is in hospital")
    with recorded(worker, "test"):
        services.judge(assessment=under_way, band="lower", by=worker)
    assessments.answered(under_way, after=1, away_overnight="much", far_from_home="much")
    with pytest.raises(services.NotYetComplete) as refused, recorded(worker, "test"):
        services.submit_assessment(assessment=under_way, by=worker)
    assert len(refused.value.missing) == 1


def test_what_the_rule_gives_is_kept_when_it_is_submitted(worker):
    made = assessments.submitted(worker, away_overnight="much", far_from_home="not_known")
    assert (made.status, made.result["total"], made.result["band"]) == (SUBMITTED, 2, "lower")
    assert list(made.result["not_known"]) == ["far_from_home"]
    for change in (
        lambda: assessments.answered(made, after=1, away_overnight="none"),
        lambda: assessments.viewed(made, analysis="More"),
    ):
        with pytest.raises(MoveNotAllowed):
            change()


def test_a_manager_signs_off_and_it_is_told(worker):
    made = assessments.submitted(worker)
    manager = accounts.manager()
    with recorded(manager, "test"):
        done = services.sign_off_assessment(assessment=made, by=manager)
    assert (done.status, done.signed_off_by) == (SIGNED_OFF, manager)
    assert len(told(done, "assessment.signed_off")) == 1
    with asked_by(SEES_ALL):
        assert Notice.objects.filter(to=worker, kind="assessment").count() == 1
    with pytest.raises(MoveNotAllowed), recorded(manager, "test"):
        services.sign_off_assessment(assessment=made, by=manager)


def test_nobody_signs_off_their_own(worker):
    manager = accounts.manager()
    own = assessments.submitted(manager)
    for user in (manager, worker):
        with pytest.raises(Refused), recorded(user, "test"):
            services.sign_off_assessment(assessment=own, by=user)
    with asked_by(SEES_ALL), pytest.raises(IntegrityError), transaction.atomic():
        Assessment.objects.filter(id=own.id).update(
            status=SIGNED_OFF, signed_off_by=manager, signed_off_at=own.submitted_at
        )


def test_who_submitted_it_for_another_does_not_sign_it_off(worker):
    manager, made = accounts.manager(), assessments.begun(worker)
    assessments.viewed(made)
    with recorded(manager, "test"):
        services.judge(assessment=made, by=manager, words="As it looks", why="Too little is known for a band")
        services.submit_assessment(assessment=made, by=manager)
        with pytest.raises(Refused):
            services.sign_off_assessment(assessment=made, by=manager)


def test_it_comes_back_with_a_reason_and_is_submitted_again(worker):
    made, manager = assessments.submitted(worker), accounts.manager()
    with recorded(manager, "test"):
        back = services.return_for_more(assessment=made, reason="What does school say?", by=manager)
    assert (back.status, back.submitted_at, back.result) == (IN_PROGRESS, None, None)
    assessments.answered(back, after=1, new_things="much")
    with recorded(worker, "test"):
        again = services.submit_assessment(assessment=back, by=worker)
    assert again.result["total"] == 2
    with asked_by(SEES_ALL):
        assert [move.why for move in again.status_moves.all() if move.why] == ["What does school say?"]
        assert Notice.objects.filter(to=worker).count() == 1


def test_it_is_stopped_for_a_reason_and_another_can_begin(worker, under_way):
    with recorded(worker, "test"):
        done = services.stop_assessment(assessment=under_way, reason="Moved to another area", by=worker)
    assert done.status == STOPPED
    assert assessments.begun(worker, under_way.person, under_way.version).status == IN_PROGRESS


def test_an_assessment_is_handed_to_another_worker_who_is_told_and_its_clock_goes_on():
    one, colleague = assessments.begun(), accounts.hub_worker()
    begun_by, due = one.worker, one.due_on
    with recorded(begun_by):
        services.hand_over_assessment(assessment=one, to=colleague, why="Long leave", after=begun_by, by=begun_by)
    third, by = accounts.hub_worker(), accounts.manager()
    with recorded(by), pytest.raises(services.HandedMeanwhile, match=colleague.name):
        services.hand_over_assessment(assessment=one, to=third, why="x", after=begun_by, by=by)
    one.refresh_from_db()
    assert (one.worker, one.due_on, one.status) == (colleague, due, "in_progress")
    assert one.status_moves.get(old="in_progress").why == f"From {begun_by.name} to {colleague.name}. Long leave"
    assert Notice.objects.filter(to=colleague, person=one.person).count() == 1


def test_nobody_is_handed_an_assessment_they_cannot_write_and_no_colleague_takes_one_away():
    one, stranger = assessments.begun(), accounts.remote_partner()
    said = {"assessment": one, "why": "x", "after": one.worker}
    with recorded(one.worker), pytest.raises(Refused, match="Choose somebody else"):
        services.hand_over_assessment(to=stranger, by=one.worker, **said)
    colleague = accounts.hub_worker()
    with recorded(colleague), pytest.raises(Refused):
        services.hand_over_assessment(to=colleague, by=colleague, **said)
    over = assessments.submitted()
    with recorded(over.worker), pytest.raises(MoveNotAllowed):
        services.hand_over_assessment(
            assessment=over, to=accounts.hub_worker(), why="x", after=over.worker, by=over.worker
        )
