"""What every definition must carry, and that none changes in silence."""

import json
import re
from pathlib import Path

import pytest

from trellis.measures import engine, registry
from trellis.measures.page import page
from trellis.measures.shape import Cut

HERE = Path(__file__).parent
PINNED = HERE / "definitions.json"
PAGE = HERE.parents[1] / "docs" / "reference" / "measures.md"

CONTRACT = {
    "referrals.received": {"exploitation_type", "month", "source_agency", "ethnicity_group", "sex", "age"},
    "referrals.share_by_type": {"exploitation_type"},
    "cases.open_at_year_end": set(),
    "cases.closed": {"closure_reason"},
    "profile.share_by_sex": {"sex"},
    "profile.share_by_ethnicity_group": {"ethnicity_group"},
    "profile.share_aged_15_16": set(),
    "profile.legal_status": {"legal_status"},
    "profile.share_send": set(),
    "profile.share_alternative_provision": set(),
    "missing.reports": {"month", "legal_status", "ethnicity_group"},
    "missing.children": set(),
    "missing.mean_age": set(),
    "missing.reasons": {"reason"},
    "missing.return_interviews.completed": {"month"},
    "missing.return_interviews.within_72h": {"month"},
    "missing.return_interviews.within_72h_of_reports": set(),
    "missing.return_interviews.delay_reasons": {"reason"},
    "assessments.completed": set(),
    "assessments.within_15_days": set(),
    "outcomes.at_closure": {"outcome", "status"},
    "nrm.referred": {"stage", "outcome"},
}


@pytest.mark.parametrize("code", CONTRACT)
def test_the_codes_outside_checks_use_are_there(code):
    assert {cut.key for cut in registry.measure(code).by} == CONTRACT[code]


@pytest.mark.parametrize("code", registry.MEASURES)
def test_a_measure_says_all_that_is_needed_to_trace_it(code):
    said = registry.explain(code)
    for word in ("title", "why", "unit", "numerator", "population", "counts", "source", "owner", "definition", "query"):
        assert said[word], f"{code} has no {word}"
    assert (said["denominator"] is None) == (said["unit"] == "count")
    assert said["unit"] in {"count", "percent", "years"}
    assert said["counts"] in {"people", "activity"}


def test_codes_are_unique():
    codes = [measure.code for word in registry._WORDS for measure in word.MEASURES]
    assert len(codes) == len(set(codes))


def test_one_word_has_one_meaning_in_a_population():
    """Two measures that name a breakdown or a condition alike, in one population, mean the same column."""
    meanings: dict[tuple, str] = {}
    for measure in registry.MEASURES.values():
        cuts = [(cut.key, cut.column) for cut in measure.by if isinstance(cut, Cut)]
        tallies = [(f"tally {one.words}", one.where if one.sums is None else one.sums) for one in measure.tallies()]
        for word, meaning in cuts + tallies:
            assert meanings.setdefault((measure.of.words, word), repr(meaning)) == repr(meaning), word


def test_population_words_are_unique():
    populations = {measure.of for measure in registry.MEASURES.values()}
    assert len({population.words for population in populations}) == len(populations)


def test_the_query_of_a_definition_does_not_depend_on_the_year():
    queries = {engine.plan(one.of, (one,)).sql for one in registry.MEASURES.values()}
    assert not any(re.search(r"\d{4}-\d{2}-\d{2}", query) for query in queries)
    assert all("YEAR_END()" in query for query in queries)


def test_a_definition_changes_only_with_its_version():
    """When this fails, either the change was not meant, or the version must go up; then write both into the file."""
    now = {
        code: {"version": measure.version, "fingerprint": registry.fingerprint(code)}
        for code, measure in registry.MEASURES.items()
    }
    pinned = json.loads(PINNED.read_text(encoding="utf-8"))
    changed = [code for code in now if code in pinned and now[code] != pinned[code]]
    for code in changed:
        assert now[code]["version"] != pinned[code]["version"], f"{code} means something else under the same version"
    assert now == pinned, f"write this into {PINNED.name}:\n{json.dumps(now, indent=1)}"


def test_an_unknown_code_is_answered_with_what_there_is():
    with pytest.raises(LookupError, match=r"no measure 'missing.report'; there are missing.reports"):
        registry.measure("missing.report")
    with pytest.raises(LookupError):
        registry.measures(["nothing.like_it"])


def test_the_reference_page_is_current():
    written = PAGE.read_text(encoding="utf-8")
    assert written == page(), "run: python -m trellis.measures.page > docs/reference/measures.md"
