"""What the transitions panel knows of young people: told by an app above, which adds itself when it starts."""

from collections.abc import Callable, Collection
from uuid import UUID

from trellis.accounts.models import User

# Person to where they stand with the panel, in words, as far as the user sees; asked once for a list.
Source = Callable[[User, Collection[UUID]], dict[UUID, str]]
SOURCES: list[Source] = []


def register_panel(source: Source) -> None:
    SOURCES.append(source)


def panel_words(user: User, people: Collection[UUID]) -> dict[UUID, str]:
    return {person: words for source in SOURCES for person, words in source(user, people).items()}
