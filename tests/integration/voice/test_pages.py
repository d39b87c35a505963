"""The voice of a young person: gathered from everywhere, written down once, gaps and changes shown."""

import pytest

from tests.factories import accounts, assessments, cases, missing, plans, sharing, voice
from tests.support.pages import day_boxes, new_key, queries_of, signed_in
from trellis.cases.childs_words import words_of
from trellis.cases.models import ChronologyEntry
from trellis.core.clocks import today
from trellis.voice.models import ChangeMade, Feedback, FeedbackAnswer, View

pytestmark = pytest.mark.django_db


@pytest.fixture
def worker():
    return accounts.hub_worker(name="Wanda Worker")


@pytest.fixture
def person(worker):
    return cases.allocated_case(worker).person


def at(person, step=""):
    return f"/children/{person.id}/voice/{step}"


def text(response):
    return response.content.decode()


def view_form(**typed):
    return {"step": "plan", "words": "I want to box again", "how": "spoke", "form_key": new_key(),
            **day_boxes("said_on", today()), **typed}  # fmt: skip


def test_words_written_anywhere_stand_on_one_page_and_nothing_is_typed_twice(worker, person):
    plan = plans.open_plan(person, worker, what_matters="Being left alone")
    plans.goal(plan, words="I want my own bed")
    plans.safety_plan(plan)
    plans.held_direct_work(person, worker, childs_words="You are the first who asked")
    person.own_words = "Ask me, not about me"
    person.save()
    interview = missing.held_interview(accounts.missing_worker(), missing.returned_child(person))
    shown = text(signed_in(worker).get(at(person)))
    for words in ("Being left alone", "I want my own bed", "Ring Shaz before I go out", "You are the first who asked",
                  "Ask me, not about me", interview.account):  # fmt: skip
        assert words in shown
    assert "Not asked yet" in shown


def test_a_view_is_written_down_once_and_stands_in_the_chronology(worker, person):
    client, form = signed_in(worker), view_form()
    for _ in range(2):
        assert client.post(at(person, "record/"), form).status_code == 302
    view = View.objects.get(person=person)
    assert (view.words, view.heard_by) == ("I want to box again", "Wanda Worker")
    assert ChronologyEntry.objects.filter(person=person, kind="voice").count() == 1
    assert "I want to box again" in text(client.get(at(person)))


def test_what_cannot_be_saved_keeps_what_was_typed(worker, person):
    client = signed_in(worker)
    shown = text(client.post(at(person, "record/"), view_form(how="", words="Stay here")))
    assert "Choose how it was heard" in shown
    assert "Stay here" in shown
    assert "Enter what they said, or choose why they did not" in text(
        client.post(at(person, "record/"), view_form(words=""))
    )
    assert not View.objects.exists()


def test_not_wanting_to_say_is_an_answer(worker, person):
    form = view_form(words="", how="", not_said="did_not_want", not_said_why="After a bad day")
    client = signed_in(worker)
    assert client.post(at(person, "record/"), form).status_code == 302
    assert "Asked, and did not want to say. After a bad day" in text(client.get(at(person)))


def test_a_view_put_right_keeps_what_it_said(worker, person):
    view, client = voice.said(person, worker, words="I like school"), signed_in(worker)
    form = view_form(words="I liked my old school", why="I had misheard")
    assert client.post(at(person, f"views/{view.id}/correct/"), form).status_code == 302
    shown = text(client.get(at(person)))
    assert "I liked my old school" in shown
    assert "“I like school”" not in shown
    stands = View.objects.get(corrects=view)
    assert "I like school" in text(client.get(at(person, f"views/{stands.id}/")))
    again = client.post(at(person, f"views/{view.id}/correct/"), view_form(why="Again"))
    assert again.status_code == 409
    assert "put right already" in text(again)


