"""The pages of a child's record and the tags of its banner. Apps above add their own when they start."""

from collections.abc import Callable, Collection
from dataclasses import dataclass

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


PAGES: list[ChildPage] = []
TAGS: list[Callable[[Person], list[Tag]]] = []


def register_page(label: str, url_name: str, position: int, part: Part = Part.IDENTITY) -> None:
    PAGES.append(ChildPage(label, url_name, position, part))
    PAGES.sort(key=lambda page: page.position)


def pages_open(parts: Collection[Part]) -> list[ChildPage]:
    """The pages of a record of which these parts open."""
    return [page for page in PAGES if page.part in parts]


def register_tags(tags: Callable[[Person], list[Tag]]) -> None:
    """Add a source of tags: a status in words and its tone, as ``core.templatetags.ui.tag`` takes them."""
    TAGS.append(tags)


def tags_of(person: Person) -> list[Tag]:
    return [tag for source in TAGS for tag in source(person)]
