"""Reads of the list, and what it says about a text."""

from collections.abc import Iterable

from trellis.core.clocks import today
from trellis.wording.models import Nudge
from trellis.wording.nudges import Found, nudges_in


def the_list() -> list[Nudge]:
    """What is in force today, by what it is about."""
    return list(Nudge.objects.in_force(today()).order_by("code"))


def advice_on(text: str) -> list[Found]:
    """What the list of today says about ``text``; nothing of the text is kept."""
    return nudges_in(text, [nudge.advice for nudge in the_list()])


def advice_on_each(texts: Iterable[str]) -> list[list[Found]]:
    """The same for several texts, the list being read once."""
    advice = [nudge.advice for nudge in the_list()]
    return [nudges_in(text, advice) for text in texts]


def revisions_of(nudge: Nudge) -> list[Nudge]:
    """How an entry changed, latest first."""
    return list(Nudge.objects.filter(code=nudge.code).select_related("recorded_by").order_by("-revision"))


def withdrawn() -> list[Nudge]:
    """Entries that were taken out of the list, as they last stood."""
    latest = Nudge.objects.order_by("code", "-revision").distinct("code").values("id")
    return list(Nudge.objects.filter(id__in=latest, withdrawn=True).order_by("code"))
