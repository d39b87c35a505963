"""What is worth knowing of every young person, why, and what of it is not known yet. Pure.

Not asked, asked and not told, and asked but nobody knows are three things: the first is ours to do, the second is the
young person's right, the third tells where to ask next.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Answer(StrEnum):
    NOT_ASKED = "not_asked"
    NOT_TOLD = "not_told"
    NOT_KNOWN = "not_known"


ANSWERS = {
    Answer.NOT_ASKED: "Not asked yet",
    Answer.NOT_TOLD: "Asked, not told",
    Answer.NOT_KNOWN: "Asked, not known",
}


@dataclass(frozen=True)
class Question:
    """Something worth knowing: why it matters, who may know, and the ``section`` of the record where it is written."""

    code: str
    label: str
    why: str
    ask: str
    section: str


QUESTIONS = (
    Question("own_words", "Their own words", "the record is about them", "ask what matters to them", "voice"),
    Question("safe_contact", "Safe contact", "a call at the wrong time can bring harm", "ask how it is safe", "voice"),
    Question("pronouns", "Pronouns", "to speak of them as they do", "ask them", "names"),
    Question("gender_identity", "Gender identity", "it is apart from sex, and theirs to say", "ask them", "names"),
    Question("ethnicity", "Ethnicity", "to see whether we treat all alike", "ask them or their family", "ethnicity"),
    Question("ethnicity_defined_by", "Who said which ethnicity", "a guess is not an answer", "ask them", "ethnicity"),
    Question("language", "First language", "to be understood when it matters", "ask them or school", "languages"),
    Question("interpreter", "Interpreter", "so that nobody's child interprets", "ask them or school", "languages"),
    Question("disability", "Disability", "it changes what help has to be", "ask them, school or health", "disability"),
    Question("family", "Family or carers", "who is at home and keeps them safe", "ask who they live with", "people"),
    Question("trusted_adult", "A trusted adult", "one person they can talk to", "ask who they can talk to", "people"),
    Question("education", "Education now", "where they are on a weekday, or are not", "ask education", "education"),
    Question("send", "Extra support in learning", "needs are often known and not shared", "ask education", "education"),
    Question("gp", "GP practice", "health has to be told and asked", "ask health", "gp"),
    Question("nhs_number", "NHS number", "joins what health knows to this record", "ask health", "numbers"),
    Question("upn", "Unique pupil number", "joins what schools know to this record", "ask education", "numbers"),
    Question("locality", "Locality", "which local team works with them", "look it up", "home"),
)
BY_CODE = {question.code: question for question in QUESTIONS}


@dataclass(frozen=True)
class Gap:
    """A question without an answer on the record; ``on`` is the day somebody asked."""

    question: Question
    answer: Answer
    on: date | None = None

    @property
    def words(self) -> str:
        return ANSWERS[self.answer]


@dataclass(frozen=True)
class Completeness:
    """How much of what is worth knowing is recorded, and what is not."""

    gaps: tuple[Gap, ...]
    total: int

    @property
    def known(self) -> int:
        return self.total - len(self.gaps)

    @property
    def percent(self) -> int:
        """Whole per cent, rounded down: 100 means everything."""
        return 100 * self.known // self.total

    @property
    def to_ask(self) -> list[Gap]:
        return [gap for gap in self.gaps if gap.answer == Answer.NOT_ASKED]


def completeness(recorded: Collection[str], asked: Mapping[str, Mapping[str, str]]) -> Completeness:
    """``recorded``: codes of questions with an answer. ``asked``: what came of asking about others, by code, as
    ``Particulars.asked`` keeps it."""
    gaps = [_gap(q, asked.get(q.code)) for q in QUESTIONS if q.code not in recorded]
    return Completeness(tuple(gaps), len(QUESTIONS))


def _gap(question: Question, kept: Mapping[str, str] | None) -> Gap:
    if not kept:
        return Gap(question, Answer.NOT_ASKED)
    return Gap(question, Answer(kept["outcome"]), date.fromisoformat(kept["on"]))
