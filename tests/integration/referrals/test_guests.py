"""The public door: an address, its code, the form, a reference; and nothing about anybody given back."""

import logging
import re
from datetime import date, timedelta

import pytest
from django.test import Client
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from tests.factories import accounts, cases, documents, kept_away, people
from tests.support.mailbox import mail_server
from tests.support.pages import day_boxes, new_key, signed_in
from trellis.core.clocks import now
from trellis.core.mail import NotSent
from trellis.documents.models import Document
from trellis.people.models import Person
from trellis.referrals.models import GuestPass, Referral

pytestmark = pytest.mark.django_db

TEACHER = "teacher@school.example"
ASKED = ("Robin", "Ashworth", "Somebody Teaching", "New phone", "M14")


@pytest.fixture
def mailbox(settings):
    with mail_server() as (url, box):
        settings.SMTP_URL, settings.FRONT_DOOR_PHONE = url, "01632 960000"
        yield box


def run_jobs():
    """What the job worker does next, in its own words and with nothing but what the job says."""
    for job in ProcrastinateJob.objects.filter(task_name__startswith="referrals.").order_by("id"):
        app.tasks[job.task_name].func(**job.args)


def code_of(mailbox):
    return re.search(r"\d{6}", mailbox.messages[-1].get_payload())[0]


def confirmed(mailbox, email=TEACHER) -> Client:
    client = Client()
    assert client.post("/refer/", {"email": email})["Location"] == "/refer/code/"
    run_jobs()
    assert client.post("/refer/code/", {"code": code_of(mailbox)})["Location"] == "/refer/form/"
    ProcrastinateJob.objects.all().delete()
    mailbox.messages.clear()
    return client


def filled_in(**changes):
    return {
        "form_key": new_key(),
        "given_name": "Robin",
        "family_name": "Ashworth",
        **day_boxes("date_of_birth", date(2011, 5, 4)),
        "sex": "M",
        "ethnicity": "NOBT",
        "postcode": "M14 0AA",
        "safe_contact": "",
        "immediate_danger": "no",
        "primary_type": "CCE",
        "harm_seen": "",
        "concerns": "New phone",
        "child_knows": "yes",
        "family_knows": "no",
        "knowledge": "She says it is nobody's business",
        "source_code": "2A",
        "guest_name": "Somebody Teaching",
        "guest_role": "Form tutor",
        "guest_organisation": "A school",
        "phone": "01632 960111",
        **changes,
    }


def test_a_teacher_refers_with_a_file_and_is_told_a_reference_only(mailbox):
    client = confirmed(mailbox)
    answer = client.post("/refer/form/", filled_in(file=documents.chosen("letter.pdf", documents.pdf_file())))
    assert answer["Location"] == "/refer/sent/"
    made = Referral.objects.get()
    assert (made.guest_name, made.guest_email, made.source_code) == ("Somebody Teaching", TEACHER, "2A")
    assert (made.child_knows, made.family_knows, made.recorded_by) == (True, False, None)
    assert made.email_confirmed_at
    assert Document.objects.get().subject == made.id
    receipt = client.get("/refer/sent/").content.decode()
    assert made.reference in receipt
    run_jobs()
    assert mailbox.messages[0]["X-To"] == TEACHER
    assert made.reference in mailbox.messages[0].get_payload()
    for said in ASKED:
        assert said not in receipt + mailbox.whole
    page = signed_in(accounts.hub_worker()).get(f"/referrals/{made.id}/").content.decode()
    for said in ("Somebody Teaching, Form tutor, A school", TEACHER, "letter.pdf", "nobody&#x27;s business"):
        assert said in page


def test_jobs_name_rows_and_nobody(mailbox):
    client = Client()
    client.post("/refer/", {"email": TEACHER})
    (job,) = ProcrastinateJob.objects.filter(task_name__startswith="referrals.")
    assert job.args == {"pass_id": str(GuestPass.objects.get().id)}
    assert TEACHER.encode() not in bytes(GuestPass.objects.get().sealed)


def test_fifty_copies_of_one_form_make_one_referral_and_one_person(mailbox):
    client, typed = confirmed(mailbox), filled_in()
    for _ in range(50):
        assert client.post("/refer/form/", typed)["Location"] == "/refer/sent/"
    assert Referral.objects.count() == Person.objects.count() == 1
    assert ProcrastinateJob.objects.filter(task_name="referrals.acknowledge").count() == 1


def test_known_unknown_and_sealed_get_the_same_answer(mailbox):
    known = cases.open_case(people.child(given_name="Known", family_name="Child")).person
    hidden = cases.open_case(people.child(given_name="Hidden", family_name="Child")).person
    kept_away.sealed_record(hidden)
    client, answers = confirmed(mailbox), []
    for given in ("Known", "Hidden", "Nobodys"):
        client.post("/refer/form/", filled_in(given_name=given, family_name="Child"))
        reference = Referral.objects.latest("recorded_at").reference
        answers.append(client.get("/refer/sent/").content.decode().replace(reference, "REF"))
    assert answers[0] == answers[1] == answers[2]
    assert known.referrals.count() == 1
    assert not hidden.referrals.exists()
    assert Person.objects.filter(given_name="Hidden").count() == 2


