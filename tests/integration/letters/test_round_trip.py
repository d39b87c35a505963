"""A letter goes to a real mail server and comes to whom it is for; nothing personal goes with it."""

import io
import logging
import re
from datetime import date, timedelta

import pytest
import time_machine
from django.test import Client
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob
from pypdf import PdfReader

from tests.factories import cases, letters, people
from tests.support.mailbox import mail_server
from tests.support.pages import day_boxes, new_key, signed_in
from trellis.accounts.models import Guess
from trellis.core.clocks import now, today
from trellis.core.mail import NotSent
from trellis.letters.models import Letter, LetterLink
from trellis.letters.services import sending
from trellis.need_to_know.models import Grant
from trellis.people.models import PracticeRegistration

pytestmark = pytest.mark.django_db
PRACTICE = "Rowan Practice"


@pytest.fixture
def mailbox(settings):
    with mail_server() as (url, box):
        settings.SMTP_URL, settings.FRONT_DOOR_PHONE = url, "01632 960000"
        settings.CSRF_TRUSTED_ORIGINS = ["https://hub.example"]
        yield box


@pytest.fixture
def case():
    child = people.child(given_name="Robin", family_name="Ashworth", known_as="Bobbin", date_of_birth=date(2010, 5, 4))
    PracticeRegistration.objects.create(person=child, practice_name=PRACTICE, starts_on=date(2020, 1, 1))
    return cases.open_case(child)


def identifiers(case) -> list[str]:
    child = case.person
    said = [child.given_name, child.family_name, child.known_as, "4 May 2010", "2010-05-04", case.reference]
    return [*said, str(child.id), str(case.id), child.nhs_number or "no number", PRACTICE]


def run_jobs():
    """What the job worker does next, with nothing but what the job says."""
    for job in ProcrastinateJob.objects.filter(task_name="letters.send").order_by("id"):
        app.tasks["letters.send"].func(Running(job.attempts), **job.args)


class Running:
    """What procrastinate tells a job of itself."""

    def __init__(self, attempts):
        self.job = self
        self.attempts = attempts


def written(nurse, case, **typed) -> Letter:
    """Through the page, as its paragraphs begin it."""
    path = f"/children/{case.person_id}/letters/new/gp-opening/"
    page = signed_in(nurse).get(path)
    words = page.context["form"].initial["words"]
    assert "Robin Ashworth, born on 4 May 2010" in words
    sent = {"form_key": new_key(), "recipient": PRACTICE, "address": letters.ADDRESS, "words": words, **typed}
    for _ in range(2):
        assert signed_in(nurse).post(path, sent).status_code == 302
    return Letter.objects.get()


def code_made(nurse, letter) -> str:
    page = signed_in(nurse).post(f"/children/{letter.person_id}/letters/{letter.id}/code/").content.decode()
    return re.search(r"Access code: <strong>(\d{4} \d{4})</strong>", page)[1]


def link_in(mailbox) -> str:
    return re.search(r"https://hub\.example(/letters/\S+)", mailbox.messages[-1].get_payload())[1]


def test_sent_collected_and_acknowledged_and_nothing_personal_goes_with_it(mailbox, case, caplog):
    caplog.set_level(logging.DEBUG, logger="trellis")
    nurse = letters.nurse()
    letter = written(nurse, case)
    (job,) = ProcrastinateJob.objects.filter(task_name="letters.send")
    assert job.args == {"letter_id": str(letter.id)}
    run_jobs()
    letter.refresh_from_db()
    assert (letter.status, letter.told_on, letter.sent_how) == ("sent", today(), "email")
    (message,) = mailbox.messages
    plain = {"Content-Type", "Content-Transfer-Encoding", "MIME-Version", "X-To"}
    assert {*message.keys()} - plain == {"From", "To", "Subject", "Date", "Message-ID", "Auto-Submitted"}
    assert message["Auto-Submitted"] == "auto-generated"
    code, path = code_made(nurse, letter), link_in(mailbox)
    token = path.split("/")[2]
    assert token not in str(LetterLink.objects.values_list())
    assert code.replace(" ", "") not in str(Letter.objects.values_list())
    outside = Client()
    asked = outside.get(path).content.decode()
    assert "The code is not right" in outside.post(path, {"code": "0000 0000"}).content.decode()
    assert "Get the letter with its code first" in outside.post(path, {"confirm": "yes"}).content.decode()
    file = outside.post(path, {"code": code})
    assert (file["Content-Type"], file.content[:5]) == ("application/pdf", b"%PDF-")
    assert file["Content-Disposition"] == 'attachment; filename="letter.pdf"'
    paper = PdfReader(io.BytesIO(file.content))
    assert "/StructTreeRoot" in paper.root_object
    said = paper.pages[0].extract_text()
    assert "Robin Ashworth, born on 4 May 2010" in said
    assert "OFFICIAL-SENSITIVE" in said
    assert "Page 1 of 1" in said
    letter.refresh_from_db()
    assert letter.status == "collected"
    thanks = outside.post(path, {"confirm": "yes"}).content.decode()
    assert "we know that you have the letter" in thanks
    letter.refresh_from_db()
    assert (letter.status, letter.chase_on) == ("acknowledged", None)
    logged = "\n".join(record.getMessage() for record in caplog.records if not record.name.startswith("django.db"))
    jobs = str(list(ProcrastinateJob.objects.values_list("args", "task_name", "queueing_lock", "lock")))
    for said in identifiers(case):
        for kept in (mailbox.whole, jobs, asked, thanks, logged):
            assert said not in kept, said


