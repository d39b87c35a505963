"""Tells a text again without who it is about: names become roles, days become how long after, places their kind."""

from __future__ import annotations

import csv
import re
from datetime import date
from functools import cache

from trellis.case_studies.checking.check import check
from trellis.case_studies.checking.dates import DAYS, FORMS, SMALL_NUMBERS, day_parts
from trellis.case_studies.checking.findings import Finding, Severity
from trellis.case_studies.checking.identities import Identities
from trellis.case_studies.checking.words import TABLES

LEFT_OUT = "[left out]"
ROUNDS = 3
SMALL = ["no", *SMALL_NUMBERS]
FIRST_WEEKS, FIRST_MONTHS = 8, 24
WEEK, MONTH, YEAR = 7, 30.44, 365.25


def interval(start: date, day: date) -> str:
    """``in the third week``, ``four months later``: never a day that can be looked up."""
    days = (day - start).days
    if days < 0:
        return "some time before"
    if days // WEEK < FIRST_WEEKS:
        return f"in the {DAYS[days // WEEK]} week"
    months = round(days / MONTH)
    if months < FIRST_MONTHS:
        return f"{in_words(months)} months later"
    return f"{in_words(round(days / YEAR))} years later"


def in_words(number: int) -> str:
    return SMALL[number] if number < len(SMALL) else "many"


def retell(identities: Identities, text: str, *, child: str, pseudonym: str, start: date) -> str:
    """The text with a stand-in for everything certain or likely, and for what has a capital and may be a name.

    ``child``: the role that the stand-in name takes the place of; ``start``: the day that intervals are told from.
    """
    for _ in range(ROUNDS):
        found = [f for f in check(identities, text) if _is_replaced(f, pseudonym)]
        if not found:
            return text
        text = _with_stand_ins(text, _apart(found), child, pseudonym, start)
    for finding in reversed(_apart([f for f in check(identities, text) if f.severity > Severity.POSSIBLE])):
        text = text[: finding.start] + LEFT_OUT + text[finding.end :]
    return text


def _is_replaced(finding: Finding, pseudonym: str) -> bool:
    if finding.kind == "capital":
        return finding.matched.casefold().removesuffix("'s") != pseudonym.casefold()
    return finding.severity > Severity.POSSIBLE or (finding.kind == "rare" and bool(finding.instead))


def _apart(found: list[Finding]) -> list[Finding]:
    """Those that do not overlap, the gravest and longest first chosen."""
    kept: list[Finding] = []
    for one in sorted(found, key=lambda f: (-f.severity, f.start - f.end, f.start)):
        if not any(one.start < k.end and k.start < one.end for k in kept):
            kept.append(one)
    return sorted(kept, key=lambda f: f.start)


def _with_stand_ins(text: str, found: list[Finding], child: str, pseudonym: str, start: date) -> str:
    made, at, said = "", 0, ""
    for finding in found:
        between = text[at : finding.start]
        words = _stand_in(finding, child, pseudonym, start)
        if words == said and not between.strip(" -,"):
            at = finding.end
            continue
        made += between
        if _opens(made) and words != LEFT_OUT:
            words = words[:1].upper() + words[1:]
        made += words
        at, said = finding.end, words
    return re.sub(r"\b(the|a|an|The|A|An|at|in|on|of) (?=(?:the|a|an|his|her|their|in|on|at) )", "", made + text[at:])


def _opens(before: str) -> bool:
    return not before.strip() or before.rstrip()[-1] in ".!?:\n" or before.endswith("\n")


def _stand_in(finding: Finding, child: str, pseudonym: str, start: date) -> str:
    owns = "'s" if re.search(r"['’]s\Z", finding.matched) else ""
    if finding.kind in ("name", "place") and finding.whom:
        return (pseudonym if finding.whom == child else finding.instead) + owns
    if finding.kind == "date":
        day = _day_of(finding.matched)
        return interval(start, day) if day else "on a later day"
    return (finding.instead or LEFT_OUT) + owns


def _day_of(words: str) -> date | None:
    """The day that a whole date names."""
    for form, _ in FORMS:
        found = form.search(words.lower())
        parts = day_parts(found) if found else {}
        if len(parts) == 3:
            try:
                return date(parts["year"], parts["month"], parts["day"])
            except ValueError:
                continue
    return None


@cache
def pseudonyms() -> tuple[str, ...]:
    """Names that may stand for a young person's, from the dated table."""
    with (TABLES / "pseudonyms.csv").open(encoding="utf-8", newline="") as rows:
        return tuple(row["name"] for row in csv.DictReader(rows))


def stand_in_name(identities: Identities, turn: int) -> str:
    """A name that is nobody's in the record, nor like one; ``turn`` chooses among them."""
    free = [name for name in pseudonyms() if all(f.kind == "capital" for f in check(identities, f"Then {name} came."))]
    return free[turn % len(free)] if free else "Somebody"
