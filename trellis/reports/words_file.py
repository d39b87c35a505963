"""The words file: what only the hub can say, as a small JSON file. All of it is optional.

{"hub": "...", "marking": "...", "sections": {"need": ["A sentence with {referrals.received}."]},
 "priorities": ["..."], "annotations": [{"year": "2021/22", "words": "..."}]}
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from trellis.core.errors import Unusable
from trellis.measures.periods import report_year
from trellis.measures.registry import MEASURES
from trellis.reports.annual.content import KEYS
from trellis.reports.annual.local import REFERENCE

TEXTS = ("hub", "marking")
LONGEST_FILE = 1_000_000


def read_words_file(path: Path) -> dict[str, Any]:
    """The file's content, checked. Raises Unusable with the place and what to do."""
    try:
        if path.stat().st_size > LONGEST_FILE:
            raise Unusable(f"{path} is larger than such a file can be")
        given = json.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as problem:
        raise Unusable(f"{path} cannot be read: {problem.strerror}") from None
    except (ValueError, RecursionError) as problem:
        raise Unusable(f"{path} is not JSON: {problem}") from None
    fault = fault_in(given)
    if fault:
        raise Unusable(f"{path}: {fault}")
    checked: dict[str, Any] = given
    return checked


def fault_in(given: Any) -> str:
    """What is wrong with the content, in words; empty when nothing is."""
    if not isinstance(given, dict):
        return 'a file of words is an object, such as {"priorities": ["..."]}'
    for key, value in given.items():
        check = CHECKS.get(key)
        if check is None:
            return f"{key!r} is not known; there are {', '.join(CHECKS)}"
        if fault := check(key, value):
            return fault
    return ""


def _text(key: str, value: Any) -> str:
    return "" if isinstance(value, str) and value.strip() else f"{key} must be a text"


def _sentences(key: str, value: Any) -> str:
    if not isinstance(value, list) or not all(isinstance(words, str) for words in value):
        return f"{key} must be a list of texts"
    asked = (found for words in value for found in REFERENCE.finditer(words))
    # Known before anything is counted; whether this report holds it for that year is seen when it is written.
    unknown = next((found[0] for found in asked if found["measure"] not in MEASURES), "")
    return f"{key} asks for {unknown}, and there is no such figure" if unknown else ""


def _sections(key: str, value: Any) -> str:
    if not isinstance(value, dict):
        return f"{key} must be an object: a section's key and a list of texts"
    for section, words in value.items():
        if section not in KEYS:
            return f"there is no section {section!r}; there are {', '.join(KEYS)}"
        if fault := _sentences(f"{key}.{section}", words):
            return fault
    return ""


def _annotations(key: str, value: Any) -> str:
    notes = value if isinstance(value, list) else [None]
    for note in notes:
        if not (
            isinstance(note, dict) and set(note) == {"year", "words"} and all(isinstance(v, str) for v in note.values())
        ):
            return f'{key} must be a list of {{"year": "2021/22", "words": "..."}}'
        try:
            report_year(note["year"])
        except ValueError as problem:
            return f"{key}: {problem}"
    return ""


CHECKS = {
    **dict.fromkeys(TEXTS, _text),
    "sections": _sections,
    "priorities": _sentences,
    "annotations": _annotations,
}
