"""What young people say, made through the services."""

from datetime import timedelta

from trellis.audit_log.trail import recorded
from trellis.core.clocks import today
from trellis.core.ids import new_id
from trellis.voice import services
from trellis.voice.models import ChangeMade, Feedback, FeedbackQuestion, Together, View
from trellis.voice.queries import feedback_questions


def said(person, by, words="I want my own school back", **fields) -> View:
    fields = {"step": "everyday", "said_on": today(), "how": "spoke", **fields}
    with recorded(by, "test", duty="test"):
        return services.record_view(person=person, words=words, by=by, key=new_id(), **fields)


def not_said(person, by, **fields) -> View:
    return said(person, by, words="", **{"how": "", "not_said": "did_not_want", **fields})


def changed(person, by, **fields) -> ChangeMade:
    fields = {"where": "plan", "what": "Sessions are at the boxing club now", "changed_on": today(), **fields}
    with recorded(by, "test", duty="test"):
        return services.record_change(person=person, by=by, key=new_id(), **fields)


def feedback(person, by, face: int | None = 4, words="", **fields) -> Feedback:
    """The same face for every question."""
    answers: dict[FeedbackQuestion, tuple[int | None, str]] = dict.fromkeys(feedback_questions(today()), (face, ""))
    fields = {"by_whom": "young_person", "given_on": today(), **fields}
    with recorded(by, "test", duty="test"):
        return services.record_feedback(person=person, answers=answers, words=words, by=by, key=new_id(), **fields)


def together(person, by, questions=("What is hard at the moment?", "Who do you trust?"), **fields) -> Together:
    with recorded(by, "test", duty="test"):
        return services.begin_together(person=person, questions=list(questions), by=by, key=new_id(), **fields)


def wrote(together: Together, words="Nobody asks me", position=1, answer="") -> None:
    with recorded(together.worker, "test", duty="test"):
        services.save_said(together=together, position=position, words=words, answer=answer)


def long_ago(days: int):
    return today() - timedelta(days=days)
