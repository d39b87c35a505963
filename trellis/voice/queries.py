"""Reads for the pages of what a young person says."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet

from trellis.accounts.models import User
from trellis.cases.childs_words import Words, words_of
from trellis.core.clocks import today
from trellis.core.reference_data import labels, limit
from trellis.need_to_know.access import visible_to
from trellis.people.models import Person
from trellis.voice.models import (
    ChangeMade,
    Feedback,
    FeedbackAnswer,
    FeedbackQuestion,
    ReadBack,
    Together,
    TogetherStep,
    View,
)

HEARD_EVERY = "voice.heard_every"
SHOWN = 100
FEW = 10


@dataclass(frozen=True)
class Voice:
    """Everything the page of one young person's voice says. ``every``: days within which they are to be heard."""

    person: Person
    words: list[Words]
    steps: dict[str, str]
    every: int
    changes: list[ChangeMade]
    feedback: list[Feedback]
    read_backs: list[ReadBack]
    waiting: list[Together]


def voice_of(user: User, person: Person) -> Voice:
    """Asked of a person the user sees; in as many queries for one line as for many."""
    changes = visible_to(user, ChangeMade).filter(person=person).select_related("view", "feedback", "teller")
    feedback = visible_to(user, Feedback).filter(person=person).prefetch_related("answers__question")
    return Voice(
        person=person,
        words=words_of(user, person),
        steps=labels("voice_step"),
        every=limit(HEARD_EVERY, today()),
        changes=list(changes[:SHOWN]),
        feedback=list(feedback[:FEW]),
        read_backs=list(visible_to(user, ReadBack).filter(person=person)[:FEW]),
        waiting=[each for each in togethers(user).filter(person=person)[:FEW] if is_waiting(each)],
    )


def views_standing(user: User, person: Person) -> QuerySet[View]:
    return visible_to(user, View).filter(person=person).standing()  # type: ignore[attr-defined]


def views_before(view: View) -> list[View]:
    """What it said before it was put right, the latest first."""
    before: list[View] = []
    while view.corrects and len(before) < FEW:
        view = view.corrects
        before.append(view)
    return before


def togethers(user: User) -> QuerySet[Together]:
    """The times together that this worker began and of which something waits, the latest first."""
    unkept = TogetherStep.objects.filter(view=None, read_back=None, set_aside_why="").exclude(words="", answer="")
    rows = visible_to(user, Together).filter(worker=user, id__in=unkept.values("together"))
    return rows.select_related("person").prefetch_related("steps")


def is_waiting(together: Together) -> bool:
    return any(step.waits for step in together.steps.all())


def pages_of(together: Together) -> list[TogetherStep]:
    return list(together.steps.all())


def last_read(user: User, person: Person, plan: UUID) -> ReadBack | None:
    return visible_to(user, ReadBack).filter(person=person, plan=plan).first()


def questions() -> list[tuple[str, str]]:
    """Code and words of the questions a worker may choose."""
    return list(labels("voice_question").items())


def feedback_questions(on: date) -> list[FeedbackQuestion]:
    """The questions about the service that are asked on a day."""
    return list(
        FeedbackQuestion.objects.filter(valid_from__lte=on).filter(Q(valid_to__isnull=True) | Q(valid_to__gte=on))
    )


@dataclass(frozen=True)
class Asked:
    """One question about the service: how many gave which face."""

    question: FeedbackQuestion
    faces: Counter[int]


def faces_given(user: User, days: int) -> tuple[int, list[Asked]]:
    """How many young people's feedback of the last days the user may see, and for each question the faces of each
    young person's latest answer: so that nobody counts twice."""
    since = today() - timedelta(days=days)
    mine = visible_to(user, Feedback).filter(given_on__gte=since, by_whom=Feedback.By.YOUNG_PERSON)
    rows = FeedbackAnswer.objects.filter(feedback__in=mine.values("id"), face__isnull=False)
    each = ("question_id", "feedback__person_id")
    latest = rows.order_by(*each, "-feedback__given_on", "-feedback__recorded_at", "id").distinct(*each)
    counted = _by_question(latest.values_list("question", "face"))
    asked = [Asked(question, counted.get(question.pk, Counter())) for question in feedback_questions(today())]
    return mine.order_by().values("person").distinct().count(), asked


def _by_question(rows: Iterable[tuple[object, int | None]]) -> dict[object, Counter[int]]:
    counted: dict[object, Counter[int]] = {}
    for question, face in rows:
        if face:
            counted.setdefault(question, Counter())[face] += 1
    return counted


def view_words(view: View) -> list[tuple[str, object]]:
    """One view, field by field, in words."""
    said = {
        "At which step": labels("voice_step").get(view.step, view.step),
        "When": view.said_on,
        "Asked": view.asked,
        "Their words": view.words,
        "Why they said nothing": labels("voice_not_said").get(view.not_said, view.not_said),
        "More about why": view.not_said_why,
        "How it was heard": labels("voice_how").get(view.how, view.how),
        "Who heard it": view.heard_by,
        "Read back to them": "Yes, and it is what they meant" if view.confirmed else "Not yet",
        "Why it was put right": view.why_corrected,
    }
    return [(term, value) for term, value in said.items() if value]
