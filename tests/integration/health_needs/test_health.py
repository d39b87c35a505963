"""Updates for the meeting, questions to health, services; the queue of the hub's nurse; which GPs are told."""

from datetime import timedelta

import pytest

from tests.factories import accounts, cases, letters, people
from tests.support.pages import day_boxes, new_key, queries_of, signed_in
from trellis.audit_log.trail import recorded
from trellis.cases.closing import unfinished_of
from trellis.core.clocks import today
from trellis.health_needs import services
from trellis.health_needs.models import HealthQuestion, HealthService, HealthUpdate
from trellis.letters.models import Letter, NoLetter
from trellis.people.models import PracticeRegistration

pytestmark = pytest.mark.django_db
SAID = "Sleeps badly since the move. Likes the walk to the clinic with Shaz"


@pytest.fixture
def case():
    return cases.open_case(people.child())


def test_somebody_asks_and_the_nurse_answers_once(case):
    nurse, worker = letters.nurse(), accounts.hub_worker()
    here = f"/children/{case.person_id}/health/"
    asked = {"form_key": new_key(), "question": "Is her asthma under control?", **day_boxes("due_on", today())}
    for _ in range(2):
        assert signed_in(worker).post(f"{here}questions/new/", asked)["Location"] == here
    question = HealthQuestion.objects.get()
    page = signed_in(nurse).get("/health/").content.decode()
    assert "Is her asthma under control?" in page
    refused = signed_in(worker).get(f"{here}questions/{question.id}/answer/")
    assert refused.status_code == 403
    assert "Only workers of health write updates" in refused.content.decode()
    bad = {"form_key": new_key(), "words": SAID, "told_on_day": "31", "told_on_month": "2", "told_on_year": "2026"}
    again = signed_in(nurse).post(f"{here}questions/{question.id}/answer/", bad).content.decode()
    assert SAID in again
    given = {"form_key": new_key(), "words": SAID, **day_boxes("told_on", today())}
    for _ in range(2):
        assert signed_in(nurse).post(f"{here}questions/{question.id}/answer/", given).status_code == 302
    update = HealthUpdate.objects.get()
    assert (update.agency.code, update.answers, update.words) == ("health", question, SAID)
    question.refresh_from_db()
    assert question.status == "answered"
    put_right = {"form_key": new_key(), "words": "Sleeps better"}
    assert signed_in(nurse).post(f"{here}updates/{update.id}/correct/", put_right).status_code == 302
    page = signed_in(worker).get(here).content.decode()
    assert "Sleeps better" in page
    assert f"“{SAID}”" in page
    meanwhile = signed_in(nurse).post(f"{here}updates/{update.id}/correct/", {**put_right, "form_key": new_key()})
    assert meanwhile.status_code == 409
    told = case.person.chronology.get(kind="health.update")
    assert (told.about, told.agency.code, told.body) == ("health", "health", "")


def test_a_service_is_added_put_right_and_ended(case):
    worker, here = accounts.hub_worker(), f"/children/{case.person_id}/health/"
    typed = {"kind": "camhs", "name": "Mx Lee", "contact": "01632 960123", "what_for": "Sleep"}
    typed |= day_boxes("starts_on", today() - timedelta(days=9))
    client = signed_in(worker)
    new = {"form_key": new_key(), **typed}
    for _ in range(2):
        assert client.post(f"{here}services/new/", new).status_code == 302
    service = HealthService.objects.get()
    right = {**typed, "name": "Mx Leigh", "why": "Name was misheard"}
    assert client.post(f"{here}services/{service.id}/correct/", right).status_code == 302
    assert service.corrections.get().old_values == {"name": "Mx Lee"}
    early = client.post(f"{here}services/{service.id}/end/", day_boxes("ends_on", today() - timedelta(days=30)))
    assert early.status_code == 409
    assert "Mx Leigh" in client.get(f"/children/{case.person_id}/").content.decode()
    ended = {**day_boxes("ends_on", today()), "because": "Sleeps well"}
    assert client.post(f"{here}services/{service.id}/end/", ended).status_code == 302
    assert "Sleeps well" in client.get(here).content.decode()


def test_a_gp_is_told_of_each_opening_and_closing_or_it_is_said_why_not(case):
    nurse, here = letters.nurse(), f"/children/{case.person_id}/"
    client = signed_in(nurse)
    assert "Tell the GP that the case was opened" in client.get(here).content.decode()
    page = client.get(f"{here}letters/new/gp-opening/").content.decode()
    assert "No GP practice is recorded for today" in page
    with recorded(nurse):
        assert "The GP is not yet told of the closing" in str(unfinished_of(case))
    unsaid = client.post(f"{here}letters/none/gp-closing/", {"reason": "other"}).content.decode()
    assert "Say what the reason is" in unsaid
    why = {"reason": "young_person_asked", "words": "She is 16 and asked us not to"}
    for _ in range(2):
        assert client.post(f"{here}letters/none/gp-closing/", why).status_code == 302
    assert NoLetter.objects.get().reason == "young_person_asked"
    with recorded(nurse):
        assert "The GP is not yet told" not in str(unfinished_of(case))
    letters.letter(case, nurse)
    assert "Write to the GP of" not in client.get("/health/").content.decode()
    assert client.get(f"{here}letters/new/nothing-of-ours/").status_code == 404


def test_the_address_of_a_practice_is_remembered_from_its_last_letter(case):
    nurse = letters.nurse()
    letters.letter(case, nurse)
    other = cases.open_case(people.child())
    PracticeRegistration.objects.create(person=other.person, practice_name="Rowan Practice", starts_on=today())
    page = signed_in(nurse).get(f"/children/{other.person_id}/letters/new/gp-opening/")
    assert page.context["form"].initial["address"] == letters.ADDRESS
    assert Letter.objects.count() == 1


def test_the_queue_asks_no_more_of_forty_than_of_ten():
    nurse = letters.nurse()

    def fill(count):
        for _ in range(count):
            case = cases.open_case(people.child())
            letters.letter(case, nurse)
            cases.open_case(people.child())
            with recorded(nurse):
                services.ask_health(person=case.person, question="Sleep?", by=nurse, key=None)
            with recorded(nurse):
                services.give_update(person=case.person, words="Well", by=nurse)

    client = signed_in(nurse)
    client.get("/health/")
    fill(3)
    few = queries_of(client, "/health/")
    fill(7)
    assert queries_of(client, "/health/") == few
