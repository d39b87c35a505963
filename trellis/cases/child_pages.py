"""The pages of a child's record, the tags of its banner, the sections of "Who sees this record", what is due and who is
involved on the overview. Apps above add their own when they start."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from trellis.accounts.models import User
from trellis.core.clocks import london_date
from trellis.core.protection import Part
from trellis.people.models import Person

Tag = tuple[str, str]


@dataclass(frozen=True)
class ChildPage:
    """A page at ``/children/<id>/...``, found by ``url_name``, listed at ``position`` to whom ``part`` opens."""

    label: str
    url_name: str
    position: int
    part: Part = Part.IDENTITY


@dataclass(frozen=True)
class Section:
    """A part of "Who sees this record": ``template`` finds ``context`` under the name ``section``."""

    template: str
    context: Mapping[str, Any]


PAGES: list[ChildPage] = []
TAGS: list[Callable[[User, Person], list[Tag]]] = []
READERS_TAGS: list[Callable[[User, Person], list[Tag]]] = []
ACCESS_SECTIONS: list[Callable[[User, Person], Section | None]] = []


def register_page(label: str, url_name: str, position: int, part: Part = Part.IDENTITY) -> None:
    PAGES.append(ChildPage(label, url_name, position, part))
    PAGES.sort(key=lambda page: page.position)


def pages_open(parts: Collection[Part]) -> list[ChildPage]:
    """The pages of a record of which these parts open."""
    return [page for page in PAGES if page.part in parts]


def register_tags(tags: Callable[[User, Person], list[Tag]]) -> None:
    """Add a source of tags, as far as a reader may know of them: a status in words and its tone, as
    ``core.templatetags.ui.tag`` takes them."""
    TAGS.append(tags)


def register_readers_tags(tags: Callable[[User, Person], list[Tag]]) -> None:
    """Add a source of tags that tell a reader of their own sight; they stand first."""
    READERS_TAGS.append(tags)


def tags_of(user: User, person: Person) -> list[Tag]:
    own = [tag for source in READERS_TAGS for tag in source(user, person)]
    return own + [tag for source in TAGS for tag in source(user, person)]


def register_access_section(section: Callable[[User, Person], Section | None]) -> None:
    """Add a section to "Who sees this record"; None is nothing this user may know of, and leaves no trace."""
    ACCESS_SECTIONS.append(section)


def access_sections(user: User, person: Person) -> list[Section]:
    made = [section(user, person) for section in ACCESS_SECTIONS]
    return [section for section in made if section is not None]


@dataclass(frozen=True)
class Due:
    """Something that is due for a child by a day or a moment, in words; ``url`` leads to where it is done."""

    on: date | datetime
    what: str
    url: str = ""

    @property
    def day(self) -> date:
        return london_date(self.on) if isinstance(self.on, datetime) else self.on


@dataclass(frozen=True)
class Involved:
    """Somebody who works with the child: ``part`` is what they do, ``more`` from where and since when."""

    name: str
    part: str
    more: str = ""


DUE: list[Callable[[User, Person], Iterable[Due]]] = []
INVOLVED: list[Callable[[User, Person], Iterable[Involved]]] = []


def register_due(source: Callable[[User, Person], Iterable[Due]]) -> None:
    """Add a source of what is due for a child, as far as the reader may know of it; the overview lists all of it."""
    DUE.append(source)


def register_involved(source: Callable[[User, Person], Iterable[Involved]]) -> None:
    """Add a source of who is involved, as far as the reader may know of them; after the case's own workers."""
    INVOLVED.append(source)


def due_of(user: User, person: Person) -> list[Due]:
    """All that is due for a child, the soonest first."""
    return sorted((line for source in DUE for line in source(user, person)), key=lambda line: line.day)


def involved_of(user: User, person: Person) -> list[Involved]:
    return [line for source in INVOLVED for line in source(user, person)]
