"""The pages by which an episode is taken, graded, corrected, undone, merged; and the lists that a page asks for."""

from datetime import timedelta

import pytest

from tests.factories import accounts, missing, people
from tests.support.pages import moment_boxes, new_key, queries_of, signed_in
from trellis.accounts import sessions
from trellis.core.clocks import now
from trellis.missing.models import MissingEpisode, RiskGrading

pytestmark = pytest.mark.django_db


@pytest.fixture
def worker():
    return accounts.missing_worker()


def address(episode, step=""):
    return f"/missing/{episode.id}/{step}"


def corrected(episode, **changes):
    typed = {"kind": episode.kind, "why": "Told wrongly", **moment_boxes("reported_at", episode.reported_at)}
    return {**typed, **changes}


def test_a_report_is_taken_and_handed_over(worker):
    episode, other = missing.missing_child(), accounts.missing_worker(name="Nell Next")
    client = signed_in(worker)
    assert "Not taken for" in client.get("/missing/").content.decode()
    assert client.post(address(episode, "take/")).status_code == 302
    assert signed_in(other).post(address(episode, "take/")).status_code == 409
    assert client.post(address(episode, "hand-over/"), {"to": str(other.id), "why": "Shift"}).status_code == 302
    page = client.get(address(episode)).content.decode()
    assert f"Taken by Nell Next, given by {worker.name}" in page
    assert "Not taken for" not in client.get("/missing/").content.decode()


def test_a_grade_says_on_what_information(worker):
    episode, client = missing.missing_child(risk_grade="low", police_ref="P"), signed_in(worker)
    typed = {"grade": "high", **moment_boxes("graded_at", now())}
    assert "on what information" in client.post(address(episode, "grade/"), typed).content.decode()
    assert client.post(address(episode, "grade/"), {**typed, "information": "Rang a friend"}).status_code == 302
    assert RiskGrading.objects.count() == 2
    assert "Rang a friend" in client.get(address(episode)).content.decode()


def test_a_correction_keeps_what_was_said_before_and_the_second_of_two_is_told(worker):
    episode, client = missing.missing_child(reported_by="Mum"), signed_in(worker)
    stood = client.get(address(episode, "correct/")).context["form"].initial["stood"]
    typed = corrected(episode, reported_by="Nan", wearing="A green coat", factors=["family_conflict"], stood=stood)
    assert client.post(address(episode, "correct/"), typed).status_code == 302
    page = client.get(address(episode)).content.decode()
    assert "A green coat" in page
    assert "Conflict at home" in page
    assert "Reported by: Mum" in page
    late = client.post(address(episode, "correct/"), {**typed, "reported_by": "Gran"})
    assert late.status_code == 409
    episode.refresh_from_db()
    assert episode.reported_by == "Nan"


def test_a_return_recorded_wrongly_is_undone(worker):
    episode, client = missing.returned_child().episode, signed_in(worker)
    assert client.post(address(episode, "return/undo/"), {"why": "It was her sister"}).status_code == 302
    page = client.get("/missing/").content.decode()
    assert "Out there now: 1" in page
    assert "Back and waiting: 0" in page
    assert client.post(address(episode, "return/undo/"), {"why": "Again"}).status_code == 404


def test_a_report_of_a_time_already_known_is_kept_as_its_second_and_counted_once(worker):
    episode, client = missing.missing_child(hours_ago=6), signed_in(worker)
    page = f"/children/{episode.person_id}/missing/report/"
    typed = {"form_key": new_key(), "kind": "home", "reported_by": "School"}
    typed |= moment_boxes("reported_at", now() - timedelta(hours=2))
    assert "Tick the box to keep this as a second report" in client.post(page, typed).content.decode()
    for _ in range(50):
        assert client.post(page, {**typed, "second": "on"})["Location"] == address(episode)
    second = MissingEpisode.objects.get(merged_into=episode)
    assert "Other reports of this time: 1" in client.get(address(episode)).content.decode()
    assert "another report of the same time" in client.get(address(second)).content.decode()
    assert "Missing episodes: 1" in client.get(f"/children/{episode.person_id}/missing/").content.decode()
    assert "Out there now: 1" in client.get("/missing/").content.decode()


def test_two_reports_are_merged_and_one_taken_out_again(worker):
    person, client = people.child(), signed_in(worker)
    first = missing.returned_child(person, hours_since_return=30).episode
    second = missing.missing_child(person, hours_ago=20)
    typed = {"into": str(first.id), "why": "She never came back"}
    assert client.post(address(second, "merge/"), typed).status_code == 302
    first.refresh_from_db()
    assert first.status == "missing"
    form = client.get(address(second, "unmerge/")).context["form"]
    boxes = {}
    for name, at in form.initial.items():
        boxes |= moment_boxes(name, at) if at else {}
    assert client.post(address(second, "unmerge/"), {**boxes, "why": "She did"}).status_code == 302
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.status, second.status, second.merged_into) == ("returned", "missing", None)


def test_an_open_page_is_told_whether_anything_changed_by_few_queries(worker):
    client = signed_in(worker)
    missing.missing_child()
    answer = client.get("/missing/now/")
    version = answer["ETag"]
    assert "data-live-row" in answer.content.decode()
    same = client.get("/missing/now/", headers={"If-None-Match": version})
    assert (same.status_code, same.content) == (304, b"")
    missing.missing_child(people.child(given_name="Second"))
    assert client.get("/missing/now/", headers={"If-None-Match": version}).status_code == 200


def test_the_lists_take_the_same_queries_for_10_and_for_40(worker):
    client = signed_in(worker)

    def add(count):
        for number in range(count):
            missing.missing_child(people.child(given_name=f"Out {number}"))

    add(10)
    queries_of(client, "/missing/now/")
    few = queries_of(client, "/missing/now/")
    add(30)
    assert queries_of(client, "/missing/now/") == few


def test_a_page_that_asks_by_itself_keeps_no_session(worker):
    client = signed_in(worker)
    session = client.session
    session[sessions.USED_AT] -= 600
    session.save()
    used = client.session[sessions.USED_AT]
    client.get("/missing/now/")
    assert client.session[sessions.USED_AT] == used
    client.get("/missing/")
    assert client.session[sessions.USED_AT] > used
