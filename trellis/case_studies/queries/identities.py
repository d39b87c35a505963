"""Everybody and everything the record of one young person names, as far as the reader may see it.

Two ways at once: what is known to be a name, a place or a number is taken from its field; and every row of the record,
whichever app keeps it, is read for days, workers, numbers and words with a capital.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from functools import cache
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import models
from django.db.models import Q

from trellis.accounts.models import Agency, User
from trellis.case_studies.checking.identities import Identities, Known, Named, Place
from trellis.case_studies.checking.index import TITLES
from trellis.case_studies.checking.unknown import HARMLESS
from trellis.case_studies.checking.words import WORD, is_ordinary
from trellis.core.clocks import london_date
from trellis.core.protection import Follows, OfPerson
from trellis.need_to_know.access import visible_to
from trellis.people.models import Address, Alias, Particulars, Person, Relationship, RelationshipKind, Sex

CHILD = "the young person"
NOT_OF_THE_STORY = frozenset({"need_to_know", "audit_log", "case_studies", "letters"})
PLACES = {
    "lines": "home",
    "place_name": "a place where they live or learn",
    "practice_name": "the doctor's",
    "locality": "the area",
    "last_seen_where": "where they were last seen",
    "found_where": "where they were found",
    "where": "a place nearby",
    "place": "a place nearby",
    "places": "a place nearby",
    "outside_body": "a service",
}
PEOPLE = frozenset(
    {
        *("officer", "reported_by", "graded_by", "found_with", "contact_name", "owner_name", "with_whom", "held_by"),
        *("other_name", "child_name", "who", "present", "friends", "who_to_call", "name", "took_part"),
        *("who_took_part", "who_may_know", "words"),
    }
)
NUMBERS = {
    "reference": "a reference",
    "police_ref": "a police reference",
    "nhs_number": "an NHS number",
    "upn": "a pupil number",
    "social_care_number": "a social care number",
    "registration": "a registration",
    "practice_code": "a practice's code",
    "authority": "an authority's code",
    "postcode": "a postcode",
    "contact_phone": "a phone number",
    "phone": "a phone number",
}
FOUND_IN_TEXT = (
    (re.compile(r"\+?\d[\d\s()-]{8,16}\d"), "a phone number"),
    (re.compile(r"\b[A-Za-z]{1,2}\d[A-Za-z\d]?\s*\d[A-Za-z]{2}\b"), "a postcode"),
    (re.compile(r"\b[A-Za-z]{2}\d{2}\s?[A-Za-z]{3}\b"), "a vehicle's registration"),
    (re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"), "an e-mail address"),
    (re.compile(r"(?<!\w)@[\w.]{3,}"), "a handle"),
)
CAPITALS = re.compile(r"[A-Z][\w'’-]+(?:\s+[A-Z][\w'’-]+)*")
CHILD_OF = {Sex.MALE: "his", Sex.FEMALE: "her", Sex.UNKNOWN: "their"}
ROLES = {
    RelationshipKind.PARENT: ("{} mother", "{} father", "{} parent"),
    RelationshipKind.CARER: ("{} carer", "{} carer", "{} carer"),
    RelationshipKind.SIBLING: ("{} sister", "{} brother", "{} brother or sister"),
    RelationshipKind.TWIN: ("{} sister", "{} brother", "{} brother or sister"),
    RelationshipKind.FRIEND: ("a friend", "a friend", "a friend"),
    RelationshipKind.TRUSTED_ADULT: ("an adult {} trusts", "an adult {} trusts", "an adult {} trusts"),
    RelationshipKind.CONCERN: ("an older acquaintance", "an older acquaintance", "an older acquaintance"),
}
TRUSTS = {"his": "he", "her": "she", "their": "the young person"}


class Gathered:
    """What was read so far."""

    def __init__(self) -> None:
        self.people: dict[tuple[str, str], None] = {}
        self.places: dict[Place, None] = {}
        self.numbers: dict[Known, None] = {}
        self.days: set[date] = set()
        self.mentioned: set[str] = set()
        self.workers: set[UUID] = set()

    def name(self, role: str, name: str) -> None:
        if name.strip():
            self.people.setdefault((role, name.strip()))

    def place(self, kind: str, words: str) -> None:
        if words.strip():
            self.places.setdefault(Place(kind, words))

    def number(self, what: str, value: str) -> None:
        if value.strip():
            self.numbers.setdefault(Known(what, value.strip()))
            if what == "a postcode":
                self.numbers.setdefault(Known("a postcode's first half", value.strip()[:-3].strip()))

    def value(self, field: str, value: Any) -> None:
        """One column of one row."""
        if isinstance(value, datetime):
            self.days.add(london_date(value))
        elif isinstance(value, date):
            self.days.add(value)
        elif isinstance(value, str):
            self._text(field, value)
        elif isinstance(value, dict):
            for inner in value.values():
                self.value("", inner)
        elif isinstance(value, list):
            for inner in value:
                self.value("", inner)

    def _text(self, field: str, text: str) -> None:
        if field in NUMBERS:
            self.number(NUMBERS[field], text)
            return
        if field in PLACES:
            self.place(PLACES[field], text)
        if field in PEOPLE:
            for run in CAPITALS.finditer(text):
                if not all(is_ordinary(word.lower()) or word.lower() in TITLES for word in run.group().split()):
                    self.name("somebody", run.group())
        for pattern, what in FOUND_IN_TEXT:
            for found in pattern.finditer(text):
                self.number(what, found.group())
        self.mentioned.update(capitals_in(text))

    def made(self) -> Identities:
        roles: dict[str, list[str]] = {}
        for role, name in self.people:
            roles.setdefault(role, []).append(name)
        return Identities(
            people=tuple(Named(role, tuple(names)) for role, names in roles.items()),
            places=tuple(self.places),
            numbers=tuple(self.numbers),
            days=frozenset(self.days),
            mentioned=frozenset(self.mentioned),
        )


def capitals_in(text: str) -> Iterator[str]:
    """Words with a capital that are no ordinary ones."""
    for found in WORD.finditer(text):
        word = found.group().removesuffix("'s")
        plain = word.replace("'", "").lower()
        may_name = word[0].isupper() and len(plain) > 2 and plain.isalpha()
        if may_name and not is_ordinary(plain) and plain not in HARMLESS and plain not in TITLES:
            yield word


def identities_of(user: User, person: Person) -> Identities:
    """Whom and what the record of ``person`` names, as far as ``user`` may see it: what they may not see is neither in
    their draft nor given away by the checker. As many queries for a long record as for a short one."""
    gathered = Gathered()
    gathered.workers.add(user.id)
    _add_person(gathered, CHILD, person)
    linked = _add_relations(user, gathered, person)
    people = [person.id, *linked]
    for alias in visible_to(user, Alias).filter(person__in=people):
        gathered.name(linked.get(alias.person_id, CHILD), alias.name)
    for extra in visible_to(user, Particulars).filter(person__in=linked):
        gathered.number("a pupil number", extra.upn)
        gathered.number("a social care number", extra.social_care_number)
    for address in visible_to(user, Address).filter(person__in=linked):
        gathered.place("home", address.lines)
        gathered.number("a postcode", address.postcode)
    for model in models_of_a_record():
        _read_rows(user, gathered, model, person)
    _add_workers(gathered)
    return gathered.made()


def _add_person(gathered: Gathered, role: str, person: Person) -> None:
    for name in (person.name, person.known_as):
        gathered.name(role, name)
    gathered.days.add(person.date_of_birth)
    gathered.place("the area", person.locality)
    for field in ("nhs_number", "postcode", "authority"):
        gathered.value(field, getattr(person, field) or "")
    for field in ("own_words", "safe_contact"):
        gathered.value(field, getattr(person, field))


def _add_relations(user: User, gathered: Gathered, person: Person) -> dict[UUID, str]:
    """Everybody whom this record names and everybody whose record names this one; gives the role of each that has a
    record the user may see."""
    rows = visible_to(user, Relationship).filter(Q(person=person) | Q(other=person))
    relations = list(rows)
    roles: dict[UUID, str] = {}
    for relation in relations:
        other_id = relation.other_id if relation.person_id == person.id else relation.person_id
        if other_id:
            roles.setdefault(other_id, "another young person")
    known = {one.id: one for one in visible_to(user, Person).filter(id__in=roles)}
    for relation in relations:
        if relation.person_id == person.id:
            other = known.get(relation.other_id) if relation.other_id else None
            role = role_of(relation.kind, other.sex if other else Sex.UNKNOWN, person.sex)
            gathered.name(role, relation.other_name)
            if relation.other_id:
                roles[relation.other_id] = role
    for one in known.values():
        _add_person(gathered, roles[one.id], one)
    return {found: role for found, role in roles.items() if found in known}


def role_of(kind: str, sex: str, of: str) -> str:
    """``his mother``, ``an older acquaintance``: how the story speaks of somebody."""
    whose = CHILD_OF[Sex(of)]
    female, male, unknown = ROLES[RelationshipKind(kind)]
    words = {Sex.FEMALE: female, Sex.MALE: male}.get(Sex(sex), unknown)
    return words.format(TRUSTS[whose] if "trusts" in words else whose)


def _add_workers(gathered: Gathered) -> None:
    for worker in User.objects.filter(id__in=gathered.workers):
        gathered.name("the worker", worker.name)
        gathered.number("an e-mail address", worker.email)
    for agency in Agency.objects.all():
        if any(not is_ordinary(word.lower()) for word in agency.name.split()):
            gathered.place("a service", agency.name)


@cache
def models_of_a_record() -> tuple[type[models.Model], ...]:
    """Every model whose rows are of one person, directly or by the row they follow."""
    return tuple(
        model
        for model in apps.get_models()
        if model._meta.app_label not in NOT_OF_THE_STORY and path_to_person(model) not in ("", "pk")
    )


def path_to_person(model: type[models.Model]) -> str:
    """``person`` or ``episode__person``; empty for what belongs to no one person."""
    protection = getattr(model, "protection", None)
    if isinstance(protection, OfPerson):
        return protection.person
    if isinstance(protection, Follows):
        parent: Any = model._meta.get_field(protection.parent).related_model
        path = path_to_person(parent)
        return f"{protection.parent}__{path}" if path else ""
    return ""


def _read_rows(user: User, gathered: Gathered, model: type[models.Model], person: Person) -> None:
    names = tuple(_columns(model))
    workers = {field.attname for field in model._meta.concrete_fields if field.related_model is User}
    if not names:
        return
    for row in visible_to(user, model).filter(**{path_to_person(model): person}).order_by().values_list(*names):
        for name, value in zip(names, row, strict=True):
            if name in workers:
                gathered.workers.update([value] if value else [])
            elif value:
                gathered.value(name, value)


def _columns(model: type[models.Model]) -> Iterable[str]:
    """The columns that may tell of somebody: free text, days, workers."""
    for field in model._meta.concrete_fields:
        says = isinstance(field, models.CharField | models.TextField) and not field.choices
        is_day = isinstance(field, models.DateField) and field.name != "recorded_at"
        if field.related_model is User or says or is_day or isinstance(field, models.JSONField):
            yield field.attname
