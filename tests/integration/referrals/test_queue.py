"""Who looks after a referral, what is asked of the queue, who is told, and the referrals that came before."""

import pytest

from tests.factories import accounts, people, referrals
from tests.support.pages import queries_of, signed_in
from trellis.need_to_know.access import can_see_person
from trellis.referrals.models import Referral

pytestmark = pytest.mark.django_db


def shown(client, query=""):
    return [row.referral.person.given_name for row in client.get(f"/referrals/{query}").context["rows"]]


def decide(client, referral, **more):
    typed = {"decision": "no_further_action", "reason": "Because", **more}
    return client.post(f"/referrals/{referral.id}/", typed)


def test_a_worker_takes_a_referral_and_the_queue_says_so():
    worker, referral = accounts.hub_worker(), referrals.waiting_referral()
    client = signed_in(worker)
    assert "Take it" in client.get(f"/referrals/{referral.id}/").content.decode()
    assert client.post(f"/referrals/{referral.id}/owner/", {"owner": worker.id}).status_code == 302
    assert worker.name in client.get("/referrals/").content.decode()
    referral.refresh_from_db()
    assert referral.owner == worker
    assert referral.owned_at


def test_whoever_has_it_gives_it_away_and_nobody_else_but_a_manager_does():
    first, second, third = accounts.hub_worker(), accounts.hub_worker(), accounts.hub_worker()
    referral = referrals.waiting_referral()
    path = f"/referrals/{referral.id}/owner/"
    signed_in(first).post(path, {"owner": second.id})
    assert signed_in(third).post(path, {"owner": third.id}).status_code == 403
    signed_in(second).post(path, {"owner": first.id})
    signed_in(accounts.manager()).post(path, {"owner": third.id})
    referral.refresh_from_db()
    assert referral.owner == third


def test_nobody_is_given_a_referral_they_may_not_see():
    manager, referral = accounts.manager(), referrals.waiting_referral()
    stranger = accounts.remote_partner("housing")
    client = signed_in(manager)
    answer = client.post(f"/referrals/{referral.id}/owner/", {"owner": stranger.id}, follow=True)
    assert "Choose somebody who may see this referral" in answer.content.decode()
    referral.refresh_from_db()
    assert referral.owner is None


def test_the_queue_is_filtered_by_owner_and_worry_and_put_in_order():
    worker = accounts.hub_worker()
    mine = referrals.waiting_referral(people.child(given_name="Mine"), exploitation_types=["CSE", "CCE"])
    referrals.waiting_referral(people.child(given_name="Danger"), immediate_danger=True)
    client = signed_in(worker)
    client.post(f"/referrals/{mine.id}/owner/", {"owner": worker.id})
    assert shown(client) == ["Mine", "Danger"]
    assert shown(client, "?order=danger") == ["Danger", "Mine"]
    assert shown(client, "?owner=mine") == ["Mine"]
    assert shown(client, "?owner=nobody") == ["Danger"]
    assert shown(client, "?kind=CSE") == ["Mine"]
    text = client.get("/referrals/?kind=modern_slavery").content.decode()
    assert "No referral here is what you asked for" in text
    assert "2 received = 0 decided + 2 waiting" in text


def test_a_redirection_says_to_whom():
    referral, client = referrals.waiting_referral(), signed_in(accounts.manager())
    answer = decide(client, referral, decision="redirected")
    assert "Say to whom it is redirected" in answer.content.decode()
    assert decide(client, referral, decision="redirected", redirected_to="Early help, north").status_code == 302
    assert "Early help, north" in client.get(f"/referrals/{referral.id}/").content.decode()


def test_a_referrer_still_to_be_rung_is_a_task_until_they_were_told():
    manager, referral = accounts.manager(), referrals.waiting_referral()
    client, worker = signed_in(manager), accounts.hub_worker()
    decide(client, referral)
    assert "Referrer to be rung (1)" in client.get("/referrals/").content.decode()
    assert shown(signed_in(worker), "?show=tell") == ["Robin"]
    assert client.post(f"/referrals/{referral.id}/told/", {"how": "phone"}).status_code == 302
    referral.refresh_from_db()
    assert (referral.told_how, referral.told_by) == ("phone", manager)
    assert not can_see_person(worker, referral.person_id)


def test_told_with_the_decision_ends_the_sight_that_came_with_the_referral():
    referral = referrals.waiting_referral()
    decide(signed_in(accounts.manager()), referral, told_how="person")
    assert Referral.objects.get(id=referral.id).told_at
    assert not can_see_person(accounts.hub_worker(), referral.person_id)


def test_a_referrer_is_told_once_and_only_after_the_decision():
    referral, client = referrals.waiting_referral(), signed_in(accounts.manager())
    client.post(f"/referrals/{referral.id}/told/", {"how": "phone"})
    referral.refresh_from_db()
    assert referral.told_at is None
    assert client.post(f"/referrals/{referral.id}/told/", {"how": "email"}, follow=True).status_code == 200
    assert Referral.objects.get(id=referral.id).told_how == ""


def test_a_second_referral_leads_to_the_first_for_whoever_sees_both():
    child = people.child()
    first = referrals.decided_referral("accepted_assessment", child)
    second = referrals.waiting_referral(child)
    assert second.previous == first
    page = signed_in(accounts.hub_worker()).get(f"/referrals/{second.id}/").content.decode()
    assert "Other referrals of Robin: 1" in page
    assert first.reference in page
    assert "Accepted for assessment" in page


def test_before_anything_else_the_form_says_whom_to_ring(settings):
    settings.FRONT_DOOR_PHONE = "01632 960000"
    page = signed_in(accounts.remote_partner()).get("/referrals/new/").content.decode()
    assert page.index("call 999 first") < page.index("01632 960000") < page.index("Given name")


@pytest.mark.parametrize("show", ["waiting", "decided", "tell"])
def test_the_queue_takes_the_same_queries_for_10_and_for_40(show):
    manager = accounts.manager()
    client = signed_in(manager)

    def add(count):
        for number in range(count):
            made = referrals.waiting_referral(people.child(given_name=f"Child {number}"))
            client.post(f"/referrals/{made.id}/owner/", {"owner": manager.id})
            if show != "waiting":
                decide(client, made)

    add(10)
    queries_of(client, f"/referrals/?show={show}")
    few = queries_of(client, f"/referrals/?show={show}")
    add(30)
    assert queries_of(client, f"/referrals/?show={show}") == few
