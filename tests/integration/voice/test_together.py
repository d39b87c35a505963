"""Sitting together: the device opens one thing and nothing else, until it is given back or left by the way out."""

import pytest
from django.conf import settings

from tests.factories import accounts, cases, plans, voice
from tests.support.pages import new_key, queries_of, signed_in
from trellis.voice.models import ReadBack, Together, TogetherStep, View

pytestmark = pytest.mark.django_db


@pytest.fixture
def worker():
    return accounts.hub_worker(name="Wanda Worker")


@pytest.fixture
def person(worker):
    return cases.allocated_case(worker).person


@pytest.fixture
def handed(worker, person):
    """A browser in which the device was just handed over, and its address."""
    client = signed_in(worker)
    response = begin(client, person)
    return client, response["Location"]


def begin(client, person, **typed):
    form = {"questions": ["hard", "trust"], "form_key": new_key(), **typed}
    return client.post(f"/children/{person.id}/voice/together/", form)


def text(response):
    return response.content.decode()


def test_once_handed_over_every_other_address_leads_back(handed, person):
    client, here = handed
    elsewhere = ("/", f"/children/{person.id}/", f"/children/{person.id}/voice/", "/sign-in/", "/account/", "/missing/",
                 "/sign-in/confirm/", "/voice/waiting/", "/api/openapi.json")  # fmt: skip
    for address in elsewhere:
        response = client.get(address)
        assert (response.status_code, response["Location"]) == (303, here), address
    assert client.post("/sign-out/")["Location"] == here
    assert client.post("/sign-in/as/", {"user": "x"})["Location"] == here


def test_its_pages_name_nobody_and_lead_nowhere(handed, person, worker):
    client, here = handed
    shown = text(client.get(here))
    assert "<title>Questions</title>" in shown
    assert "What is hard at the moment?" in shown
    for words in (person.given_name, person.family_name, str(person.id), worker.name, "<nav", "Trellis"):
        assert words not in shown, words
    assert client.get(here)["Cache-Control"] == "no-store"


def test_words_are_kept_as_they_come_and_wait_for_the_worker(handed, worker, person):
    client, here = handed
    assert client.post(f"{here}1/", {"words": "Nobo", "only_keep": "1"}).status_code == 204
    response = client.post(f"{here}1/", {"words": "Nobody asks me", "go": "next"})
    assert response["Location"] == f"{here}2/"
    assert "Nobody asks me" in text(client.get(f"{here}1/"))
    client.post(f"{here}2/", {"words": "", "answer": "rather_not", "go": "next"})
    assert "Thank you" in text(client.get(f"{here}3/"))
    response = client.post(f"{here}finish/")
    assert response["Location"] == "/sign-in/?next=/voice/waiting/"
    assert client.get("/")["Location"].startswith("/sign-in/")

    again = signed_in(worker)
    assert "2 answers" in text(again.get("/voice/waiting/"))
    together = Together.objects.get()
    shown = text(again.get(f"/children/{person.id}/voice/together/{together.id}/"))
    assert "Nobody asks me" in shown
    assert "Would rather not say" in shown


def test_what_was_meant_is_kept_once_and_the_rest_set_aside(worker, person):
    together = voice.together(person, worker)
    voice.wrote(together, "Nobody asks me")
    voice.wrote(together, "My nan", position=2)
    first, second = TogetherStep.objects.order_by("position")
    client, here = signed_in(worker), f"/children/{person.id}/voice/together/{together.id}/"
    assert "Ask them, and choose" in text(client.post(f"{here}{first.id}/", {"words": "Nobody asks me"}))
    keep = {"what": "keep", "words": "Nobody asks me first", "step": "plan", "how": "wrote", "confirmed": "on"}
    for _ in range(2):
        assert client.post(f"{here}{first.id}/", keep).status_code == 302
    view = View.objects.get()
    assert (view.words, view.asked, view.confirmed) == ("Nobody asks me first", "What is hard at the moment?", True)
    assert client.post(f"{here}{second.id}/", {"what": "aside", "why": "Does not want it kept"}).status_code == 302
    second.refresh_from_db()
    assert second.words == ""
    assert "Nothing waits" in text(client.get("/voice/waiting/"))


