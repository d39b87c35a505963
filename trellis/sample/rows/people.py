"""Rows of people: who they are, whom they belong to, what is true of them from when to when."""

from __future__ import annotations

from datetime import date

from trellis.people.names import search_key
from trellis.sample.moments import london_day, midnight, stamp
from trellis.sample.records import Adult, Child
from trellis.sample.rows.care import why_in_care, write_care
from trellis.sample.rows.cut import Cut
from trellis.sample.rows.details import write_details


def write_people(children: list[Child], adults: list[Adult], cut: Cut) -> None:
    """Everybody the hub had heard of by the cut."""
    for adult in adults:
        if cut.has(adult.known_from):
            _write_adult(adult, cut)
    for child in children:
        if cut.has(child.known_from):
            _write_child(child, cut)
            _write_around(child, cut)
            _write_episodes(child, cut)
            looked_after = write_care(child, cut)
            if looked_after or any(cut.has(case.opened_at) for case in child.cases):
                write_details(child, cut)


def _write_adult(adult: Adult, cut: Cut) -> None:
    home = adult.family
    cut.writer.add(
        "people.Person",
        adult.id,
        stamp(adult.known_from),
        adult.given,
        adult.family_name,
        "",
        "",
        search_key(adult.given, adult.family_name),
        adult.born,
        adult.sex,
        home.ethnicity,
        "agency",
        london_day(adult.known_from),
        None,
        home.postcode,
        home.locality,
        home.authority,
        "",
        "",
        True,
        None,
    )


def _write_child(child: Child, cut: Cut) -> None:
    home = child.family
    worked_with = any(cut.has(case.opened_at) for case in child.cases)
    recorded = child.defined_by != "unknown"
    cut.writer.add(
        "people.Person",
        child.id,
        stamp(child.known_from),
        child.given,
        child.family_name,
        child.known_as,
        child.pronouns,
        search_key(child.given, child.family_name, child.known_as),
        child.born,
        child.sex,
        home.ethnicity,
        child.defined_by,
        london_day(child.known_from) if recorded else None,
        child.nhs_number,
        home.postcode,
        home.locality,
        home.authority,
        child.own_words if worked_with else "",
        child.safe_contact,
        True,
        None,
    )


def _write_around(child: Child, cut: Cut) -> None:
    heard = stamp(child.known_from)
    for key, name in child.aliases:
        cut.writer.add("people.Alias", key, heard, name, search_key(name), child.id)
    for related in child.related:
        other = related.other
        known_from = max(child.known_from, other.known_from, related.known_from)
        if cut.has(known_from):
            since = max(child.born, other.born) if related.kind != "concern" else london_day(child.known_from)
            name = f"{other.given} {other.family_name}"
            told = (since, None, related.kind, related.note, other.id, name, False)
            row = (related.id, stamp(known_from), *told, child.id)
            cut.writer.add("people.Relationship", *row)


def _write_episodes(child: Child, cut: Cut) -> None:
    for spell in child.spells:
        if spell.starts_on <= cut.day:
            cut.writer.add(
                "people.LegalStatus",
                spell.id,
                _learnt(child, spell.starts_on),
                spell.starts_on,
                cut.known_day(spell.ends_on),
                spell.kind,
                child.family.authority,
                *why_in_care(child, spell, cut),
                child.id,
            )
    for school in child.schools:
        if school.starts_on <= cut.day:
            cut.writer.add(
                "people.Education",
                school.id,
                _learnt(child, school.starts_on),
                school.starts_on,
                cut.known_day(school.ends_on),
                school.provision,
                school.send,
                school.place,
                False,
                child.id,
            )


def _learnt(child: Child, day: date) -> str:
    """A fact is recorded on its first day, or when the hub first heard of the child."""
    return stamp(max(child.known_from, midnight(day)))
