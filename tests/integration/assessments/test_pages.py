"""The pages of assessments: what they show, take, refuse, and how often they ask the database."""

from datetime import timedelta

import pytest

from tests.factories import accounts, assessments, cases, people
from tests.support.context import SEES_ALL
from tests.support.pages import day_boxes, new_key, queries_of, signed_in
from trellis.accounts.models import Agency
from trellis.assessments.models import Answer, Assessment
from trellis.core.clocks import today
from trellis.core.row_context import asked_by
from trellis.people.models import Particulars

pytestmark = pytest.mark.django_db


@pytest.fixture
def worker():
    return accounts.hub_worker()


@pytest.fixture
def under_way(worker):
    return assessments.begun(worker)


def address(assessment, step=""):
    return f"/children/{assessment.person_id}/assessments/{assessment.id}/{step}"


def beginning(tool, **changes):
    typed = {"form_key": new_key(), "version": str(tool.id), "learning_disability": "not_known"}
    return {**typed, **day_boxes("clock_started_on", today()), **changes}


def missing_answered(first="some", seen="0,0,0", **changes):
    """The part "Missing" as a browser sends it."""
    typed = {"seen": seen, "a0_value": first, "a0_evidence": "Home at six, said mum", "a0_informant": "family"}
    for place in (1, 2):
        typed |= {f"a{place}_value": "-", f"a{place}_evidence": "", f"a{place}_informant": "professional"}
    return {**typed, **changes}


def views_typed(assessment, **changes):
    assessment.refresh_from_db()
    typed = {
        "revision": assessment.revision,
        "childs_view": "“Leave me my phone.”",
        "childs_view_how": "Alone, in town",
    }
    return {**typed, "nrm_considered": "no", "nrm_why": "No sign of it", "analysis": "Pulled two ways", **changes}


def test_one_is_begun_from_the_record_once(worker):
    person, tool = cases.open_case().person, assessments.tool()
    client, typed = signed_in(worker), beginning(tool)
    page = f"/children/{person.id}/assessments/"
    assert "No assessment of" in client.get(page).content.decode()
    assert str(tool) in client.get(f"{page}begin/").content.decode()
    for _ in range(50):
        assert client.post(f"{page}begin/", typed).status_code == 302
    with asked_by(SEES_ALL):
        made = Assessment.objects.get()
    assert (made.worker, made.clock_started_on) == (worker, today())
    assert str(tool) in client.get(page).content.decode()
    again = client.post(f"{page}begin/", beginning(tool))
    assert "is under way already" in again.content.decode()


@pytest.mark.parametrize(("recorded", "chosen"), [(["LD", "MOB"], "yes"), (["MOB"], "no"), ([], "not_known")])
def test_what_the_record_says_of_a_learning_disability_is_chosen_already(worker, recorded, chosen):
    person = cases.open_case().person
    assessments.tool()
    with asked_by(SEES_ALL):
        Particulars.objects.create(person=person, disabilities=recorded)
    form = signed_in(worker).get(f"/children/{person.id}/assessments/begin/").context["form"]
    assert form["learning_disability"].value() == chosen


def test_a_part_of_the_tool_is_answered_and_leads_to_the_next(worker, under_way):
    client = signed_in(worker)
    page = client.get(address(under_way, "domains/missing/")).content.decode()
    assert "Part 1 of 2" in page
    sent = client.post(address(under_way, "domains/missing/"), {**missing_answered(), "next": "yes"})
    assert sent["Location"] == address(under_way, "domains/places/")
    shown = client.get(address(under_way)).content.decode()
    for words in ("Some signs", "Home at six, said mum", "Family or carer", "1 of 3 known", "25%: 1 of 4 items known"):
        assert words in shown
    assert client.get(address(under_way, "domains/nothing/")).status_code == 404


def test_of_two_who_answer_the_same_the_later_sees_both_side_by_side_and_decides(worker, under_way):
    other = accounts.hub_worker_of("health")
    assessments.answered(under_way, by=other, away_overnight="much")
    client = signed_in(worker)
    refused = client.post(address(under_way, "domains/missing/"), missing_answered("none"))
    page = refused.content.decode()
    assert refused.status_code == 409
    assert "Clear signs" in page
    assert other.name in page
    assert "Home at six, said mum" in page
    assert 'value="1,0,0"' in page
    assert client.post(address(under_way, "domains/missing/"), missing_answered("none", "1,0,0")).status_code == 302
    with asked_by(SEES_ALL):
        values = Answer.objects.filter(item="away_overnight").order_by("revision").values_list("value", flat=True)
        assert list(values) == ["much", "none"]