def test_a_code_is_good_five_times_and_fifteen_minutes(mailbox):
    client = Client()
    client.post("/refer/", {"email": TEACHER})
    run_jobs()
    right = code_of(mailbox)
    wrong = f"{(int(right) + 1) % 1_000_000:06}"
    for _ in range(5):
        assert "The code is not right" in client.post("/refer/code/", {"code": wrong}).content.decode()
    assert "used up" in client.post("/refer/code/", {"code": right}).content.decode()
    assert client.get("/refer/form/")["Location"] == "/refer/"


def test_a_code_that_is_too_old_opens_nothing(mailbox):
    client = Client()
    client.post("/refer/", {"email": TEACHER})
    run_jobs()
    GuestPass.objects.update(expires_at=now() - timedelta(seconds=1))
    assert "used up" in client.post("/refer/code/", {"code": code_of(mailbox)}).content.decode()


def test_a_code_of_another_browser_opens_nothing(mailbox):
    client = Client()
    client.post("/refer/", {"email": TEACHER})
    run_jobs()
    assert Client().post("/refer/code/", {"code": code_of(mailbox)})["Location"] == "/refer/"


def test_one_address_is_sent_three_codes_an_hour(mailbox):
    for _ in range(3):
        assert Client().post("/refer/", {"email": TEACHER}).status_code == 302
    fourth = Client().post("/refer/", {"email": TEACHER.upper()})
    assert "no more go out for an hour" in fourth.content.decode()
    assert GuestPass.objects.count() == 3


def test_one_network_address_asks_ten_times_in_five_minutes(mailbox):
    answers = [Client().post("/refer/", {"email": f"a{n}@school.example"}).status_code for n in range(11)]
    assert answers == [302] * 10 + [429]
    assert Client(REMOTE_ADDR="192.0.2.7").post("/refer/", {"email": TEACHER}).status_code == 302


def test_one_confirmation_refers_five_times(mailbox):
    client = confirmed(mailbox)
    for n in range(5):
        assert client.post("/refer/form/", filled_in(given_name=f"Child{n}")).status_code == 302
    assert "a new code is needed" in client.post("/refer/form/", filled_in(given_name="Sixth")).content.decode()
    assert Referral.objects.count() == 5


def test_sent_after_the_confirmation_ended_every_word_is_still_there(mailbox):
    client, typed = confirmed(mailbox), filled_in()
    GuestPass.objects.update(expires_at=now() - timedelta(seconds=1))
    page = client.post("/refer/form/", typed).content.decode()
    assert "has to be confirmed again" in page
    assert "New phone" in page
    assert typed["form_key"] in page
    GuestPass.objects.update(expires_at=now() + timedelta(hours=1))
    assert client.post("/refer/form/", typed).status_code == 302


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [("run.exe", b"MZ", "are not taken"), ("photo.png", b"<html>", "not the PNG"), ("letter.pdf", b"", "empty")],
)
def test_a_hostile_file_is_refused_and_nothing_is_stored(mailbox, name, content, words):
    answer = confirmed(mailbox).post("/refer/form/", filled_in(file=documents.chosen(name, content)))
    page = answer.content.decode()
    assert words in page
    assert "New phone" in page
    assert Referral.objects.count() == Person.objects.count() == Document.objects.count() == 0


def test_without_a_mail_server_the_page_says_whom_to_ring(settings):
    settings.SMTP_URL, settings.FRONT_DOOR_PHONE = "", "01632 960000"
    page = Client().get("/refer/").content.decode()
    for said in ("not taken on this page", "01632 960000", "999"):
        assert said in page
    for path in ("code/", "form/", "sent/"):
        assert Client().get(f"/refer/{path}")["Location"] == "/refer/"
    Client().post("/refer/", {"email": TEACHER})
    assert not GuestPass.objects.exists()


def test_a_server_that_refuses_is_tried_again_and_the_log_names_nobody(mailbox, caplog):
    Client().post("/refer/", {"email": TEACHER})
    mailbox.answer = f"550 {TEACHER} is not known"
    with caplog.at_level(logging.DEBUG, logger="trellis"), pytest.raises(NotSent) as fault:
        run_jobs()
    assert TEACHER not in caplog.text + str(fault.value) + repr(fault.value)
    assert fault.value.__cause__ is None
    mailbox.answer = "250 OK"
    run_jobs()
    assert mailbox.messages[0]["Subject"] == "Your code"


def test_a_job_that_runs_twice_sends_a_used_code_no_more(mailbox):
    client = Client()
    client.post("/refer/", {"email": TEACHER})
    run_jobs()
    client.post("/refer/code/", {"code": code_of(mailbox)})
    run_jobs()
    assert len(mailbox.messages) == 1
    assert code_of(mailbox).encode() not in bytes(GuestPass.objects.get().sealed)


def test_the_decision_is_told_by_e_mail_with_the_reference_only(mailbox):
    confirmed(mailbox).post("/refer/form/", filled_in())
    made, manager = Referral.objects.get(), accounts.manager()
    ProcrastinateJob.objects.all().delete()
    typed = {"decision": "no_further_action", "reason": "Not what it seemed", "told_how": "email"}
    assert signed_in(manager).post(f"/referrals/{made.id}/", typed).status_code == 302
    run_jobs()
    (letter,) = mailbox.messages
    assert made.reference in letter.get_payload()
    for said in (*ASKED, "Not what it seemed", "no further"):
        assert said.lower() not in mailbox.whole.lower()
    made.refresh_from_db()
    assert (made.told_how, made.told_by) == ("email", manager)
