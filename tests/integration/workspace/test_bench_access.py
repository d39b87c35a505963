"""The bench of access control gives both sides of every ratio. How fast either side is fails no test."""

import json
from collections.abc import Iterator

import pytest

from trellis.core.row_context import Context, asked_by
from trellis.workspace.bench import access, pages, worlds
from trellis.workspace.bench.asked import MANY, few_pages, many_pages
from trellis.workspace.bench.sides import SIDES, measured, of_this_run


@pytest.fixture
def open_url(sample_database) -> Iterator[str]:
    """A connection that is on duty from its first moment."""
    yield f"{sample_database.app}&options=-c%20trellis.duty%3Dbench"
    worlds.let_go()


def test_both_sides_of_every_page_are_measured_and_printed(invented_area, open_url, settings):
    settings.DEMONSTRATION = True
    with asked_by(Context()):
        rows = [row.as_json() for row in measured(open_url, few_pages, rounds=1, times=1)]
    answer = json.loads(json.dumps({"scale": 1, **of_this_run(rows, 1, 1)}))
    names = [row["name"] for row in answer["rows"]]
    assert names == ["record page", "chronology", "missing desk", "triage queue", "list: latest 50 entries"]
    for row in answer["rows"]:
        for side in SIDES:
            assert row[side]["p50_ms"] > 0, (row["name"], side)
        # The log and the context are queries of their own: what is measured without them is without them.
        assert row["as it is"]["queries"] > row["without"]["queries"] >= row["bare SQL"]["queries"] > 0
    said = "\n".join(access.lines(answer))
    assert all(word in said for word in [*names, "as it is", "without", "bare SQL", "load"])


def test_each_page_is_measured_against_its_bare_sql(invented_area, open_url, settings):
    settings.DEMONSTRATION = True
    with asked_by(Context()):
        rows = [row.as_json() for row in measured(open_url, many_pages, rounds=1, times=1)]
    said = "\n".join(pages.lines({"scale": 1, **of_this_run(rows, 1, 1)}))
    assert [row["name"] for row in rows] == list(MANY)
    assert all(word in said for word in [*MANY, "ratio", "load"])


def test_afterwards_the_hub_is_as_it_was(open_url):
    before = {name: getattr(worlds.access, name) for name in ("seen", "can_see_person", "note", "sight_held")}
    written = worlds.trail.Trail.write
    with worlds.without_access(open_url):
        assert worlds.access.can_see_person is not before["can_see_person"]
        assert worlds.trail.Trail.write is not written
    assert {name: getattr(worlds.access, name) for name in before} == before
    assert worlds.trail.Trail.write is written
