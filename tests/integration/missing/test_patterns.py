"""Links among young people, computed in the database and once more in plain Python over random rows."""

import random
from collections import Counter
from datetime import timedelta

import pytest

from tests.factories import accounts, kept_away, missing, people
from tests.factories.prepared import prepared
from tests.support.pages import queries_of, signed_in
from trellis.audit_log.trail import recorded
from trellis.core.clocks import now
from trellis.missing import services
from trellis.missing.mention_keys import key_of, name_key
from trellis.missing.models import Mention, MissingEpisode, ReturnInterview
from trellis.missing.patterns.queries import links
from trellis.missing.patterns.rules import COMMON, OFTEN

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)
SIX_HOURS = 6 * HOUR
KINDS = ("Came home", "At a friend's house")


def away(person, ago, hours=10, **fields):
    """Gone ``ago`` hours ago, for so many hours."""
    start = now() - ago * HOUR
    missing.missing_child(person, reported_at=start, **fields)
    return back(person, start + hours * HOUR)


def back(person, at):
    episode = MissingEpisode.objects.get(person=person, returned_at=None)
    with prepared():
        return services.record_return(episode=episode, returned_at=at, by=None).episode


def speak(episode, kind, words, **fields):
    interview = ReturnInterview.objects.get(episode=episode)
    return Mention.objects.create(interview=interview, kind=kind, words=words, key=key_of(kind, words), **fields)


def pair():
    return people.child(given_name="Nia", family_name="Heron"), people.child(given_name="Tam", family_name="Wren")


def rules(user, child=None):
    with recorded(user):
        return [evidence.rule for link in links(user, child=child) for evidence in link.evidence]


@pytest.fixture
def desk():
    return accounts.missing_worker()


def test_found_at_one_place_at_the_same_time_however_it_was_typed(desk):
    one, other = pair()
    away(one, 30, found_where="St. Peter's Square")
    away(other, 28, found_where="st peters  square", hours=7)
    assert rules(desk) == rules(desk, one) == rules(desk, other) == ["together"]


def test_found_at_one_place_on_two_days_is_a_small_reason(desk):
    one, other = pair()
    away(one, 80, found_where="Heron Park")
    away(other, 30, found_where="Heron Park")
    assert rules(desk) == ["place"]


def test_a_kind_of_place_is_no_place(desk):
    one, other = pair()
    for person in (one, other):
        away(person, 30, found_where="At a friend's house")
    assert rules(desk) == []


def test_found_with_somebody_who_is_named_and_was_missing_too(desk):
    one, other = pair()
    away(one, 30, found_with="With TAM WREN and two adults")
    away(other, 29)
    assert rules(desk) == ["named"]


def test_missing_at_the_same_time_often(desk):
    one, other = pair()
    for ago in (200, 150, 100)[: OFTEN - 1]:
        away(one, ago)
        away(other, ago - 2)
    assert rules(desk) == []
    away(one, 50)
    away(other, 48)
    assert rules(desk, other) == ["often"] * OFTEN


def test_the_same_phone_the_same_adult_and_what_was_set_aside(desk):
    one, other = pair()
    first, second = away(one, 80), away(other, 30)
    speak(first, "phone", "07700 900123")
    mention = speak(second, "phone", "+44 7700 900123")
    speak(first, "person", "Dan", is_adult=True)
    speak(second, "person", "dan")
    speak(first, "person", "Sam")
    speak(second, "person", "Sam")
    assert rules(desk) == ["thing", "adult"]
    Mention.objects.filter(id=mention.id).update(set_aside_at=now(), set_aside_by=desk)
    assert rules(desk) == ["adult"]


def test_what_many_share_says_nothing_of_two(desk):
    for number in range(COMMON + 1):
        speak(away(people.child(), 30 + 40 * number), "place", "Heron Park")
    assert rules(desk) == []


@pytest.mark.parametrize("way", ["sealed", "kept"])
def test_a_link_to_somebody_whom_the_reader_does_not_see_leaves_no_trace(desk, way):
    one, other = pair()
    for person, ago in ((one, 30), (other, 29), (people.child(given_name="Ash", family_name="Rook"), 28)):
        away(person, ago, found_where="Heron Park", found_with="Tam Wren" if person == one else "")
    client, pages = signed_in(desk), ("/missing/patterns/", f"/children/{one.id}/missing/patterns/")
    for page in pages:
        assert "Tam" in client.get(page).content.decode()
    kept_away.sealed_record(other) if way == "sealed" else kept_away.keep_from(other, desk)
    for page in pages:
        text = client.get(page).content.decode()
        assert "1 question" in text
        assert "Ash" in text
        assert "Tam" not in text
        assert str(other.id) not in text
    assert client.get(f"/children/{other.id}/missing/patterns/").status_code == 404


def test_the_page_says_what_the_evidence_is_and_that_it_is_a_question(desk):
    one, other = pair()
    first = away(one, 30, found_where="Heron Park")
    second = away(other, 28, found_where="heron park")
    page = signed_in(desk).get(f"/children/{one.id}/missing/patterns/").content.decode()
    assert "a question, not a fact" in page
    assert "Missing at the same time and found at one place within 6 hours" in page
    assert f"/missing/{first.id}/" in page
    assert f"/missing/{second.id}/" in page
    assert "A strong reason to ask" in page


