"""Changing a draft: each function gives a new definition and leaves the one it was given alone. As plain data, because
a draft need not read yet."""

import re
from collections.abc import Collection, Mapping
from copy import deepcopy
from typing import Any

Data = dict[str, Any]
LISTS = {"domain": "domains", "scale": "scales", "floor": "floors"}
BLANK: Data = {
    "scales": [
        {
            "code": "yes_no",
            "label": "Yes, possible, no",
            "kind": "choice",
            "levels": [
                {"code": "no", "label": "No", "score": 0},
                {"code": "possible", "label": "Possible", "score": 1},
                {"code": "yes", "label": "Yes", "score": 2},
                {"code": "not_known", "label": "Not known", "score": None},
            ],
        },
        {"code": "words", "label": "In words", "kind": "text"},
    ],
    "domains": [],
    "rule": {"kind": "none"},
    "bands": [],
    "floors": [],
}


def members(data: Data, part: str, code: str = "") -> list[Data]:
    """The list a domain, scale or floor stands in; of an item, that of its domain. Empty where there is none."""
    if part != "item":
        found: list[Data] = data.setdefault(LISTS[part], [])
        return found
    lists = [domain.setdefault("items", []) for domain in data.get("domains", [])]
    return next((items for items in lists if _place(items, code) is not None), [])


def member(data: Data, part: str, code: str) -> Data | None:
    return next((one for one in members(data, part, code) if one.get("code") == code), None)


def domain_of(data: Data, item: str) -> str:
    """The code of the domain an item stands in, or nothing."""
    homes = [one for one in data.get("domains", []) if _place(one.get("items", []), item) is not None]
    return str(homes[0].get("code", "")) if homes else ""


def put(data: Data, part: str, code: str, values: Mapping[str, Any], home: str = "") -> Data:
    """Write ``values`` over what has this code, or add it at the end. ``home``: the domain an item stands in then."""
    made = deepcopy(data)
    found = member(made, part, code)
    if found is None or (part == "item" and domain_of(made, code) != home):
        found = {**(found or {}), "code": code}
        made = remove(made, part, code)
        _list_to_join(made, part, home).append(found)
    found.update(values)
    return made


def standing(data: Data, part: str, code: str) -> Data | None:
    """What a part of the draft says now; empty for a member that is not named, None for one that is not there."""
    match part:
        case "rule":
            return dict(data.get("rule", {}))
        case "bands":
            return {"bands": data.get("bands", []), "by_band": data.get("review", {}).get("by_band", {})}
        case "review":
            return {"days": data.get("review", {}).get("days"), "questions": data.get("questions", {})}
        case _:
            return member(data, part, code) if code else {}


def written(data: Data, part: str, code: str, values: Mapping[str, Any], home: str = "") -> Data:
    """The draft with this part saying ``values``."""
    review = data.get("review", {})
    match part:
        case "rule":
            return {**data, "rule": dict(values)}
        case "bands":
            return {**data, "bands": values["bands"], "review": {**review, "by_band": values["by_band"]}}
        case "review":
            return {**data, "review": {**review, "days": values["days"]}, "questions": values["questions"]}
        case _:
            return put(data, part, code or code_for(part, values, data), values, home)


def code_for(part: str, values: Mapping[str, Any], data: Data) -> str:
    """A code for something new, of its own first words."""
    label = str(values.get("label") or values.get("text") or values.get("why") or part)
    return new_code(label, codes_taken(data, part))


def _list_to_join(data: Data, part: str, home: str) -> list[Data]:
    if part != "item":
        return members(data, part)
    joined = member(data, "domain", home)
    if joined is None:
        raise KeyError(home)
    found: list[Data] = joined.setdefault("items", [])
    return found


def remove(data: Data, part: str, code: str) -> Data:
    made = deepcopy(data)
    among = members(made, part, code)
    among[:] = [one for one in among if one.get("code") != code]
    return made


def move(data: Data, part: str, code: str, steps: int) -> Data:
    """Up (-1) or down (1) among its like; at the end it stays where it is."""
    made = deepcopy(data)
    among = members(made, part, code)
    place = _place(among, code)
    if place is not None and 0 <= place + steps < len(among):
        among.insert(place + steps, among.pop(place))
    return made


def codes_taken(data: Data, part: str) -> set[str]:
    lists = [members(data, part)] if part != "item" else [one.get("items", []) for one in data.get("domains", [])]
    return {str(one.get("code")) for among in lists for one in among}


def new_code(label: str, taken: Collection[str], most: int = 40) -> str:
    """A code made of the label's own words that nothing has yet."""
    plain = re.sub("[^a-z0-9]+", "-", label.lower())[:most].strip("-") or "part"
    tries = (f"{plain[: most - 4]}-{number}" for number in range(2, len(taken) + 3))
    return plain if plain not in taken else next(code for code in tries if code not in taken)


def _place(among: list[Data], code: str) -> int | None:
    return next((place for place, one in enumerate(among) if one.get("code") == code), None)
