"""What health adds to a child's overview and asks before a case is closed."""

from collections.abc import Iterator

from django.urls import reverse

from trellis.accounts.models import User
from trellis.accounts.permissions import Permission
from trellis.cases.child_pages import Due, Involved
from trellis.cases.closing import Unfinished
from trellis.cases.models import Case
from trellis.core.clocks import today
from trellis.core.presenters import day
from trellis.core.protection import Part
from trellis.core.reference_data import labels
from trellis.health_needs.queries import letters_due_of, questions_waiting_of, services_of
from trellis.letters.models import Kind, Occasion
from trellis.letters.queries import is_settled
from trellis.need_to_know.access import parts_opened, sight_shown
from trellis.people.models import Person

WORDS = {Occasion.OPENING: "Tell the GP that the case was opened", Occasion.CLOSING: "Tell the GP of the closing"}


def health_due(user: User, person: Person) -> Iterator[Due]:
    """Letters to the GP, and what health is asked."""
    if Part.HEALTH not in parts_opened(sight_shown(user, person)):
        return
    for one in letters_due_of(user, person) if user.may(Permission.LETTER_SEND) else ():
        yield Due(one.due_on, WORDS[Occasion(one.occasion)], reverse("write-letter", args=[person.id, one.letter]))
    for question in questions_waiting_of(user, person):
        yield Due(question.due_on, "Health is asked for an update", reverse("child-health", args=[person.id]))


def services_involved(user: User, person: Person) -> Iterator[Involved]:
    """The health services that are involved today."""
    kinds: dict[str, str] = {}
    for service in services_of(user, person):
        if service.ends_on is None or service.ends_on > today():
            kinds = kinds or labels("health_service")
            label = kinds.get(service.kind, service.kind)
            yield Involved(service.name or label, label, f"since {day(service.starts_on)}")


def gp_not_told(case: Case) -> Iterator[Unfinished]:
    """Before a case is closed a letter to the GP is prepared for it, or it is said why none is sent."""
    if not is_settled(case, Kind.GP, Occasion.CLOSING):
        page = reverse("write-letter", args=[case.person_id, "gp-closing"])
        yield Unfinished("The GP is not yet told of the closing. Write to them, or say why not", page)
