"""A second, plain answer to what a tool's rule gives: straight from the JSON, item by item, with nothing of the engine.

It is slow and long on purpose. Where the two differ, one of them is wrong.
"""

from fractions import Fraction


def scale_of(data, item):
    for scale in data["scales"]:
        if scale["code"] == item["scale"]:
            return scale
    raise AssertionError(item)


def all_items(data):
    return [(domain["code"], item) for domain in data["domains"] for item in domain["items"]]


def is_counted(data, item):
    rule = data["rule"]
    if rule["kind"] == "none" or scale_of(data, item)["kind"] == "text":
        return False
    return item["kind"] in rule["kinds"]


def score_of(data, item, value):
    """None: it says nothing, or "not known"."""
    scale = scale_of(data, item)
    if value is None:
        return None
    if scale["kind"] == "number":
        return value
    for level in scale["levels"]:
        if level["code"] == value:
            return level["score"]
    raise AssertionError(value)


def windows_of(data, item):
    return [window["code"] for window in scale_of(data, item).get("windows", [])] or [""]


def counted_answer(data, item, answers):
    windows = scale_of(data, item).get("windows", [])
    return answers.get((item["code"], data["rule"].get("window", "") if windows else ""))


def top_score(data, item):
    scale = scale_of(data, item)
    if scale["kind"] == "number":
        return scale["maximum"]
    return max(level["score"] for level in scale["levels"] if level["score"] is not None)


def add_up(data, pairs):
    """``pairs``: (domain, value, weight) of each item that is known and counts."""
    rule = data["rule"]
    if not pairs:
        return None
    if rule["kind"] == "weighted":
        pairs = [(domain, value * weight, weight) for domain, value, weight in pairs]
    if rule.get("per", "item") == "domain":
        best = {}
        for domain, value, _ in pairs:
            best[domain] = value if domain not in best or value > best[domain] else best[domain]
        values = list(best.values())
    else:
        values = [value for _, value, _ in pairs]
    if rule["kind"] == "count_at_level":
        return len([value for value in values if value >= rule["level"]])
    if rule["kind"] == "max":
        return sorted(values)[-1]
    total = 0
    for value in values:
        total += value
    return total


def highest_total(data):
    return add_up(
        data,
        [(d, top_score(data, i), i.get("weight", 1)) for d, i in all_items(data) if is_counted(data, i)],
    )


def says_something(data, item, value):
    if scale_of(data, item)["kind"] == "text":
        return bool(value and value.strip())
    return score_of(data, item, value) is not None


def half_up(numerator, denominator):
    share = Fraction(100 * numerator, denominator)
    whole = share.numerator // share.denominator
    return whole + 1 if share - whole >= Fraction(1, 2) else whole


def is_there(data, item, answers):
    if data["rule"]["kind"] != "none":
        return score_of(data, item, counted_answer(data, item, answers)) is not None
    return any(says_something(data, item, answers.get((item["code"], w))) for w in windows_of(data, item))


def second_answer(data, answers, age, learning_disability):
    scored = data["rule"]["kind"] != "none"
    counted = [(domain, item) for domain, item in all_items(data) if not scored or is_counted(data, item)]
    known = [(domain, item) for domain, item in counted if is_there(data, item, answers)]
    pairs = []
    if scored:
        for domain, item in known:
            pairs.append((domain, score_of(data, item, counted_answer(data, item, answers)), item.get("weight", 1)))
    subtotals = {}
    for domain in data["domains"]:
        if any(is_counted(data, item) for item in domain["items"]):
            subtotals[domain["code"]] = add_up(data, [pair for pair in pairs if pair[0] == domain["code"]])
    total = add_up(data, pairs)
    before = band_of(data, total, len(known), len(counted)) if scored else None
    return {
        "total": total,
        "maximum": highest_total(data) if scored else None,
        "subtotals": subtotals,
        "before": before,
        "band": raised(data, before, answers, age, learning_disability),
        "answered": len(known),
        "asked": len(counted),
        "completeness": half_up(len(known), len(counted)) if counted else 0,
    }


def band_of(data, total, known, counted):
    if total is None or Fraction(100 * known, counted) < data["rule"].get("completeness_at_least", 0):
        return None
    for band in data["bands"]:
        if band["lowest"] <= total <= band["highest"]:
            return band["code"]
    return None


def raised(data, band, answers, age, learning_disability):
    if band is None:
        return None
    order = [one["code"] for one in data["bands"]]
    for floor in data["floors"]:
        if holds(data, floor, answers, age, learning_disability) and order.index(floor["band"]) > order.index(band):
            band = floor["band"]
    return band


def holds(data, floor, answers, age, learning_disability):
    if floor.get("age_under") is not None and age >= floor["age_under"]:
        return False
    if floor.get("learning_disability") and learning_disability is not True:
        return False
    if floor.get("at_least") is None:
        return True
    for _, item in all_items(data):
        if scale_of(data, item)["kind"] == "text":
            continue
        looked_at = item["kind"] in floor["kinds"] if floor.get("kinds") else is_counted(data, item)
        score = score_of(data, item, counted_answer(data, item, answers))
        if looked_at and score is not None and score >= floor["at_least"]:
            return True
    return False
