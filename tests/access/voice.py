"""What each child of the matrix said, a word in every part of it, and a time together whose words wait for the lead."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from tests.factories.prepared import prepared
from trellis.accounts.models import User
from trellis.core.clocks import now, today
from trellis.core.ids import new_id
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

Word = Callable[[str, str], str]


def sees_and_began(page: Any, ask: Any) -> bool:
    return bool(ask.sees_row("voice_together", "together_id") and began(ask))


def began(ask: Any) -> bool:
    return bool(ask.row("voice_together", "together_id")["worker_id"] == ask.user)


SEEN_OF_VOICE: dict[str, Callable[[Any, Any], bool]] = {
    "view said": lambda _, ask: ask.sees_row("voice_view", "view_id"),
    "change made": lambda _, ask: ask.sees_row("voice_changemade", "change_id"),
    "time together": sees_and_began,
    "page of it": sees_and_began,
    "kept together": sees_and_began,
    "typed words": sees_and_began,
}


def write_voice(name: str, child: Person, by: User, word: Word) -> dict[str, dict[str, Any]]:
    """Gives, by kind, what an address of it names."""
    day = today()
    with prepared():
        view = View.objects.create(
            person=child,
            step="plan",
            said_on=day,
            words=word(name, "voicesaid"),
            asked=word(name, "voiceasked"),
            how="spoke",
            heard_by=word(name, "voiceheard"),
        )
        View.objects.create(
            person=child, step="panel", said_on=day, not_said="other", not_said_why=word(name, "voicewhynot")
        )
        change = ChangeMade.objects.create(
            person=child, where="plan", what=word(name, "voicechanged"), changed_on=day, view=view
        )
        ReadBack.objects.create(
            person=child, plan=new_id(), plan_revision=1, read_on=day, answer="changes", words=word(name, "voiceread"),
            read_with=word(name, "voicewith"),
        )  # fmt: skip
        given = Feedback.objects.create(person=child, given_on=day, words=word(name, "voiceofus"))
        FeedbackAnswer.objects.create(feedback=given, question=a_question(), words=word(name, "voiceanswer"))
        step = time_together(name, child, by, word)
    of_child: dict[str, UUID] = {"person_id": child.id}
    together = {"together_id": step.together_id}
    return {
        "view said": {**of_child, "view_id": view.id},
        "change made": {**of_child, "change_id": change.id},
        "time together": together,
        "page of it": {**together, "position": 1},
        "way out": together,
        "kept together": {**of_child, **together},
        "typed words": {**of_child, **together, "step_id": step.id},
    }


def a_question() -> FeedbackQuestion:
    """One for every child: how many questions there are tells nothing of who answers."""
    return FeedbackQuestion.objects.order_by("position")[0]


def time_together(name: str, child: Person, by: User, word: Word) -> TogetherStep:
    together = Together.objects.create(
        person=child, worker=by, begun_at=now(), ended_at=now(), ended=Together.Ended.FINISHED
    )
    return TogetherStep.objects.create(
        together=together, position=1, question=word(name, "voicequestion"), words=word(name, "voicetyped"),
        saved_at=now(),
    )  # fmt: skip
