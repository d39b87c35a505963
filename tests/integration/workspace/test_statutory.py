"""The page that sets the return of looked-after children beside the police count."""

import re

import pytest

from tests.factories import accounts, people
from tests.factories.care import at, looked_after_child, was_missing
from tests.factories.prepared import prepared
from tests.support.pages import queries_of, signed_in
from trellis.missing.models import MissingEpisode
from trellis.need_to_know.models import Seal

pytestmark = pytest.mark.django_db
PAGE = "/missing/statutory/?year=2022/23"
ROWS = "/missing/statutory/rows/?year=2022/23&what="


@pytest.fixture
def year():
    """Three reports: in the return, of a child at home, and of a child whose sex is not known."""
    child = looked_after_child()
    was_missing(child, at(2022, 7, 1), at(2022, 7, 3))
    was_missing(people.child(), at(2022, 7, 1), at(2022, 7, 2), kind="home")
    was_missing(looked_after_child(sex="U", family_name="Unsaid"), at(2022, 7, 1), at(2022, 7, 2))
    return child


def numbers(response):
    """Each line of both tables with its number."""
    text = response.content.decode()
    lines = re.findall(r'<th scope="row"[^>]*>(.*?)</th>\s*<td[^>]*>(.*?)</td>', text, re.S)
    return [(words.strip(), int(re.search(r'trellis-figure">([\d,]+)', cell)[1])) for words, cell in lines]


def test_both_sums_close(year):
    client = signed_in(accounts.manager())
    said = numbers(client.get(PAGE))
    total = said.index(("All police reports of the year", 3))
    assert sum(count for _, count in said[:total]) == 3
    assert ("In the return's Missing table", 1) in [(words.replace("&#x27;", "'"), count) for words, count in said]
    assert said[-1] == ("All rows of the Missing table", 1)
    assert sum(count for _, count in said[total + 1 : -1]) == 1


def test_a_number_opens_its_reports_with_the_days_of_the_return(year):
    client = signed_in(accounts.manager())
    page = client.get(PAGE).content.decode()
    assert "what=in_table" in page
    text = client.get(ROWS + "in_table").content.decode()
    assert year.name in text
    assert "1 July 2022 to 3 July 2022" in text
    assert "Unsaid" not in text
    assert "Unsaid" in client.get(ROWS + "incomplete").content.decode()


def test_who_is_left_out_is_named_with_what_is_missing(year):
    client = signed_in(accounts.manager())
    text = client.get(PAGE).content.decode()
    assert "Unsaid" in text
    assert "sex is not known" in text


def test_an_analyst_sees_counts_and_nobody(year):
    client = signed_in(accounts.analyst())
    response = client.get(PAGE)
    assert ("All police reports of the year", 3) in numbers(response)
    text = response.content.decode()
    assert "1 child is left out" in text
    for name in (year.name, "Unsaid", "statutory/rows"):
        assert name not in text
    assert client.get(ROWS + "in_table").status_code == 403


def test_a_worker_who_does_not_compare_is_refused(year):
    client = signed_in(accounts.hub_worker())
    assert client.get(PAGE).status_code == 403
    assert client.get(ROWS + "in_table").status_code == 403


def test_a_sealed_child_is_in_no_count_of_who_does_not_hold_the_seal(year):
    client = signed_in(accounts.manager())
    with prepared():
        Seal.objects.create(person=year, sealed_by=accounts.manager(), sealed_at=at(2022, 8, 1), reason="Safety")
    said = numbers(client.get(PAGE))
    assert ("All police reports of the year", 2) in said
    assert said[-1] == ("All rows of the Missing table", 0)


def test_a_number_there_is_not_is_not_found(year):
    client = signed_in(accounts.manager())
    assert client.get(ROWS + "nonsense").status_code == 404
    assert client.get("/missing/statutory/?year=1822/23").status_code == 200


def test_the_queries_do_not_grow_with_the_reports():
    client = signed_in(accounts.manager())
    some_reports(3)
    few = queries_of(client, PAGE), queries_of(client, ROWS + "in_table")
    some_reports(12)
    assert (queries_of(client, PAGE), queries_of(client, ROWS + "in_table")) == few
    assert MissingEpisode.objects.count() == 15


def some_reports(count):
    for _ in range(count):
        was_missing(looked_after_child(), at(2022, 7, 1), at(2022, 7, 2))
