"""Each shape of tool that hubs are known to use can be written down, and counts as its makers say."""

from tests.unit.assessments.shapes import NO, NOT_KNOWN, YES, band, counted, domain, item, scale, tool
from trellis.assessments.instruments.reading import read
from trellis.assessments.instruments.scoring import About, result

YES_NO = {"code": "levels", "label": "Seen?", "kind": "choice", "levels": [NO, YES, NOT_KNOWN]}


def found(data, answers, age=15, learning_disability=False):
    """``answers`` by item, or by (item, time)."""
    placed = {(key if isinstance(key, tuple) else (key, "")): value for key, value in answers.items()}
    return result(read(data), placed, About(age, learning_disability))


def test_a_sum_in_three_bands_over_eight_domains():
    domains = [domain(f"d{d}", *(item(f"i{d}{n}") for n in range(3 if d < 2 else 2))) for d in range(8)]
    bands = [band("low", 0, 18), band("medium", 19, 34), band("high", 35, 54)]
    data = tool([scale("levels", 0, 1, 2, 3)], domains, rule=counted("sum"), bands=bands)
    codes = [one["code"] for part in domains for one in part["items"]]
    assert len(codes) == 18
    for raised, expected in ((0, "low"), (6, "low"), (7, "medium"), (11, "medium"), (12, "high"), (18, "high")):
        told = found(data, {code: "s3" if place < raised else "s0" for place, code in enumerate(codes)})
        assert (told.total, told.maximum, told.band) == (3 * raised, 54, expected)


def test_a_count_of_indicators_where_none_seen_is_no_band():
    domains = [domain("d", *(item(f"i{n}") for n in range(8)))]
    data = tool([YES_NO], domains, rule=counted("count_at_level"), bands=[band("low", 1, 4), band("more", 5, 8)])
    seen = {f"i{n}": "yes" if n < 3 else "no" for n in range(8)}
    assert found(data, seen).band == "low"
    nothing = found(data, dict.fromkeys(seen, "no"))
    assert (nothing.total, nothing.band, nothing.no_band_because) == (0, None, "No band of this tool holds 0")


def test_one_indicator_at_a_level_is_enough_and_some_children_are_never_low():
    scales = [YES_NO, scale("two", 0, 2), scale("three", 0, 3)]
    domains = [
        domain("low", item("a")),
        domain("medium", item("b", answered="two")),
        domain("high", item("c", answered="three")),
    ]
    floors = [
        {"code": "young", "why": "No child under 13 is low", "band": "medium", "age_under": 13},
        {
            "code": "ld",
            "why": "No child with a learning disability is low",
            "band": "medium",
            "learning_disability": True,
        },
    ]
    bands = [band("low", 0, 1), band("medium", 2, 2), band("high", 3, 3)]
    data = tool(scales, domains, rule=counted("max"), bands=bands, floors=floors)
    low, high = {"a": "yes", "b": "s0", "c": "s0"}, {"a": "no", "b": "s0", "c": "s3"}
    assert found(data, low).band == "low"
    assert found(data, low, age=12).band == "medium"
    assert found(data, low, learning_disability=True).band == "medium"
    assert found(data, high, age=12, learning_disability=True).band == "high"
    assert [floor.code for floor in found(data, low, learning_disability=None).floors_open] == ["ld"]


def test_any_one_high_factor_counts_for_the_youngest_and_domains_have_subtotals():
    domains = [domain("home", item("a"), item("b")), domain("peers", item("c"), item("d"))]
    floors = [{"code": "one", "why": "Any one", "band": "high", "age_under": 14, "at_least": 3}]
    bands = [band("low", 0, 5), band("high", 6, 12)]
    data = tool([scale("levels", 0, 1, 2, 3)], domains, rule=counted("sum"), bands=bands, floors=floors)
    answers = {"a": "s0", "b": "s1", "c": "s3", "d": "s0"}
    assert [(one.domain, one.total) for one in found(data, answers).subtotals] == [("home", 1), ("peers", 3)]
    assert found(data, answers).band == "low"
    assert found(data, answers, age=13).band == "high"
    assert found(data, {**answers, "c": "s2"}, age=13).band == "low"


def test_weights_count_each_item_as_often_as_they_say():
    domains = [domain("d", item("a", weight=3), item("b"))]
    told = found(tool([scale("levels", 0, 1, 2)], domains, rule=counted("weighted")), {"a": "s2", "b": "s1"})
    assert (told.total, told.maximum) == (7, 8)


def test_two_times_are_asked_and_one_counts():
    windows = [{"code": "now", "label": "In the last six months"}, {"code": "before", "label": "Before that"}]
    scales = [{**YES_NO, "windows": windows}]
    rule = counted("count_at_level", window="now")
    data = tool(scales, [domain("d", item("a"), item("b"))], rule=rule)
    told = found(data, {("a", "before"): "yes", ("a", "now"): "no", ("b", "before"): "yes"})
    assert (told.total, told.answered, told.unanswered) == (0, 1, ("b",))


def test_sections_are_counted_at_each_level_and_not_added_up():
    sections = [domain(f"s{n}", item(f"a{n}"), item(f"b{n}")) for n in range(12)]
    rule = counted("count_at_level", per="domain", level=3)
    data = tool([scale("levels", 1, 2, 3)], sections, rule=rule)
    answers = {f"a{n}": "s3" if n < 2 else "s2" if n < 6 else "s1" for n in range(12)} | {
        f"b{n}": "s1" for n in range(12)
    }
    told = found(data, answers)
    assert (told.total, told.maximum) == (2, 12)
    assert told.at_each_score == ((1, 6), (2, 4), (3, 2))


def test_a_screening_without_a_score_tells_what_is_not_known():
    told = found(tool([YES_NO], [domain("d", item("a"), item("b"), item("c"))]), {"a": "yes", "b": "not_known"})
    assert (told.total, told.band, told.not_known, told.unanswered) == (None, None, ("b",), ("c",))
    assert (told.answered, told.asked, told.completeness) == (1, 3, 33)


def test_a_number_is_asked_of_each_person_and_never_added_up():
    scales = [
        {"code": "safe", "label": "0 to 10", "kind": "number", "minimum": 0, "maximum": 10},
        {"code": "words", "label": "In words", "kind": "text"},
    ]
    who = [item(name, "strength", "safe", informants=[name]) for name in ("child", "family", "professional")]
    data = tool(scales, [domain("safety", *who, item("why", "narrative", "words"))])
    told = found(data, {"child": 3, "family": 0, "why": "Because of the bus stop"})
    assert (told.total, told.answered, told.unanswered) == (None, 3, ("professional",))


def test_not_known_is_no_nought_and_too_little_known_is_no_band():
    domains = [domain("d", *(item(f"i{n}") for n in range(10)))]
    rule = counted("sum", completeness_at_least=75)
    data = tool([scale("levels", 0, 1)], domains, rule=rule, bands=[band("any", 0, 10)])
    known = {f"i{n}": "s1" for n in range(7)}
    told = found(data, {**known, "i7": "not_known"})
    assert (told.total, told.completeness, told.band, told.enough) == (7, 70, None, False)
    assert told.no_band_because == "Not enough is known: 7 of 10 items answered, 8 are needed for a band"
    assert found(data, {**known, "i7": "s0"}).band == "any"
    assert found(data, {}).total is None
