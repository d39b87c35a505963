"""A page of the record around the 18th birthday, asked by four people: what comes is what an oracle of its own says.

The database's clock decides, and it cannot be set: days of birth are put around today instead, so that the birthday is
yesterday, today and tomorrow, and the last test waits over the very moment. On which moment sight ends for a birth in
summer, in winter and on 29 February is tested with the rule itself (need_to_know).
"""

from datetime import timedelta
from time import sleep

import pytest
from django.db import connection

from tests.factories import accounts, cases, people, sharing, transition
from tests.support.pages import signed_in
from trellis.core.clocks import age_on, now, today
from trellis.need_to_know.models import Grant

pytestmark = pytest.mark.django_db
LONG_AGO = timedelta(days=400)


def four(person):
    """A worker of the team, the lead worker, a partner with a share, a manager; all since long before the birthday."""
    worker, lead, manager = accounts.hub_worker(), accounts.hub_worker(), accounts.manager()
    case = cases.allocated_case(lead, person)
    partner = accounts.remote_partner("education")
    sharing.share(case.person, parts=("identity", "transition"), by=lead)
    Grant.objects.filter(person=person).update(starts_at=now() - LONG_AGO)
    return {"worker": worker, "lead": lead, "partner": partner, "manager": manager}


def expected(person, who, basis):
    """The oracle: a child's record opens to all four; an adult's to managers, to the hub with a basis, and to partners
    with one that covers them."""
    if age_on(person.date_of_birth, today()) < 18 or who == "manager" or basis == "partners":
        return 200
    return 200 if basis == "hub" and who in ("worker", "lead") else 404


@pytest.mark.parametrize("basis", ["none", "hub", "partners"])
def test_around_the_birthday_each_page_comes_to_whom_the_oracle_says(basis):
    asked, said = {}, {}
    for days in (1, 0, -1):
        person = people.child(date_of_birth=people.born_so_that_of_age_in(200))
        readers = four(person)
        if basis != "none":
            since = {"starts_on": today() - timedelta(days=30)}
            transition.consent(person, readers["lead"], with_partners=basis == "partners", **since)
        person.date_of_birth = people.born_so_that_of_age_in(days)
        person.save()
        for who, user in readers.items():
            asked[days, who] = signed_in(user).get(f"/children/{person.id}/transition/").status_code
            said[days, who] = expected(person, who, basis)
    assert asked == said


def test_consent_withdrawn_at_18_ends_the_workers_sight_with_the_next_request():
    person = people.child(date_of_birth=people.born_so_that_of_age_in(-5))
    readers = four(person)
    basis = transition.consent(person, readers["manager"])
    client, here = signed_in(readers["worker"]), f"/children/{person.id}/transition/"
    assert client.get(here).status_code == 200
    response = client.post(f"{here}basis/{basis.id}/end/", {"why": "I want to be left alone"})
    assert response["Location"] == "/transition/"
    assert client.get(here).status_code == 404
    assert signed_in(readers["lead"]).get(here).status_code == 404
    assert "I want to be left alone" in signed_in(readers["manager"]).get(here).content.decode()


def test_the_moment_itself_needs_nothing_to_run():
    """Sight that ends within the second, as it does at midnight: the page that came is gone with the clock alone."""
    person = people.child(date_of_birth=people.born_so_that_of_age_in(200))
    readers = four(person)
    client, here = signed_in(readers["worker"]), f"/children/{person.id}/transition/"
    client.get(here)
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE need_to_know_sight SET ends_at = clock_timestamp() + interval '700 milliseconds'"
            " WHERE person_id = %s AND user_id = %s",
            [person.id, readers["worker"].id],
        )
    assert client.get(here).status_code == 200
    sleep(0.9)
    assert client.get(here).status_code == 404
    assert signed_in(readers["lead"]).get(here).status_code == 200


def test_what_shows_who_sees_a_record_tells_what_ended_at_18():
    person = people.child(date_of_birth=people.born_so_that_of_age_in(-5))
    readers = four(person)
    person.sharing_decisions.create(
        **{**sharing.SHARED, "agency": sharing.agency("health"), "parts": ["identity"], "decided_by": readers["lead"]},
        decided_at=now() - LONG_AGO,
        expires_at=now() + LONG_AGO,
    )
    client = signed_in(readers["manager"])
    shown = client.get(f"/children/{person.id}/access/").content.decode()
    assert "what was granted in childhood has ended" in shown
    assert "Health: identity" not in shown.replace("<bdi>", "").replace("</bdi>", "")
    assert "Ended at 18" in client.get(f"/children/{person.id}/sharing/").content.decode()
    transition.consent(person, readers["manager"], with_partners=True)
    assert "Ended at 18" not in client.get(f"/children/{person.id}/sharing/").content.decode()
    shown = client.get(f"/children/{person.id}/access/").content.decode()
    assert "Health: identity" in shown.replace("<bdi>", "").replace("</bdi>", "")
