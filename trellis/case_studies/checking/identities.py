"""Whom and what a story must not give away: everybody linked to a child, their places, numbers and days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Named:
    """Somebody by all they are called. ``role`` is how the story may speak of them: ``his mother``.

    ``names``: whole names (``Ada Frost``), aliases and what they are known as; each word of each is looked for.
    """

    role: str
    names: tuple[str, ...]


@dataclass(frozen=True)
class Place:
    """A place as it was typed (``14 Larch Row, Millbrook``); ``kind`` is how the story may speak of it: ``school``."""

    kind: str
    words: str


@dataclass(frozen=True)
class Known:
    """A number, address or handle that belongs to one of them; ``what`` says what it is: ``a phone number``."""

    what: str
    value: str


@dataclass(frozen=True)
class Identities:
    """``days``: birthdays and days on which something happened. ``mentioned``: words with a capital in the record's
    free text, whoever or whatever they name. ``child``: the child's own names, whose stand-in the story uses."""

    people: tuple[Named, ...] = ()
    places: tuple[Place, ...] = ()
    numbers: tuple[Known, ...] = ()
    days: frozenset[date] = frozenset()
    mentioned: frozenset[str] = frozenset()
