"""What is wrong with a definition is said with its place; nothing hostile does more harm than that."""

import json
import time

import pytest

from tests.unit.assessments.shapes import band, counted, domain, item, scale, tool
from trellis.assessments.instruments.definition import Definition
from trellis.assessments.instruments.reading import Unusable, as_far_as_it_reads, fingerprint, read

LEVELS = scale("levels", 0, 1, 2)
WORDS = {"code": "words", "label": "In words", "kind": "text"}
TIMES = [{"code": "now", "label": "Now"}]


def plain(**more):
    """A tool that reads, with a sum of four in two bands, changed by ``more``."""
    made = tool([LEVELS, WORDS], [domain("d", item("a"), item("b"))], rule=counted("sum"))
    return {**made, "bands": [band("low", 0, 1), band("high", 2, 4)], **more}


def problems(data):
    with pytest.raises(Unusable) as refusal:
        read(data)
    return refusal.value.problems


def floor(**more):
    return [{"code": "f", "why": "Why", "band": "high", **more}]


WRONG = [
    (
        plain(domains=[domain("d", item("a")), domain("e", item("b"), item("c", answered="nowhere"))]),
        "domain 2, item 2: there is no scale 'nowhere'",
    ),
    (
        plain(domains=[domain("d", item("a")), domain("e", item("a"))]),
        "domain 2, item 1: the code 'a' was used before, by domain 1, item 1",
    ),
    (
        plain(domains=[domain("d", item("a"), {**item("b"), "kind": "risk"})]),
        "domain 1, item 2: the kind of item is none of vulnerability",
    ),
    (
        plain(domains=[domain("d", item("a"), item("b", weight="heavy"))]),
        "domain 1, item 2: the weight is not a whole number",
    ),
    (plain(domains=[domain("d", item("a"), item("b", colour="red"))]), "domain 1, item 2: 'colour' is not known here"),
    (plain(domains=[domain("d", item("a"), item("B C"))]), "domain 1, item 2: the code has other characters"),
    (
        plain(domains=[domain("d", item("a"), item("b", informants=["aunt"]))]),
        "domain 1, item 2: who is asked: 'aunt' is none of",
    ),
    (
        plain(domains=[domain("d", item("a"), item("b", "narrative"))]),
        "domain 1, item 2: a narrative item is answered in text",
    ),
    (plain(domains=[domain("d", item("a"), item("b")), domain("e")]), "domain 2: it has no item"),
    (plain(scales=[LEVELS, {**WORDS, "code": "levels"}]), "scale 2: the code 'levels' was used before"),
    (plain(scales=[{**LEVELS, "levels": LEVELS["levels"][:1]}, WORDS]), "scale 1: it needs two answers"),
    (
        plain(scales=[{**LEVELS, "levels": [{"code": c, "label": c} for c in "xy"]}, WORDS]),
        "scale 1: every answer says",
    ),
    (
        plain(scales=[LEVELS, {"code": "n", "label": "n", "kind": "number", "minimum": 5, "maximum": 5}]),
        "scale 2: the lowest number is not below",
    ),
    (plain(scales=[{**LEVELS, "windows": TIMES}, WORDS]), "domain 1, item 1: its scale asks of several times"),
    (plain(rule=counted("sum", kinds=["strength"])), "rule: no item is counted"),
    (plain(rule=counted("average")), "rule: the way of counting is none of none, sum"),
    (plain(rule=counted("count_at_level", level=9), bands=[]), "rule: no answer has a score of 9 or more"),
    (plain(rule=counted("sum", completeness_at_least=101)), "rule: the completeness is not between 0 and 100"),
    (plain(rule={"kind": "none"}), "rule: a tool that does not add answers up has no bands"),
    (plain(bands=[band("low", 0, 2), band("high", 2, 4)]), "band 2: it overlaps the one before, which goes up to 2"),
    (plain(bands=[band("low", 0, 1), band("high", 3, 4)]), "band 2: there is a gap after 1"),
    (plain(bands=[band("low", 0, 1), band("high", 2, 3)]), "band 2: it ends before 4"),
    (plain(bands=[band("low", 0, 1), band("low", 2, 4)]), "band 2: the code 'low' was used before"),
    (plain(bands=[band("low", 3, 1), band("high", 4, 4)]), "band 1: its highest total is below its lowest"),
    (plain(floors=floor(age_under=13, band="severe")), "floor 1: there is no band 'severe'"),
    (plain(floors=floor()), "floor 1: it names no age"),
    (plain(floors=floor(at_least=3)), "floor 1: no item it looks at can have a score of 3"),
    (plain(floors=floor(age_under=13, kinds=["harm"])), "floor 1: it names kinds of item and not the score"),
    (plain(review={"days": 0}), "review: the days is not between 1 and 730"),
    (plain(review={"by_band": {"severe": 7}}), "review: there is no band 'severe'"),
    (plain(questions={"nrm": "perhaps"}), "questions: nrm is neither yes nor no"),
]