@pytest.mark.parametrize("page", ["/missing/patterns/", "child"])
def test_as_many_queries_for_many_links_as_for_few(desk, page):
    centre = people.child()
    away(centre, 30, found_where="Heron Park")
    asked = []
    for more in (2, 4):
        for _ in range(more):
            away(people.child(), 30, found_where="Heron Park")
        client = signed_in(desk)
        address = f"/children/{centre.id}/missing/patterns/" if page == "child" else page
        client.get(address)
        asked.append(queries_of(client, address))
    assert asked[0] == asked[1]


def test_the_database_and_plain_python_find_the_same(desk):
    dice = random.Random(7)
    children = [
        people.child(given_name=name, family_name="Heron") for name in ("Nia", "Tam", "Ash", "Kit", "Bea", "Ola")
    ]
    places = ["Heron Park", "heron  park!", "Café Rook", "CAFE ROOK", "Mill Lane", *KINDS, ""]
    for child in children:
        ago = 1500
        for _ in range(7):
            ago -= dice.choice((30, 60, 90))
            length = dice.randint(2, 18)
            company = dice.choice(["", "", "with Nia Heron", "TAM HERON, an adult", "Ash"])
            episode = away(
                child, ago + dice.randint(0, 8), hours=length, found_where=dice.choice(places), found_with=company
            )
            for _ in range(dice.randint(0, 2)):
                kind = dice.choice(["person", "phone", "place", "vehicle"])
                words = {"phone": "07700 90012", "vehicle": "AB1{} CDE", "person": "Dan {}", "place": "Mill {}"}[kind]
                words = words.format(dice.randint(0, 3)) if "{}" in words else words + str(dice.randint(0, 3))
                if not Mention.objects.filter(interview__episode=episode, kind=kind, key=key_of(kind, words)).exists():
                    speak(episode, kind, words, is_adult=dice.random() < 0.5)
    with recorded(desk):
        found = Counter(
            (e.rule, e.one_episode, e.other_episode, e.words) for link in links(desk) for e in link.evidence
        )
        expected = second_answer()
        assert len(expected) > 20
        assert {rule for rule, *_ in expected} == {"named", "together", "thing", "adult", "often", "place"}
        assert found == expected
        one_by_one = Counter(
            frozenset((e.one_episode, e.other_episode))
            for c in children
            for link in links(desk, child=c)
            for e in link.evidence
        )
    assert one_by_one == {
        pair: 2 * times for pair, times in Counter(frozenset(key[1:3]) for key in expected.elements()).items()
    }


def second_answer():
    """Every pair of episodes, one after the other."""
    rows = list(MissingEpisode.objects.select_related("person").order_by("person_id"))
    spoken = {row.id: list(Mention.objects.filter(interview__episode=row)) for row in rows}
    pairs = [(a, b) for a in rows for b in rows if a.person_id.int < b.person_id.int]
    shared, answer, often = sharers(rows, spoken), Counter(), {}
    kinds = {name_key(kind) for kind in KINDS}
    for one, other in pairs:
        at_once = one.reported_at < other.returned_at and other.reported_at < one.returned_at
        key = name_key(one.found_where)
        same = key == name_key(other.found_where) and key not in kinds | {""}
        together = at_once and same and abs(one.returned_at - other.returned_at) <= SIX_HOURS
        if together:
            answer["together", one.id, other.id, one.found_where] += 1
        if at_once and (names(one, other) or names(other, one)):
            answer["named", one.id, other.id, ""] += 1
        if at_once and abs(one.reported_at - other.reported_at) <= SIX_HOURS:
            often.setdefault((one.person_id, other.person_id), []).append((one.id, other.id))
        for kind, key in things(one, spoken, kinds) & things(other, spoken, kinds):
            rule = {"place": "place", "person": "adult"}.get(kind, "thing")
            an_adult = any(m.is_adult for e in (one, other) for m in spoken[e.id] if (m.kind, m.key) == (kind, key))
            few = len(shared[kind, key]) <= COMMON
            if few and (kind != "person" or an_adult) and not (rule == "place" and together):
                answer[rule, one.id, other.id, key] += 1
    for times in often.values():
        for one, other in times if len(times) >= OFTEN else ():
            answer["often", one, other, ""] += 1
    return answer


def things(episode, spoken, kinds):
    found = {("place", name_key(episode.found_where))} if episode.found_where else set()
    return {
        (k, key) for k, key in found | {(m.kind, m.key) for m in spoken[episode.id]} if k != "place" or key not in kinds
    }


def sharers(rows, spoken):
    held = {}
    for row in rows:
        for thing in things(row, spoken, {name_key(kind) for kind in KINDS}):
            held.setdefault(thing, set()).add(row.person_id)
    return held


def names(one, other):
    return f" {name_key(f'{other.person.given_name} {other.person.family_name}')} " in f" {name_key(one.found_with)} "