def test_a_form_that_came_loose_saves_nothing(worker, under_way):
    for seen in ("", "0", "x,y,z"):
        page = signed_in(worker).post(address(under_way, "domains/missing/"), missing_answered(seen=seen))
        assert page.status_code == 200
    with asked_by(SEES_ALL):
        assert not Answer.objects.exists()


def test_views_are_saved_and_of_two_the_later_sees_both(worker, under_way):
    client, typed = signed_in(worker), views_typed(under_way)
    assert client.post(address(under_way, "views/"), typed).status_code == 302
    assert "Leave me my phone" in client.get(address(under_way)).content.decode()
    late = client.post(address(under_way, "views/"), {**typed, "analysis": "Torn between two homes"})
    page = late.content.decode()
    assert late.status_code == 409
    assert "Torn between two homes" in page
    assert "Pulled two ways" in page
    again = {**typed, "analysis": "Torn between two homes", "revision": 2}
    assert client.post(address(under_way, "views/"), again).status_code == 302


def test_how_a_view_was_heard_is_asked_for(worker, under_way):
    page = signed_in(worker).post(address(under_way, "views/"), views_typed(under_way, childs_view_how=""))
    assert "Say how their view was heard" in page.content.decode()


def test_what_is_missing_is_listed_instead_of_submitting(worker, under_way):
    refused = signed_in(worker).post(address(under_way, "submit/"))
    assert refused.status_code == 409
    assert "It cannot be submitted yet" in refused.content.decode()


def test_from_judgement_to_sign_off(worker):
    manager = accounts.manager()
    one = assessments.begun(worker)
    assessments.answered(one, **dict.fromkeys(("away_overnight", "far_from_home", "older_friends"), "some"))
    assessments.viewed(one)
    client = signed_in(worker)
    judged = {"form_key": new_key(), "band": "higher", "words": "", "why": ""}
    assert "Say why: what you judge" in client.post(address(one, "judgement/"), judged).content.decode()
    for _ in range(3):
        assert client.post(address(one, "judgement/"), {**judged, "why": "The flat"}).status_code == 302
    assert client.post(address(one, "submit/")).status_code == 302
    assert client.get(address(one, "sign-off/")).status_code == 403
    head = signed_in(manager)
    assert "Read and sign off" in head.get(address(one)).content.decode()
    unsaid = head.post(address(one, "sign-off/"), {"decision": "return", "words": ""})
    assert "Say what is still needed" in unsaid.content.decode()
    assert head.post(address(one, "sign-off/"), {"decision": "sign", "words": "Clear"}).status_code == 302
    assert "Signed off" in head.get(address(one)).content.decode()
    # A form that was still open meets how things stand.
    late = client.post(address(one, "domains/missing/"), missing_answered(seen="1,1,0"))
    assert late.status_code == 409
    assert "can be changed no more" in late.content.decode()


def test_a_score_stands_with_its_tool_version_and_day(worker):
    one = assessments.signed_off(worker=worker, away_overnight="much")
    page = signed_in(worker).get(address(one)).content.decode()
    assert "2 of 8" in page
    assert f"{one.version}, submitted " in page


def test_a_tool_without_scores_has_no_band_anywhere(worker):
    one = assessments.signed_off(worker=worker, what=assessments.tool(what=assessments.unscored()))
    client = signed_in(worker)
    for path in (address(one), f"/children/{one.person_id}/assessments/compare/", "/assessments/"):
        page = client.get(path).content.decode()
        assert "Band by the rule" not in page
        assert "Which band" not in page


def test_the_comparison_tells_the_truth_across_tools(worker):
    person, tool = cases.open_case().person, assessments.tool()
    for values in ({"away_overnight": "much"}, {"away_overnight": "none"}):
        assessments.signed_off(worker=worker, person=person, what=tool, **values)
    other = assessments.begun(worker, person, assessments.tool("Another", assessments.unscored()))
    page = signed_in(worker).get(f"/children/{person.id}/assessments/compare/").content.decode()
    assert "2 then, 0 now, of 8 (2 less)" in page
    assessments.viewed(other, outcomes={"missing": ("At home each night", "improved")})
    other.refresh_from_db()
    page = finish(other, worker).get(f"/children/{person.id}/assessments/compare/").content.decode()
    assert "Break: another tool or version from here" in page
    assert "their scores cannot be compared" in page
    assert "Improved" in page


