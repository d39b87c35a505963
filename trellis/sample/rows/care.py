"""Rows of being looked after: where a child lived on what legal basis, one place after the other, with what the
statutory return asks of each. Each spell draws from a stream of its own, so that no other row changes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from trellis.people.identifiers import upn_check_letter
from trellis.sample.moments import midnight, stamp
from trellis.sample.records import Child, Spell
from trellis.sample.rows.cut import Cut
from trellis.sample.streams import Stream, id_from, stream
from trellis.sample.words import words

LOOKED_AFTER = "looked_after"
WITH_PUPIL_NUMBER = 0.95
NEEDS = {"N1": 50, "N5": 20, "N4": 12, "N8": 8, "N6": 6, "N2": 4}
ENDS = {"E4A": 40, "E4B": 20, "E13": 15, "E8": 25}
AT_EIGHTEEN = "E8"
KINDS = {"foster": 52, "connected": 16, "childrens_home": 26, "with_parents": 6}
TYPES = {
    "foster": {"U4": 45, "U6": 55},
    "connected": {"U1": 40, "U3": 60},
    "childrens_home": {"K2": 1},
    "with_parents": {"P1": 1},
}
PROVIDERS = {
    "foster": {"PR1": 55, "PR4": 38, "PR5": 7},
    "connected": {"PR1": 1},
    "childrens_home": {"PR4": 90, "PR5": 10},
    "with_parents": {"PR0": 1},
}
CHANGES = {"CARPL": 45, "CREQB": 20, "CREQO": 12, "CHILD": 10, "STAND": 3, "CLOSE": 4, "LAREQ": 6}
AT_FIRST = {"C1": 35, "V2": 40, "C2": 25}
LATER = {"C1": {"C2": 1}, "V2": {"C1": 1}, "C2": {"C2": 1}}
BY_AGREEMENT, BY_ORDER = "V2", "C2"
SHARE_LEGAL_ONLY, SHARE_LEGAL_TOO = 0.12, 0.15
SHARE_IN_AREA = 0.7
NEAR = ["E08000001", "E08000005", "E08000007", "ELSEWHERE"]
HOMES = ["Alder House", "Birch Lodge", "Rowan Court", "The Larches"]
SHORTEST, LONGEST, LAST_AT_LEAST = 60, 800, 14
# The inspectorate's numbers are far from these: they are nobody's.
REGISTRATIONS = 20
WHO_MAY_KNOW = "The social worker and the police. Ask the social worker before anybody else is told"


@dataclass(frozen=True)
class Stay:
    """One row of a care history: a place and a legal basis."""

    starts_on: date
    ends_on: date | None
    kind: str
    name: str
    authority: str
    postcode: str
    legal_status: str
    placement_type: str
    provider: str
    registration: str
    ended_because: str = ""


def care_spells(child: Child) -> list[Spell]:
    return [spell for spell in child.spells if spell.kind == LOOKED_AFTER]


def social_care_number(child: Child) -> str:
    """As short as the return takes it; marked by where it comes from, a child's own random identifier."""
    return child.id[:10].upper()


def pupil_number_of(child: Child) -> str:
    """A number that is this child's alone among those looked after, or none."""
    by = stream("pupil number", child.id)
    twelve = f"999{by.between(1000, 9999)}{by.between(8, 20):02d}{by.between(0, 999):03d}"
    return upn_check_letter(twelve) + twelve if by.happens(WITH_PUPIL_NUMBER) else ""


def why_in_care(child: Child, spell: Spell, cut: Cut) -> tuple[str, str]:
    """The category of need, and why it ended if that is known; nothing of other statuses."""
    if spell.kind != LOOKED_AFTER:
        return "", ""
    by = stream("care", spell.id)
    need, end = by.pick(NEEDS), by.pick(ENDS)
    if cut.known_day(spell.ends_on) is None:
        return need, ""
    return need, AT_EIGHTEEN if spell.ends_on == child.eighteenth else end


