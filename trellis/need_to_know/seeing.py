"""The one condition under which a row is seen, made from the ``protection`` of its model.

Lists filter by it with the user's own ids; row-level security holds the same condition with the ids of the context.
"""

from __future__ import annotations

import uuid
from typing import Any, cast

from django.db.models import BooleanField, Exists, F, Func, Model, OuterRef, Q, QuerySet, UUIDField, Value
from django.db.models.functions import Now
from django.db.models.sql.compiler import SQLCompiler

from trellis.accounts.models import Membership, User
from trellis.accounts.permissions import Permission
from trellis.core.protection import Follows, OfPerson, Open, OwnSight, Part, Protection
from trellis.need_to_know.models import Sight

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


class InSight(Func):
    """Whether the reader has sight now of one of ``parts`` of a person's record; a column may name the part.

    It compares columns of the row with nothing but equals, so that the database looks up once whom the reader sees and
    not once for each row. Put together by hand: as a query it would be put together anew for every list of a page.
    """

    output_field = BooleanField()
    rows = (
        "EXISTS(SELECT 1 FROM need_to_know_sight in_sight WHERE in_sight.user_id = {user}"
        " AND in_sight.person_id = {person} AND {part} AND in_sight.starts_at <= STATEMENT_TIMESTAMP()"
        " AND (in_sight.ends_at IS NULL OR in_sight.ends_at > STATEMENT_TIMESTAMP()))"
    )

    def __init__(self, reader: Reader, person: str, *parts: Part | F) -> None:
        named = [part if isinstance(part, F) else Value(str(part)) for part in parts]
        super().__init__(reader.user, F(person), *named)

    def as_sql(self, compiler: SQLCompiler, connection: Any, **_: Any) -> tuple[str, list[Any]]:  # type: ignore[override]
        (user, users), (person, people), *parts = map(compiler.compile, self.source_expressions)
        texts = [text for text, _ in parts]
        part = f"in_sight.part = {texts[0]}" if len(texts) == 1 else f"in_sight.part IN ({', '.join(texts)})"
        values = [*users, *people, *(value for _, own in parts for value in own)]
        return self.rows.format(user=user, person=person, part=part), values


class OfOneWhoOpens(Func):
    """Whether an agency opens what it owns to somebody who breaks the glass."""

    template = "%(expressions)s IN (SELECT id FROM accounts_agency WHERE opens_in_emergency)"
    output_field = BooleanField()


class HoldsCode(Func):
    """Whether an agency may hold items of a handling code."""

    template = "(%(expressions)s) IN (SELECT agency_id, code_id FROM need_to_know_handlingrule)"
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


def who_see_and_may(person_id: uuid.UUID, permission: Permission, *parts: Part) -> QuerySet[User]:
    """Active users with this permission who see any of the parts named, in order of name. Asked on duty."""
    may = Membership.objects.current().filter(role__permissions__contains=[str(permission)])
    seeing = sight_of_person(person_id, *parts).values("user")
    return User.objects.filter(id__in=seeing, is_active=True).filter(id__in=may.values("user")).order_by("name", "id")


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
        condition = _sees_item(protection, reader) & _may_hold(reader)
    elif protection.named:
        named = _sees(reader, person, protection.part) & Q(Within(F(protection.named), reader.agency))
        condition = _sees(reader, person, Part.RECORD, Part.EMERGENCY) | named
    else:
        condition = _sees(reader, person, Part.RECORD, protection.part, Part.EMERGENCY)
    if protection.also:
        not_sealed = Q(**{f"{protection.also}_sealed": False})
        condition &= not_sealed | _sees(reader, protection.also, Part.RECORD, Part.IDENTITY)
    return condition


def _sees(reader: Reader, person: str, *parts: Part | F) -> Q:
    return Q(InSight(reader, person if person == "pk" else f"{person}_id", *parts))


def _sees_item(protection: OfPerson, reader: Reader) -> Q:
    """Through the whole record; through the part, when the other part that the row is about is open too; in an
    emergency, when its owner opens."""
    person, about = protection.person, protection.about
    part = _sees(reader, person, protection.part)
    if about:
        part &= Q(**{about: ""}) | _sees(reader, person, F(about))
    emergency = _sees(reader, person, Part.EMERGENCY) & Q(OfOneWhoOpens(F("agency")))
    return _sees(reader, person, Part.RECORD) | part | emergency


def _may_hold(reader: Reader) -> Q:
    """The reader's agency owns the item, or may hold its code and is not left out of those it is limited to."""
    among = Q(limited_to=[]) | Q(Within(F("limited_to"), reader.agency))
    return Q(agency=reader.agency) | (Q(HoldsCode(reader.agency, F("handling"))) & among)


def _follows(model: type[Model], protection: Follows, reader: Reader, follow: bool) -> Q:
    parent = cast(type[Model], model._meta.get_field(protection.parent).related_model)
    rows = parent._default_manager.filter(pk=OuterRef(f"{protection.parent}_id"))
    condition = Q(Exists(rows.filter(seen(parent, reader)) if follow else rows))
    return condition & Q(**{protection.owner: reader.agency}) if protection.owner else condition
