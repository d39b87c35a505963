"""What young people's words add to the pages of others: what they said, when they are to be heard, the plan read."""

from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID

from django.urls import reverse

from trellis.accounts.models import User
from trellis.cases.child_pages import Due
from trellis.cases.childs_words import Words, latest_words
from trellis.cases.read_back import ReadTogether
from trellis.core.clocks import today
from trellis.core.protection import Part
from trellis.core.reference_data import labels, limit
from trellis.need_to_know.access import parts_opened, sight_shown
from trellis.people.models import Person
from trellis.voice.queries import HEARD_EVERY, last_read, views_standing

MOST = 200


def said_here(user: User, person: Person) -> Iterator[Words]:
    """The views written down by themselves."""
    hows, why_nots = labels("voice_how"), labels("voice_not_said")
    for view in views_standing(user, person)[:MOST]:
        why_not = why_nots.get(view.not_said, view.not_said)
        yield Words(
            said=view.said_on,
            step=view.step,
            words=view.words,
            what=view.asked,
            heard_by=view.heard_by,
            how=hows.get(view.how, view.how),
            url=reverse("view", args=[person.id, view.id]),
            why_not=f"{why_not}. {view.not_said_why}".removesuffix(". ") if why_not else "",
        )


def voice_due(user: User, person: Person) -> Iterator[Due]:
    """While their case is open: by when they are to be heard again, counted from the last time or from its opening."""
    if Part.VOICE not in parts_opened(sight_shown(user, person)):
        return
    case = person.cases.open().first()
    if case is None:
        return
    last = latest_words(user, person)
    since = max(last.day, case.opened_on) if last else case.opened_on
    yield Due(
        since + timedelta(days=limit(HEARD_EVERY, today())),
        "Hear from them in their own words",
        reverse("child-voice", args=[person.id]),
    )


def read_together(user: User, person: Person, plan: UUID) -> ReadTogether | None:
    found = last_read(user, person, plan)
    if found is None:
        return None
    here = reverse("child-voice", args=[person.id]) + "#read"
    return ReadTogether(found.read_on, found.plan_revision, found.get_answer_display(), found.words, here)
