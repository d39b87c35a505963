"""Rows of what else is recorded of the children the hub works with, and of those looked after: numbers, languages,
disability, their practice. Each child draws from a stream of its own, so that no other row changes."""

from __future__ import annotations

import json

from trellis.people.identifiers import UPN_LETTERS, upn_check_letter
from trellis.sample.moments import london_day, stamp
from trellis.sample.numbers import drama_phone
from trellis.sample.records import Child
from trellis.sample.rows.care import care_spells, pupil_number_of, social_care_number
from trellis.sample.rows.cut import Cut
from trellis.sample.streams import Stream, id_from, stream

# No authority has the number 999: these pupil numbers are nobody's.
SCHOOL = "9994001"
LANGUAGES = {
    "APKN": "Urdu",
    "ABAN": "Bengali",
    "AIND": "Gujarati",
    "CHNE": "Cantonese",
    "BAFR": "Somali",
    "WROM": "Romani",
    "WOTH": "Polish",
    "OOTH": "Arabic",
}
DISABILITIES = {"NONE": 62, "LD": 12, "AUT": 10, "COMM": 6, "BEH": 5, "HEAR": 2, "VIS": 1, "MOB": 2}
PRACTICES = ["Brook Lane Surgery", "Elm Tree Practice", "Millstone Health Centre", "Station Road Practice"]


def write_details(child: Child, cut: Cut) -> None:
    by = stream("details", child.id)
    _write_particulars(child, by, cut)
    if by.happens(0.7):
        _write_practice(child, by, cut)


def _write_particulars(child: Child, by: Stream, cut: Cut) -> None:
    language, asked = "", {}
    if by.happens(0.7):
        language = LANGUAGES.get(child.family.ethnicity, "English") if by.happens(0.6) else "English"
    for code, share in (("pronouns", 0.1), ("trusted_adult", 0.1), ("gp", 0.15)):
        if by.happens(share):
            outcome = by.one(["not_told", "not_known"])
            asked[code] = {"outcome": outcome, "on": london_day(child.known_from).isoformat()}
    looked_after = any(spell.starts_on <= cut.day for spell in care_spells(child))
    needs = by.pick({"none": 70, "family": 20, "needed": 10}) if language not in ("", "English") else "none"
    number = _pupil_number(by) if by.happens(0.6) else ""
    if looked_after:
        number = pupil_number_of(child)
    cut.writer.add(
        "people.Particulars",
        id_from(child.id, "particulars"),
        stamp(child.known_from),
        child.id,
        "",
        "health" if child.nhs_number else "",
        number,
        "school" if number else "",
        language,
        "",
        needs if language else "",
        [by.pick(DISABILITIES)] if by.happens(0.6) else "{}",
        "",
        json.dumps(asked),
        social_care_number(child) if looked_after else "",
        "UN2" if looked_after and not number else "",
        "no" if looked_after and child.sex == "F" else "",
        None,
    )


def _pupil_number(by: Stream) -> str:
    """One in twenty is temporary and ends with a letter."""
    twelve = f"{SCHOOL}{by.between(8, 20):02d}{by.between(0, 99):02d}"
    twelve += by.one(UPN_LETTERS) if by.happens(0.05) else str(by.between(0, 9))
    return upn_check_letter(twelve) + twelve


def _write_practice(child: Child, by: Stream, cut: Cut) -> None:
    cut.writer.add(
        "people.PracticeRegistration",
        id_from(child.id, "practice"),
        stamp(child.known_from),
        child.born,
        None,
        by.one(PRACTICES),
        f"Y99{by.between(0, 999):03d}",
        drama_phone(by),
        child.id,
    )
