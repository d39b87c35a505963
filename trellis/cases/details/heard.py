"""The young person's own words that stand above their record, as a source of what they said."""

from collections.abc import Iterator

from django.urls import reverse

from trellis.accounts.models import User
from trellis.cases.childs_words import Words
from trellis.core.protection import Part
from trellis.need_to_know.access import sight_shown, visible_to
from trellis.people.models import Person, PersonChange


def own_words(user: User, person: Person) -> Iterator[Words]:
    """Said when they were last changed: to whoever does not see changes, when the record began."""
    if not person.own_words:
        return
    changes = visible_to(user, PersonChange).filter(person=person, section="voice", new__has_key="own_words")
    last = changes.select_related("changed_by").order_by("-changed_at").first()
    whole = sight_shown(user, person) & {Part.RECORD, Part.EMERGENCY}
    yield Words(
        said=last.changed_at if last else person.recorded_at,
        step="everyday",
        words=person.own_words,
        what="What we should know about me",
        heard_by=last.changed_by.name if last and last.changed_by else "",
        url=reverse("child-details", args=[person.id]) if whole else "",
    )
