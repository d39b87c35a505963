"""Invented tools and answers, by a seed: every kind of scale, item, rule, band and floor, in any mixture that reads."""

from random import Random

from tests.unit.assessments.second_answer import all_items, highest_total, is_counted, scale_of, top_score, windows_of

KINDS = ["vulnerability", "indicator", "harm", "strength", "context"]
WINDOWS = [{"code": "now", "label": "In the last six months"}, {"code": "before", "label": "Before that"}]


def tool(seed):
    """A definition that reads."""
    draw = Random(seed)
    scales = [scale(draw, number) for number in range(draw.randint(1, 4))] + [
        {"code": "words", "label": "Words", "kind": "text"}
    ]
    domains = [
        {
            "code": f"d{d}",
            "label": f"Domain {d}",
            "items": [item(draw, d, i, scales) for i in range(draw.randint(1, 5))],
        }
        for d in range(draw.randint(1, 5))
    ]
    data = {"scales": scales, "domains": domains, "rule": {"kind": "none"}, "bands": [], "floors": []}
    kind = draw.choice(["none", "sum", "weighted", "count_at_level", "max"])
    scorable = [one for _, one in all_items(data) if scale_of(data, one)["kind"] != "text"]
    if kind == "none" or not scorable:
        return data
    data["rule"] = rule(draw, kind, scorable)
    tops = [top_score(data, one) for one in scorable if is_counted(data, one)]
    data["rule"]["level"] = draw.randint(1, max(1, max(tops)))
    if not highest_total(data):
        return {**data, "rule": {"kind": "none"}}
    if draw.random() < 0.85:
        data["bands"] = bands(draw, highest_total(data))
        data["floors"] = [floor(draw, data, number) for number in range(draw.randint(1, 4))]
    return data


def scale(draw, number):
    kind = draw.choice(["ordinal", "choice", "number"])
    made = {"code": f"s{number}", "label": f"Scale {number}", "kind": kind}
    if kind == "number":
        low = draw.choice([0, 0, 1])
        made |= {"minimum": low, "maximum": low + draw.randint(1, 10)}
    else:
        levels = [
            {"code": f"l{n}", "label": f"Level {n}", "score": draw.randint(0, 5)} for n in range(draw.randint(2, 4))
        ]
        levels[-1]["score"] = draw.randint(1, 6)
        if draw.random() < 0.6:
            levels.insert(draw.randint(0, 2), {"code": "not_known", "label": "Not known", "score": None})
        made["levels"] = levels
    if draw.random() < 0.3:
        made["windows"] = WINDOWS
    return made


def item(draw, domain, number, scales):
    narrative = draw.random() < 0.1
    return {
        "code": f"i{domain}_{number}",
        "text": f"Question {number} of {domain}?",
        "kind": "narrative" if narrative else draw.choice(KINDS),
        "scale": "words" if narrative else draw.choice(scales)["code"],
        "weight": draw.randint(1, 5),
    }


def rule(draw, kind, scorable):
    present = sorted({one["kind"] for one in scorable})
    return {
        "kind": kind,
        "per": draw.choice(["item", "domain"]),
        "kinds": draw.sample(present, draw.randint(1, len(present))),
        "window": draw.choice(["now", "before"]),
        "completeness_at_least": draw.choice([0, 33, 50, 66, 80, 100]),
    }


def bands(draw, most):
    """Up to four, with no gap, from nought or a little above."""
    starts = sorted(draw.sample(range(1, most + 1), min(draw.randint(0, 3), most)))
    edges = [draw.choice([0, 0, 0, 1]) if not starts or starts[0] > 1 else 0, *starts]
    ends = [*(start - 1 for start in starts), most + draw.choice([0, 0, 7])]
    made = zip(edges, ends, strict=True)
    return [{"code": f"b{n}", "label": f"Band {n}", "lowest": a, "highest": b} for n, (a, b) in enumerate(made)]


def floor(draw, data, number):
    made = {
        "code": f"f{number}",
        "why": "Because it counts more",
        "band": draw.choice([*data["bands"], data["bands"][-1]])["code"],
    }
    wanted = draw.sample(["age", "disability", "item"], draw.choice([1, 1, 2, 3]))
    if "age" in wanted:
        made["age_under"] = draw.randint(10, 18)
    if "disability" in wanted:
        made["learning_disability"] = True
    if "item" in wanted:
        items = [one for _, one in all_items(data) if scale_of(data, one)["kind"] != "text"]
        chosen = draw.choice([one for one in items if is_counted(data, one)])
        made["kinds"] = draw.choice([[], [chosen["kind"]]])
        made["at_least"] = draw.randint(1, max(1, top_score(data, chosen)))
    return made


def answers(seed, data):
    """Answers of which some are left out, some not known, some taken back."""
    draw = Random(seed)
    share = draw.choice([0.0, 0.5, 0.9, 1.0, 1.0])
    given = {}
    for _, one in all_items(data):
        for window in windows_of(data, one):
            if draw.random() < share:
                given[one["code"], window] = None if draw.random() < 0.05 else answer(draw, scale_of(data, one))
    return given


def answer(draw, of):
    if of["kind"] == "text":
        return draw.choice(["", "   ", "She feels safe at her nan's"])
    if of["kind"] == "number":
        return draw.randint(of["minimum"], of["maximum"])
    return draw.choice(of["levels"])["code"]
