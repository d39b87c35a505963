"""Scores are compared within one version; across tools only what was stated; two versions never share a line."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from tests.unit.assessments.shapes import counted, domain, item, scale, tool
from tests.unit.assessments.test_scoring import SOME
from trellis.assessments.instruments.comparing import Taken, compare, segments
from trellis.assessments.instruments.reading import read
from trellis.assessments.instruments.scoring import About, result

DATA = tool(
    [scale("levels", 0, 1, 2, 3)],
    [
        domain("away", item("away", area="missing"), item("kept", "strength", area="relationships")),
        domain("school", item("school", "vulnerability", area="education"), item("place", "context", area="education")),
    ],
    rule=counted("sum", kinds=["indicator", "vulnerability"], completeness_at_least=100),
)


def taken(version="one", views=None, **answers):
    tool_read = read(DATA)
    placed = {(code, ""): value for code, value in answers.items()}
    return Taken(version, tool_read, placed, result(tool_read, placed, About(15)), views or {})


def test_within_a_version_scores_are_compared_as_a_whole_and_by_domain():
    found = compare(taken(away="s3", school="s2"), taken(away="s1", school="s2"))
    assert (found.score.before, found.score.after, found.score.difference) == (5, 3, -2)
    assert [(one.domain, one.difference) for one in found.domains] == [("away", -2), ("school", 0)]
    assert found.no_score_because == ""


def test_too_little_known_is_not_compared_by_score():
    known, little = taken(away="s3", school="s2"), taken(away="s1", school="not_known")
    for earlier, later, words in ((known, little, "later"), (little, known, "earlier")):
        found = compare(earlier, later)
        assert (found.score, found.domains) == (None, ())
        assert words in found.no_score_because


def test_across_versions_only_what_was_stated_is_told():
    found = compare(taken("one", away="s3", school="s2"), taken("two", {"missing": "improved"}, away="s0", school="s0"))
    assert (found.same_version, found.score, found.domains) == (False, None, ())
    assert "cannot be compared" in found.no_score_because
    told = {one.area: (one.change, one.evidence) for one in found.areas}
    assert told == {"missing": ("improved", ()), "relationships": ("not_known", ()), "education": ("not_known", ())}


def test_items_of_one_version_stand_beside_what_was_stated_and_never_replace_it():
    before = taken(away="s3", kept="s1", school="s1", place="s1")
    after = taken(views={"missing": "worse"}, away="s1", kept="s3", school="not_known", place="s2")
    areas = {one.area: one for one in compare(before, after, ["accommodation"]).areas}
    assert areas["missing"].change == "worse"
    assert areas["accommodation"].change == "not_known"
    moved = {move.item: move.change for one in areas.values() for move in one.evidence}
    assert moved == {"away": "improved", "kept": "improved", "school": "not_known", "place": "changed"}
    assert (areas["missing"].evidence[0].before, areas["missing"].evidence[0].after) == ("Level 3", "Level 1")


@SOME
@given(st.lists(st.tuples(st.sampled_from("abc"), st.booleans()), max_size=12))
def test_two_versions_never_share_a_line(drawn):
    series = [taken(version, away="s1", school="s1" if known else "not_known") for version, known in drawn]
    found = segments(series)
    for segment in found:
        places = [place for place, _ in segment.points]
        assert {series[place].version for place in places} == {segment.version}
        assert places == list(range(places[0], places[0] + len(places)))
    assert [place for segment in found for place, _ in segment.points] == list(range(len(series)))
    assert all(one.version != two.version for one, two in pairwise(found))
    totals = [total for segment in found for _, total in segment.points]
    assert totals == [2 if known else None for _, known in drawn]


def test_a_tool_taken_up_again_begins_a_line_of_its_own():
    series = [taken(version, away="s1", school="s1") for version in "aab"] + [taken("a", away="s1", school="s1")]
    assert [segment.points for segment in segments(series)] == [((0, 2), (1, 2)), ((2, 2),), ((3, 2),)]