@pytest.mark.parametrize(("data", "problem"), WRONG, ids=[f"wrong-{number}" for number in range(len(WRONG))])
def test_a_problem_names_its_place(data, problem):
    assert any(line.startswith(problem) for line in problems(data)), problems(data)


def test_a_tool_that_reads_has_no_problem():
    assert read(plain(floors=floor(age_under=13), review={"days": 42, "by_band": {"high": 7}})).items[0].code == "a"


def test_everything_wrong_is_said_at_once_and_what_reads_is_kept():
    data = plain(domains=[domain("d", item("a"), item("b", weight=0)), 7], rule=[])
    made, found = as_far_as_it_reads(data)
    assert len(found) >= 3
    assert isinstance(made, Definition)
    assert made.item("a").text == "About a?"


def circle():
    data = plain()
    data["domains"][0]["items"].append(data)
    data["rule"] = data
    return data


def deep():
    data = []
    for _ in range(50_000):
        data = [data]
    return {"domains": data, "rule": {"kind": data}}


HOSTILE = {
    "nothing": lambda: None,
    "a number": lambda: 7,
    "a list": lambda: [[]] * 9,
    "a text": lambda: "domains",
    "an empty group": dict,
    "lists where groups are asked": lambda: {"domains": [[]], "scales": [[]], "rule": [], "bands": [[]], "review": []},
    "groups where lists are asked": lambda: {"domains": {}, "scales": {"a": 1}, "bands": {}, "floors": {}},
    "numbers everywhere": lambda: {"domains": [{"code": 1, "label": 2, "items": 3}], "review": {"by_band": {3: 4}}},
    "not a number": lambda: plain(bands=[{**band("low", 0, 1), "lowest": float("nan"), "highest": float("inf")}]),
    "a huge number": lambda: plain(bands=[band("low", 0, 10**400)]),
    "true for one": lambda: plain(bands=[{**band("low", 0, 4), "lowest": True}]),
    "a code that is a list": lambda: plain(domains=[domain(["d"], item("a"))]),
    "a kind that is a group": lambda: plain(rule={"kind": {}, "kinds": [{}], "per": []}),
    "a surrogate": lambda: plain(domains=[domain("d", {**item("a"), "text": "\ud800"})]),
    "a nought byte": lambda: plain(domains=[domain("d", {**item("a"), "text": "a\x00b"})]),
    "a text of a million": lambda: plain(domains=[domain("d", {**item("a"), "help": "x" * 1_000_000})]),
    "a hundred thousand domains": lambda: plain(domains=[domain("d", item("a"))] * 100_000),
    "a hundred thousand unknown names": lambda: plain() | {f"x{n}": n for n in range(100_000)},
    "a circle": circle,
    "a well": deep,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_definition_gives_clear_problems_and_soon(name):
    data = HOSTILE[name]()
    began = time.process_time()
    found = problems(data)
    assert time.process_time() - began < 2
    assert 0 < len(found) <= 50
    assert all(len(line) < 400 for line in found)


@pytest.mark.parametrize("name", ["not a number", "a circle"])
def test_what_json_cannot_hold_has_no_fingerprint(name):
    with pytest.raises(Unusable):
        fingerprint(HOSTILE[name]())


def test_the_fingerprint_is_of_what_is_said_and_not_of_how_it_is_written():
    data = plain()
    again = json.loads(json.dumps(data, indent=4, sort_keys=True))
    assert fingerprint(again) == fingerprint(data)
    assert fingerprint({**data, "review": {"days": 7}}) != fingerprint(data)
    assert len(fingerprint(data)) == 64
