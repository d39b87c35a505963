"""What the rule of a tool gives equals a second answer, over twelve hundred invented tools."""

import json
from collections import Counter

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.unit.assessments import invented
from tests.unit.assessments.second_answer import all_items, second_answer
from trellis.assessments.instruments.reading import read, write
from trellis.assessments.instruments.scoring import About, Result, result

SEEDS = st.integers(0, 2**48)
ABOUT = st.builds(About, st.integers(8, 25), st.sampled_from([None, False, True]))
# A seed does not shrink to anything simpler, so nobody waits for it.
MANY = settings(
    max_examples=1_200,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)
SOME = settings(MANY, max_examples=150)


@MANY
@given(SEEDS, SEEDS, ABOUT)
def test_totals_bands_floors_and_completeness_equal_a_second_answer(tool_seed, answer_seed, about):
    data = invented.tool(tool_seed)
    answers = invented.answers(answer_seed, data)
    found = result(read(data), answers, about)
    told = {
        "total": found.total,
        "maximum": found.maximum,
        "subtotals": {subtotal.domain: subtotal.total for subtotal in found.subtotals},
        "before": found.band_before_floors,
        "band": found.band,
        "answered": found.answered,
        "asked": found.asked,
        "completeness": found.completeness,
    }
    assert told == second_answer(data, answers, about.age, about.learning_disability)
    assert bool(found.no_band_because) == (found.band is None)
    assert found.answered + len(found.not_known) + len(found.unanswered) == found.asked


@SOME
@given(SEEDS, SEEDS, ABOUT)
def test_a_floor_raises_and_never_lowers(tool_seed, answer_seed, about):
    definition = read(invented.tool(tool_seed))
    found = result(definition, invented.answers(answer_seed, invented.tool(tool_seed)), about)
    order = [band.code for band in definition.bands]
    if found.band:
        assert order.index(found.band) >= order.index(found.band_before_floors)
        assert (found.band != found.band_before_floors) == bool(found.floors)


@SOME
@given(SEEDS, SEEDS, ABOUT)
def test_what_is_not_known_counts_as_little_as_what_was_not_answered(tool_seed, answer_seed, about):
    data = invented.tool(tool_seed)
    definition, answers = read(data), invented.answers(answer_seed, data)
    told = result(definition, answers, about)
    without = {place: value for place, value in answers.items() if place[0] not in told.not_known}
    silent = result(definition, without, about)
    assert (silent.total, silent.completeness, silent.band) == (told.total, told.completeness, told.band)
    assert silent.not_known == ()


@SOME
@given(SEEDS, SEEDS, ABOUT)
def test_a_tool_and_a_result_are_the_same_after_being_written_and_read(tool_seed, answer_seed, about):
    data = invented.tool(tool_seed)
    definition = read(data)
    assert read(json.loads(json.dumps(write(definition)))) == definition
    found = result(definition, invented.answers(answer_seed, data), about)
    assert Result.from_json(json.loads(json.dumps(found.as_json()))) == found


@SOME
@given(SEEDS)
def test_an_answer_that_does_not_fit_is_refused_with_its_item(tool_seed):
    data = invented.tool(tool_seed)
    definition = read(data)
    for _, item in all_items(data):
        scale = definition.item(item["code"]).scale
        wrong = 7 if scale.kind == "text" else "no such level"
        with pytest.raises(ValueError, match=f"^{item['code']}: "):
            result(definition, {(item["code"], scale.window_codes[0]): wrong}, About(14))
        with pytest.raises(ValueError, match=f"^{item['code']}: "):
            result(definition, {(item["code"], "no such time"): None}, About(14))
    with pytest.raises(ValueError, match=r"^nowhere: "):
        result(definition, {("nowhere", ""): "yes"}, About(14))


def test_the_invented_tools_are_of_every_sort():
    """So that equal answers mean something: no sort is missing, and most of what can happen does."""
    seen = Counter()
    for seed in range(400):
        data = invented.tool(seed)
        found = result(read(data), invented.answers(seed, data), About(8 + seed % 12, seed % 2 == 0))
        seen.update([data["rule"]["kind"], f"per {data['rule'].get('per', 'none')}"])
        seen["with a band"] += bool(found.band)
        seen["raised"] += found.band != found.band_before_floors
        seen["not enough known"] += found.no_band_because.startswith("Not enough")
        seen["not known"] += bool(found.not_known)
    assert len(seen) == 5 + 3 + 4
    assert min(seen.values()) >= 20, seen


def test_truth_is_no_number():
    data = {
        "scales": [{"code": "safe", "label": "0 to 10", "kind": "number", "minimum": 0, "maximum": 10}],
        "domains": [
            {"code": "d", "label": "Safety", "items": [{"code": "i", "text": "?", "kind": "strength", "scale": "safe"}]}
        ],
    }
    for wrong in (True, 3.0, 11, -1, "3"):
        with pytest.raises(ValueError, match=r"^i: "):
            result(read(data), {("i", ""): wrong}, About(14))
