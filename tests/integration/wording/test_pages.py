"""Advice while typing and after saving, the list, and changing it."""

from uuid import uuid4

import pytest

from tests.factories import accounts, cases
from tests.support.pages import moment_boxes, new_key, queries_of, signed_in
from trellis.accounts.access import Refused
from trellis.accounts.sessions import USED_AT
from trellis.audit_log.models import AuditEvent
from trellis.audit_log.trail import recorded
from trellis.core.clocks import now
from trellis.core.models import Limit
from trellis.wording import services
from trellis.wording.models import Nudge
from trellis.wording.phrases import Unreadable
from trellis.wording.queries import advice_on, the_list

pytestmark = pytest.mark.django_db
BLAMING = "He is hard to reach and streetwise."
WRITTEN = {"words": "sly", "wrong": "It judges.", "better": "careful", "source": "Our group", "why": "Asked for"}


@pytest.fixture
def worker():
    return signed_in(accounts.hub_worker())


@pytest.fixture
def manager():
    return signed_in(accounts.manager())


def ask(browser, text):
    return browser.post("/wording/advice/", {"text": text})


def write(by=None, **fields):
    by = by or accounts.manager()
    with recorded(by, "test"):
        return services.write_nudge(by=by, **{"code": "sly", "after": 0, **WRITTEN, **fields})


def test_a_text_is_answered_with_where_why_and_what_is_better(worker):
    answer = ask(worker, BLAMING).json()["advice"]
    assert [one["text"] for one in answer] == ["hard to reach", "streetwise"]
    assert answer[0]["start"] == BLAMING.index("hard")
    assert answer[0]["wrong"]
    assert answer[0]["better"]


def test_what_the_child_said_gets_no_advice(worker):
    assert ask(worker, "She said “I am streetwise”.").json() == {"advice": []}


def test_asking_leaves_no_mark_and_keeps_nothing(worker, caplog):
    before = AuditEvent.objects.count()
    answer = ask(worker, BLAMING)
    assert AuditEvent.objects.count() == before
    assert "streetwise" not in caplog.text
    assert answer.headers["Cache-Control"] == "no-store"


def test_nobody_asks_without_signing_in(client):
    assert ask(client, BLAMING).status_code == 302


def test_a_text_that_came_after_the_session_had_ended_is_not_kept(worker):
    session = worker.session
    session[USED_AT] = 0
    session.save()
    answer = ask(worker, BLAMING)
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/sign-in/")


def test_a_form_of_another_site_cannot_ask():
    from django.test import Client

    client = Client(enforce_csrf_checks=True)
    client.cookies = signed_in(accounts.hub_worker()).cookies
    assert ask(client, BLAMING).status_code == 403


def test_who_asks_too_often_is_told_so_and_gets_no_advice(worker):
    Limit.objects.filter(name="wording.askings_a_minute").update(value=2)
    assert [ask(worker, BLAMING).status_code for _ in range(3)] == [200, 200, 429]


def note(worker, person, **fields):
    sent = {"title": "A visit", "body": BLAMING, "significance": "1", **moment_boxes("happened_at", now())}
    path = f"/children/{person.id}/chronology/add/"
    return worker.post(path, {"form_key": new_key(), **sent, **fields}, follow=True)


def test_without_the_script_the_advice_comes_after_saving(worker):
    person = cases.open_case().person
    page = worker.get(f"/children/{person.id}/chronology/add/").content.decode()
    assert '<input type="hidden" name="advise_on" value="body">' in page
    answer = note(worker, person, advise_on="body").content.decode()
    assert "The entry is in the chronology" in answer
    assert answer.count("On the words you chose") == 2


def test_with_the_script_it_is_not_said_twice(worker):
    answer = note(worker, cases.open_case().person).content.decode()
    assert "On the words you chose" not in answer


def test_the_list_is_open_to_everybody_and_its_changing_is_not(worker, manager):
    assert "hard to reach" in worker.get("/wording/").content.decode().replace(" or difficult", "").replace(
        " or engage or help", ""
    )
    assert "Change" not in worker.get("/wording/").content.decode()
    assert "Change" in manager.get("/wording/").content.decode()
    for path in ("/wording/new/", "/wording/streetwise/"):
        assert worker.get(path).status_code == 403
        assert manager.get(path).status_code == 200
    assert manager.get("/wording/nothing-of-the-kind/").status_code == 404


def test_the_list_as_delivered_can_be_looked_for_and_says_who_says_so():
    for nudge in the_list():
        assert advice_on(f"{nudge.phrases[0].split('/')[0]}") is not None
        assert nudge.source
        assert nudge.better
    assert len(the_list()) > 20


def test_a_change_is_a_new_revision_and_the_old_one_is_kept(manager):
    write()
    assert [one.text for one in advice_on("A sly child")] == ["sly"]
    sent = {**WRITTEN, "words": "sly; cunning", "after": "1", "form_key": new_key()}
    assert manager.post("/wording/sly/", sent).status_code == 302
    assert [one.text for one in advice_on("cunning and sly")] == ["cunning", "sly"]
    assert list(Nudge.objects.filter(code="sly").values_list("revision", "words")) == [(2, "sly; cunning"), (1, "sly")]


def test_what_is_taken_out_advises_no_more_and_can_come_back(manager):
    write()
    write(after=1, withdrawn=True)
    assert advice_on("A sly child") == []
    assert "Taken out of the list" in manager.get("/wording/").content.decode()
    write(after=2, withdrawn=False)
    assert len(advice_on("A sly child")) == 1


def test_of_two_changes_the_second_is_shown_beside_the_first(manager):
    write()
    write(after=1, words="sly; foxy")
    sent = {**WRITTEN, "words": "sly; cunning", "after": "1", "form_key": new_key()}
    answer = manager.post("/wording/sly/", sent)
    assert answer.status_code == 409
    assert b"sly; foxy" in answer.content
    assert b"sly; cunning" in answer.content
    assert Nudge.objects.filter(code="sly").count() == 2


def test_fifty_copies_of_one_form_make_one_revision(manager):
    sent = {**WRITTEN, "code": "sly", "after": "0", "form_key": new_key()}
    first = manager.post("/wording/new/", sent)
    key = uuid4()
    made = {write(code="other", key=key).id for _ in range(50)}
    assert first.status_code == 302
    assert len(made) == Nudge.objects.filter(code="sly").count() == 1


def test_a_phrase_that_cannot_be_looked_for_is_an_error_on_its_field(manager):
    sent = {**WRITTEN, "words": "... sly", "code": "sly", "after": "0", "form_key": new_key()}
    assert b"The words cannot be looked for" in manager.post("/wording/new/", sent).content
    with pytest.raises(Unreadable):
        write(words="sly ...")


def test_only_a_role_that_includes_it_changes_the_list():
    with pytest.raises(Refused):
        write(by=accounts.hub_worker())


def test_the_page_of_the_list_asks_as_much_for_forty_entries_as_for_ten(manager):
    Nudge.objects.filter(code="images")
    few = queries_of(manager, "/wording/")
    for number in range(40):
        write(code=f"more-{number}")
    assert queries_of(manager, "/wording/") == few