def test_gaps_longer_than_the_limit_are_shown(worker, person):
    voice.said(person, worker, said_on=voice.long_ago(300))
    voice.said(person, worker, words="Then again", said_on=voice.long_ago(100))
    shown = text(signed_in(worker).get(at(person)))
    assert "Nothing heard since" in shown
    assert ": 14 weeks" in shown
    assert "Nothing heard for 28 weeks" in shown


def test_what_changed_is_told_back(worker, person):
    view, client = voice.said(person, worker), signed_in(worker)
    form = {"what": "Sessions are at the boxing club now", "where": "plan", "because": f"view {view.id}",
            "form_key": new_key(), **day_boxes("changed_on", today())}  # fmt: skip
    assert client.post(at(person, "changes/new/"), form).status_code == 302
    shown = text(client.get(at(person)))
    assert "because they said “I want my own school back”" in shown
    assert "has not been told yet" in shown
    change = ChangeMade.objects.get(view=view)
    told = {"told_how": "At the club", **day_boxes("told_on", today())}
    assert client.post(at(person, f"changes/{change.id}/told/"), told).status_code == 302
    assert "At the club" in text(client.get(at(person)))


def test_feedback_is_kept_by_question_and_summed_without_telling_who(worker, person):
    client = signed_in(worker)
    form = {"by_whom": "young_person", "face_listened": "5", "words_kept": "Mostly", "form_key": new_key(),
            **day_boxes("given_on", today())}  # fmt: skip
    for _ in range(2):
        assert client.post(at(person, "feedback/new/"), form).status_code == 302
    assert Feedback.objects.count() == 1
    assert FeedbackAnswer.objects.count() == 2
    shown = text(client.get("/voice/feedback/"))
    assert shown.count("Withheld: too few to tell without telling who") == 2
    assert "Mostly" not in shown
    for number in range(6):
        voice.feedback(cases.allocated_case(worker).person, worker, face=5 if number < 5 else 4)
    assert "7 of 7" in text(client.get("/voice/feedback/"))


@pytest.mark.parametrize("step", ["", "record/", "changes/new/", "feedback/new/", "together/"])
def test_allocated_same_agency_other_agency(worker, person, step):
    assert signed_in(worker).get(at(person, step)).status_code == 200
    assert signed_in(accounts.hub_worker()).get(at(person, step)).status_code == 200
    for outsider in (accounts.remote_partner("social_care"), accounts.remote_partner("education")):
        assert signed_in(outsider).get(at(person, step)).status_code in (403, 404)


def test_only_what_opens_to_the_reader_is_gathered(worker, person):
    plans.open_plan(person, worker, what_matters="In the plan only")
    voice.said(person, worker, words="In the voice only")
    sharing.share(person, parts=("identity", "voice"), to="education")
    shown = text(signed_in(accounts.remote_partner("education")).get(at(person)))
    assert "In the voice only" in shown
    assert "In the plan only" not in shown


def test_many_lines_take_as_many_queries_as_few(worker, person):
    client = signed_in(worker)
    for _ in range(10):
        voice.said(person, worker)
        voice.changed(person, worker)
    few = queries_of(client, at(person))
    for _ in range(30):
        voice.said(person, worker)
        voice.changed(person, worker)
    voice.feedback(person, worker)
    voice.feedback(person, worker)
    assert queries_of(client, at(person)) <= few + 2


def test_an_assessment_that_did_not_hear_them_says_so(worker, person):
    assessments.begun(worker, person)
    assert [(line.step, line.why_not) for line in words_of(worker, person)] == [("assessment", "Not asked yet")]


def test_the_overview_says_what_they_said_last_and_when_they_are_to_be_heard(worker, person):
    client = signed_in(worker)
    assert "Hear from them in their own words" in text(client.get(f"/children/{person.id}/"))
    voice.said(person, worker, words="Ask me first", said_on=voice.long_ago(3))
    shown = text(client.get(f"/children/{person.id}/"))
    assert "Ask me first" in shown
    assert "Robin, in their own words" in shown
