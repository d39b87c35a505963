"""Where a list goes on: opaque, and nothing personal in it."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from trellis.workspace.api.problems import Unreadable


def written(*values: datetime | UUID) -> str:
    said = "|".join(value.isoformat() if isinstance(value, datetime) else value.hex for value in values)
    return urlsafe_b64encode(said.encode()).decode().rstrip("=")


def read(cursor: str, *kinds: type) -> list[Any]:
    """The values of a cursor. Raises Unreadable, which names the parameter."""
    try:
        parts = urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode().split("|")
        values = [
            datetime.fromisoformat(part) if kind is datetime else UUID(hex=part)
            for part, kind in zip(parts, kinds, strict=True)
        ]
    except ValueError:
        raise Unreadable("after", "This is no cursor of this list: take the one in “next”") from None
    if any(isinstance(value, datetime) and value.tzinfo is None for value in values):
        raise Unreadable("after", "This is no cursor of this list: take the one in “next”")
    return values


def rows_after(
    rows: QuerySet[Any], cursor: str | None, names: tuple[str, ...], kinds: tuple[type, ...]
) -> QuerySet[Any]:
    """Rows ordered by ``names`` (a minus for latest first), from behind the one the cursor was made of."""
    rows = rows.order_by(*names)
    if not cursor:
        return rows
    values = read(cursor, *kinds)
    behind, same = Q(), Q()
    for name, value in zip(names, values, strict=True):
        field = name.removeprefix("-")
        behind |= same & Q(**{f"{field}__{'lt' if name.startswith('-') else 'gt'}": value})
        same &= Q(**{field: value})
    return rows.filter(behind)


def page(rows: QuerySet[Any], limit: int, names: tuple[str, ...]) -> tuple[list[Any], str | None]:
    """At most ``limit`` rows, and the cursor behind the last one when there are more."""
    found = list(rows[: limit + 1])
    if len(found) <= limit:
        return found, None
    last = found[limit - 1]
    return found[:limit], written(*(getattr(last, name.removeprefix("-")) for name in names))