def test_refused_for_good_is_returned_and_goes_another_way(mailbox, case):
    nurse = letters.nurse()
    letter = letters.letter(case, nurse)
    mailbox.address_answer = "550 no such user"
    run_jobs()
    letter.refresh_from_db()
    assert letter.status == "returned"
    assert not mailbox.messages
    queue = signed_in(nurse).get("/health/").content.decode()
    assert "Send it to another address, or by post" in queue
    path = f"/children/{case.person_id}/letters/{letter.id}/"
    missing = signed_in(nurse).post(path, {"step_form": "1", "step": "way"}).content.decode()
    assert "Choose how it was sent" in missing
    typed = {"step_form": "1", "step": "way", "how": "post", **day_boxes("on", today())}
    assert signed_in(nurse).post(path, typed).status_code == 302
    letter.refresh_from_db()
    assert (letter.status, letter.sent_how, letter.told_on) == ("other_way", "post", today())
    assert signed_in(nurse).get(f"{path}paper/").content[:5] == b"%PDF-"


def test_a_fault_that_passes_is_tried_again_and_at_last_given_up(mailbox, case):
    letter = letters.letter(case)
    mailbox.answer = "451 later"
    with pytest.raises(NotSent) as fault:
        run_jobs()
    assert not fault.value.permanent
    letter.refresh_from_db()
    assert letter.status == "ready"
    mailbox.answer = "250 OK"
    run_jobs()
    letter.refresh_from_db()
    assert letter.status == "sent"
    run_jobs()
    assert len(mailbox.messages) == 1
    other = letters.letter(cases.open_case(people.child()))
    mailbox.answer = "451 later"
    sending.send_letter(other.id, last_try=True)
    other.refresh_from_db()
    assert other.status == "returned"


def test_a_link_that_lapsed_was_replaced_or_never_was_answers_alike(mailbox, case):
    nurse = letters.nurse()
    letter = letters.letter(case, nurse)
    run_jobs()
    path, code = link_in(mailbox), code_made(nurse, letter)
    never = Client().get("/letters/never-was/")
    step = f"/children/{case.person_id}/letters/{letter.id}/"
    again = {"step_form": "1", "step": "again", "address": "manager@practice.example"}
    assert signed_in(nurse).post(step, again).status_code == 302
    replaced = Client().post(path, {"code": code})
    run_jobs()
    newer = link_in(mailbox)
    with time_machine.travel(now() + timedelta(days=15), tick=False):
        lapsed = Client().post(newer, {"code": code})
    assert {never.status_code, replaced.status_code, lapsed.status_code} == {404}
    assert never.content == replaced.content == lapsed.content


def test_a_code_is_guessed_a_few_times_and_a_new_one_replaces_it(mailbox, case):
    nurse = letters.nurse()
    letter = letters.letter(case, nurse)
    run_jobs()
    path, old = link_in(mailbox), code_made(nurse, letter)
    new = code_made(nurse, letter)
    outside = Client()
    assert outside.post(path, {"code": old}).status_code == 200
    answers = [outside.post(path, {"code": "1"}).status_code for _ in range(10)]
    assert answers[-1] == 429
    Letter.objects.update(code_tries=20)
    Guess.objects.using("audit").all().delete()
    used_up = Client(REMOTE_ADDR="192.0.2.9").post(path, {"code": new})
    assert "not right" in used_up.content.decode()
    letter.refresh_from_db()
    assert letter.status == "sent"


def test_not_collected_in_time_it_is_asked_after(mailbox, case):
    nurse = letters.nurse()
    letter = letters.letter(case, nurse)
    run_jobs()
    Letter.objects.update(chase_on=today() - timedelta(days=1))
    assert "Ring and ask them to collect it" in signed_in(nurse).get("/health/").content.decode()
    step = {"step_form": "1", "step": "asked", "words": "Rang, they look today"}
    path = f"/children/{case.person_id}/letters/{letter.id}/"
    assert signed_in(nurse).post(path, step).status_code == 302
    letter.refresh_from_db()
    assert letter.chase_on > today()
    page = signed_in(nurse).get(path).content.decode()
    assert "Rang, they look today" in page


def test_sight_of_a_closing_letter_outlives_the_case_until_it_is_acknowledged(mailbox, case):
    nurse = letters.nurse()
    letter = letters.letter(case, nurse, occasion="closing")
    (kept,) = Grant.objects.filter(source=letter.id)
    assert (sorted(kept.parts), kept.user, kept.ends_at > now()) == (["health", "identity"], nurse, True)
    run_jobs()
    Grant.objects.filter(source=case.id).update(ends_at=now())
    path = f"/children/{case.person_id}/letters/{letter.id}/"
    assert signed_in(nurse).get(path).status_code == 200
    assert signed_in(nurse).get(f"/children/{case.person_id}/plan/").status_code == 404
    have = {"step_form": "1", "step": "have", "words": "The receptionist, by telephone"}
    assert signed_in(nurse).post(path, have).status_code == 302
    assert signed_in(nurse).get(path).status_code == 404
