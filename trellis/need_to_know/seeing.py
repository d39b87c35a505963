"""The one condition under which a row is seen, made from the ``protection`` of its model.

Lists filter by it with the user's own ids; row-level security holds the same condition with the ids of the context.
"""

from __future__ import annotations

import uuid
from typing import cast

from django.db.models import BooleanField, Exists, F, Func, Model, OuterRef, Q, QuerySet, UUIDField, Value
from django.db.models.functions import Now

from trellis.accounts.models import Agency, User
from trellis.core.protection import Follows, OfPerson, Open, OwnSight, Part, Protection
from trellis.need_to_know.models import HandlingRule, Sight

NOTHING = Q(pk__in=[])


class Setting(Func):
    """An id of the present row context; NULL when none is set."""

    output_field = UUIDField()

    def __init__(self, name: str) -> None:
        super().__init__(template=f"NULLIF(current_setting('trellis.{name}', true), '')::uuid")


class Within(Func):
    """Whether an array holds an id."""

    template = "(array_position(%(expressions)s) IS NOT NULL)"
    output_field = BooleanField()


class Reader:
    """Somebody reading: a user, or whoever the row context names."""

    def __init__(self, user: User | None = None) -> None:
        self.user = Value(user.id, UUIDField()) if user else Setting("user")
        self.agency = Value(user.agency_id, UUIDField()) if user else Setting("agency")


def sight_now(reader: Reader, *parts: Part) -> QuerySet[Sight]:
    """What the reader sees at this moment of any of the parts named."""
    return Sight.objects.filter(
        Q(ends_at__isnull=True) | Q(ends_at__gt=Now()), user=reader.user, part__in=parts, starts_at__lte=Now()
    )


def sight_of_person(person_id: uuid.UUID, *parts: Part) -> QuerySet[Sight]:
    """Who sees any of the parts named of one person's record at this moment. Asked on duty."""
    return Sight.objects.filter(
        Q(ends_at__isnull=True) | Q(ends_at__gt=Now()), person=person_id, part__in=parts, starts_at__lte=Now()
    )


def seen(model: type[Model], reader: Reader, follow: bool = True) -> Q:
    """The condition for rows of ``model``. ``follow``: ask of a parent row what is asked of it, too."""
    protection = cast(Protection, model.protection)  # type: ignore[attr-defined]
    match protection:
        case OfPerson():
            return _of_person(protection, reader)
        case Follows():
            return _follows(model, protection, reader, follow)
        case OwnSight():
            return Q(user=reader.user)
        case Open():
            return Q()
        case _:
            return NOTHING


def _of_person(protection: OfPerson, reader: Reader) -> Q:
    person = protection.person
    if protection.handled:
        granted = _sees(reader, person, Part.RECORD) | _sees_part(protection, reader)
        emergency = _sees(reader, person, Part.EMERGENCY) & Q(
            agency__in=Agency.objects.filter(opens_in_emergency=True).values("id")
        )
        condition = (granted | emergency) & _may_hold(reader)
    elif protection.named:
        named = _sees(reader, person, protection.part) & Q(Within(F(protection.named), reader.agency))
        condition = _sees(reader, person, Part.RECORD, Part.EMERGENCY) | named
    else:
        condition = _sees(reader, person, Part.RECORD, protection.part, Part.EMERGENCY)
    if protection.also:
        not_sealed = Q(**{f"{protection.also}_sealed": False})
        condition &= not_sealed | _sees(reader, protection.also, Part.RECORD, Part.IDENTITY)
    return condition


def _sees(reader: Reader, person: str, *parts: Part) -> Q:
    column = person if person == "pk" else f"{person}_id"
    return Q(Exists(sight_now(reader, *parts).filter(person=OuterRef(column))))


def _sees_part(protection: OfPerson, reader: Reader) -> Q:
    """The part is open to the reader, and so is the other part that the row is about."""
    part = _sees(reader, protection.person, protection.part)
    if not protection.about:
        return part
    other = sight_now(reader, *Part).filter(person=OuterRef(f"{protection.person}_id"), part=OuterRef(protection.about))
    return part & (Q(**{protection.about: ""}) | Q(Exists(other)))


def _may_hold(reader: Reader) -> Q:
    """The reader's agency owns the item, or may hold its code and is not left out of those it is limited to."""
    holds = Q(handling__in=HandlingRule.objects.filter(agency=reader.agency).values("code_id"))
    among = Q(limited_to=[]) | Q(Within(F("limited_to"), reader.agency))
    return Q(agency=reader.agency) | (holds & among)


def _follows(model: type[Model], protection: Follows, reader: Reader, follow: bool) -> Q:
    parent = cast(type[Model], model._meta.get_field(protection.parent).related_model)
    rows = parent._default_manager.filter(pk=OuterRef(f"{protection.parent}_id"))
    condition = Q(Exists(rows.filter(seen(parent, reader)) if follow else rows))
    return condition & Q(**{protection.owner: reader.agency}) if protection.owner else condition