def write_care(child: Child, cut: Cut) -> bool:
    """Every stay that had begun by the cut, and the home left for it. Whether there was any."""
    spells = [spell for spell in care_spells(child) if spell.starts_on <= cut.day]
    home = _public(child.family.authority, stream("home", child.id))
    if spells:
        row = (child.born, None, "home", "Known to the social worker", home, True, WHO_MAY_KNOW, child.id)
        cut.writer.add("people.Address", id_from(child.id, "home"), stamp(child.known_from), *row)
    for spell in spells:
        for stay in _stays(child, spell, home):
            if stay.starts_on <= cut.day:
                _write(child, spell, stay, cut)
    return bool(spells)


def _stays(child: Child, spell: Spell, home: str) -> Iterator[Stay]:
    """One after the other, without a gap, from the first day looked after to the last."""
    by = stream("placement", spell.id)
    last = min(spell.ends_on or child.eighteenth, child.eighteenth)
    stay = _place(child, spell.starts_on, home, "", by)
    stay = replace(stay, legal_status=_allowed(stay.kind, by.pick(AT_FIRST)))
    while True:
        turns_on = stay.starts_on + timedelta(days=by.between(SHORTEST, LONGEST))
        if turns_on > last - timedelta(days=LAST_AT_LEAST):
            yield replace(stay, ends_on=spell.ends_on)
            return
        following = _next(child, stay, turns_on, home, by)
        moved = following.postcode != stay.postcode
        yield replace(stay, ends_on=turns_on, ended_because=by.pick(CHANGES) if moved else "")
        stay = following


def _next(child: Child, stay: Stay, day: date, home: str, by: Stream) -> Stay:
    later = by.pick(LATER[stay.legal_status])
    if later != stay.legal_status and by.happens(SHARE_LEGAL_ONLY):
        return replace(stay, starts_on=day, legal_status=_allowed(stay.kind, later))
    place = _place(child, day, home, stay.postcode, by)
    legal_status = later if by.happens(SHARE_LEGAL_TOO) else stay.legal_status
    return replace(place, legal_status=_allowed(place.kind, legal_status))


def _allowed(kind: str, legal_status: str) -> str:
    """Nobody is looked after at home by agreement."""
    return BY_ORDER if kind == "with_parents" and legal_status == BY_AGREEMENT else legal_status


def _place(child: Child, day: date, home: str, before: str, by: Stream) -> Stay:
    kind = by.pick(KINDS)
    if kind == "with_parents" and before in ("", home):
        kind = "foster"
    at_home = kind == "with_parents"
    authority = child.family.authority if at_home or by.happens(SHARE_IN_AREA) else by.one(NEAR)
    postcode = home if at_home else _public(authority, by, before, home)
    return Stay(
        starts_on=day,
        ends_on=None,
        kind=kind,
        name=by.one(HOMES) if kind == "childrens_home" else "",
        authority=authority,
        postcode=postcode,
        legal_status="",
        placement_type=by.pick(TYPES[kind]),
        provider=by.pick(PROVIDERS[kind]),
        registration="" if at_home else f"SC99{by.between(1, REGISTRATIONS):04d}",
    )


def _public(authority: str, by: Stream, *others: str) -> str:
    """The postcode of a public building there; elsewhere when all of them are among ``others``."""
    places = words("places")
    here = [code for code in places.get(authority, places["invented"])["public"] if code not in others]
    return by.one(here or [code for code in places["invented"]["public"] if code not in others])


def _write(child: Child, spell: Spell, stay: Stay, cut: Cut) -> None:
    dates = (stay.starts_on, cut.known_day(stay.ends_on))
    heard = stamp(max(child.known_from, midnight(stay.starts_on)))
    cut.writer.add(
        "people.Placement",
        id_from(spell.id, "placement", stay.starts_on),
        heard,
        *dates,
        stay.kind,
        stay.name,
        stay.authority,
        stay.legal_status,
        stay.placement_type,
        stay.provider,
        stay.registration,
        stay.ended_because if dates[1] else "",
        child.id,
    )
    lines = f"{stream('number', spell.id, stay.starts_on).between(1, 90)} Invented Street"
    row = ("placement", lines, stay.postcode, True, WHO_MAY_KNOW, child.id)
    cut.writer.add("people.Address", id_from(spell.id, "address", stay.starts_on), heard, *dates, *row)