def finish(assessment, worker):
    client = signed_in(worker)
    judged = {"form_key": new_key(), "words": "Safer than in spring"}
    assert client.post(address(assessment, "judgement/"), judged).status_code == 302
    assert client.post(address(assessment, "submit/")).status_code == 302
    return client


def test_it_is_handed_over_by_its_worker_or_a_manager_and_by_nobody_else(worker, under_way):
    colleague, page = accounts.hub_worker(), address(under_way, "hand-over/")
    typed = {"after": str(worker.id), "to": str(colleague.id), "why": "Long leave"}
    assert signed_in(accounts.hub_worker()).get(page).status_code == 403
    assert "Hand it over" in signed_in(accounts.manager()).get(address(under_way)).content.decode()
    assert "Say why" in signed_in(worker).post(page, {**typed, "why": ""}).content.decode()
    assert signed_in(worker).post(page, typed).status_code == 302
    back = {**typed, "after": str(colleague.id), "to": str(worker.id)}
    assert signed_in(accounts.manager()).post(page, back).status_code == 302
    late = signed_in(worker).post(page, {**typed, "after": str(colleague.id)})
    assert late.status_code == 409
    assert "handed this assessment on first" in late.content.decode()


def test_the_board_shows_clocks_by_worker_and_who_has_too_many(worker):
    tool = assessments.tool()
    for _ in range(6):
        assessments.begun(worker, cases.open_case(people.child()).person, tool)
    late = assessments.begun(accounts.hub_worker(name="Lena Late"))
    assessments.begun_at(late, today() - timedelta(days=30), today() - timedelta(days=2))
    response = signed_in(worker).get("/assessments/")
    loads = {load["worker"]: (load["count"], load["above"]) for load in response.context["loads"]}
    assert loads == {worker.name: (6, True), "Lena Late": (1, False)}
    page = response.content.decode()
    assert "2 days overdue" in page
    assert "Above the limit" in page


def test_who_only_contributes_sees_no_assessments_on_the_board(under_way):
    response = signed_in(accounts.remote_partner()).get("/assessments/")
    assert response.context["page"] is None
    assert "Nothing waits" in response.content.decode()
    refused = signed_in(accounts.analyst()).get("/assessments/")
    assert refused.status_code == 403


def test_another_agency_without_sight_finds_nothing(under_way):
    client = signed_in(accounts.remote_partner())
    for step in ("", "domains/missing/", "views/", "judgement/", "stop/", "contributions/ask/"):
        assert client.get(address(under_way, step)).status_code == 404


def test_an_assessment_is_found_under_its_own_young_person_only(worker, under_way):
    other = cases.open_case(people.child(given_name="Other")).person
    assert signed_in(worker).get(f"/children/{other.id}/assessments/{under_way.id}/").status_code == 404


def test_lists_take_the_same_queries_for_10_and_for_40(worker):
    person, client = cases.open_case().person, signed_in(worker)
    one = assessments.begun(worker, person)
    health = Agency.objects.get(code="health")
    accounts.hub_worker_of("health")
    nurse = signed_in(accounts.hub_worker_of("health"))
    paths = ["/assessments/", f"/children/{person.id}/assessments/", address(one)]

    def add(count):
        for _ in range(count):
            assessments.begun(worker, person, assessments.tool())
            assessments.asked(one, health)

    def counted():
        return [queries_of(client, path) for path in paths] + [queries_of(nurse, "/assessments/")]

    add(10)
    counted()
    few = counted()
    add(30)
    assert counted() == few


def test_the_comparison_takes_the_same_queries_for_2_and_for_8(worker):
    person, client = cases.open_case().person, signed_in(worker)
    tool, path = assessments.tool(), f"/children/{person.id}/assessments/compare/"
    for _ in range(2):
        assessments.signed_off(worker=worker, person=person, what=tool)
    queries_of(client, path)
    few = queries_of(client, path)
    for _ in range(6):
        assessments.signed_off(worker=worker, person=person, what=tool)
    assert queries_of(client, path) == few