def test_the_way_out_signs_out_and_has_the_browser_forget(handed, worker):
    client, here = handed
    client.post(f"{here}1/", {"words": "He is coming", "only_keep": "1"})
    response = client.post(f"{here}exit/")
    assert (response.status_code, response["Location"]) == (303, settings.QUICK_EXIT_URL)
    assert response["Clear-Site-Data"] == '"cache", "cookies", "storage"'
    assert client.get(here)["Location"].startswith("/sign-in/")
    assert Together.objects.get().ended == "left"
    assert "They left by the way out" in text(signed_in(worker).get("/voice/waiting/"))


def test_the_way_out_is_open_to_whoever_is_signed_in_no_more(person, worker):
    together = voice.together(person, worker)
    client = signed_in(worker)
    session = client.session
    session["used_at"] = 0
    session.save()
    assert client.post(f"/voice/together/{together.id}/exit/")["Location"] == settings.QUICK_EXIT_URL


def test_whoever_signs_in_again_is_free_and_nothing_sent_late_is_lost(handed, worker):
    client, here = handed
    session = client.session
    session["signed_in_at"] = session["signed_in_at"] + 1
    session.save()
    assert client.get("/account/").status_code == 200
    client.post(f"{here}1/", {"words": "Sent late"})
    assert TogetherStep.objects.get(position=1).words == "Sent late"
    assert client.get(here)["Location"] == "/voice/waiting/"


def test_the_plan_is_read_through_together_and_its_page_says_so(worker, person):
    plan = plans.open_plan(person, worker, what_matters="My own school")
    client = signed_in(worker)
    here = begin(client, person, with_plan="on", questions=[])["Location"]
    assert "My own school" in text(client.get(here))
    client.post(f"{here}1/", {"words": "Not the visits at school", "answer": "changes", "go": "next"})
    client.post(f"{here}finish/")
    step = TogetherStep.objects.get()
    again = signed_in(worker)
    keep = {"what": "keep", "words": "Not the visits at school"}
    page = f"/children/{person.id}/voice/together/{step.together_id}/{step.id}/"
    assert again.post(page, keep).status_code == 302
    read = ReadBack.objects.get()
    assert (read.plan, read.plan_revision, read.answer) == (plan.id, plan.revision, "changes")
    shown = text(again.get(f"/children/{person.id}/plan/"))
    assert "Not the visits at school" in shown


def test_few_questions_at_a_time_and_one_time_for_one_form(worker, person):
    client = signed_in(worker)
    shown = text(begin(client, person, questions=[]))
    assert "Choose at least one question, or the plan" in shown
    six = ["good", "hard", "want", "safe", "trust", "talk"]
    assert "Choose at most 5 questions" in text(begin(client, person, questions=six, other="And you?"))
    key = new_key()
    begin(client, person, form_key=key)
    begin(signed_in(worker), person, form_key=key)
    assert Together.objects.count() == 1


def test_nobody_else_finds_what_was_written(worker, person):
    together = voice.together(person, worker)
    voice.wrote(together)
    other = signed_in(accounts.hub_worker())
    assert other.get(f"/voice/together/{together.id}/").status_code == 404
    assert other.get(f"/children/{person.id}/voice/together/{together.id}/").status_code == 404
    assert "Nothing waits" in text(other.get("/voice/waiting/"))


def test_many_times_together_take_as_many_queries_as_few(worker):
    client = signed_in(worker)

    def some(count):
        for _ in range(count):
            voice.wrote(voice.together(cases.allocated_case(worker).person, worker))

    some(3)
    few = queries_of(client, "/voice/waiting/")
    some(9)
    assert queries_of(client, "/voice/waiting/") <= few
