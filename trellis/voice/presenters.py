"""The voice of a young person in words: what was said over all steps, where nothing was heard, what changed."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from django.urls import reverse

from trellis.cases.childs_words import NOT_ASKED, Words
from trellis.core.presenters import day, plural
from trellis.measures.disclosure import DEFAULT_RULE
from trellis.people.models import Person
from trellis.voice.models import ChangeMade, Feedback, ReadBack, Together, View
from trellis.voice.models.feedback import FACES
from trellis.voice.queries import Asked, Voice

WEEK = 7
GOOD = (4, 5)
WITHHELD = "Withheld: too few to tell without telling who"


def called(person: Person) -> str:
    return person.known_as or person.given_name


def weeks(days: int) -> str:
    return plural(days // WEEK, "week")


def timeline(voice: Voice, today: date) -> list[dict[str, Any]]:
    """Every time words were heard or were not, the latest first; where nothing was heard for longer than the limit
    stands a gap."""
    rows, later = [], today
    for line in voice.words:
        if line.words:
            rows += gap(line.day, later, voice.every, still=later == today)
            later = line.day
        rows.append(said_row(line, voice.steps))
    return rows


def gap(heard: date, later: date, every: int, still: bool) -> list[dict[str, Any]]:
    quiet = (later - heard).days
    if quiet <= every:
        return []
    words = f"Nothing heard since {day(heard)}: {weeks(quiet)}" if still else f"Nothing heard for {weeks(quiet)}"
    return [{"gap": words}]


def said_row(line: Words, steps: dict[str, str]) -> dict[str, Any]:
    return {
        "said": line.said,
        "step": steps.get(line.step, line.step),
        "words": line.words,
        "what": line.what,
        "from": ", ".join(
            filter(None, (line.how, f"heard by {line.heard_by}" if line.heard_by and line.words else ""))
        ),
        "url": line.url,
        "why_not": line.why_not,
    }


def steps_said(voice: Voice) -> list[dict[str, Any]]:
    """Each step: when they were last heard there, or why not; not asked yet is said."""
    return [step_row(label, [line for line in voice.words if line.step == code]) for code, label in voice.steps.items()]


def step_row(label: str, lines: Sequence[Words]) -> dict[str, Any]:
    heard = next((line for line in lines if line.words), None)
    latest = lines[0] if lines else None
    return {
        "label": label,
        "heard_on": heard.day if heard else None,
        "why_not": "" if heard else (latest.why_not if latest else NOT_ASKED),
    }


def changes(rows: Iterable[ChangeMade], person: Person) -> list[dict[str, Any]]:
    return [
        {
            "what": change.what,
            "where": change.get_where_display(),
            "on": change.changed_on,
            "because": because(change),
            "told": f"Told them on {day(change.told_on)}: {change.told_how}" if change.told_on else "",
            "tell_url": reverse("tell-of-change", args=[person.id, change.id]),
        }
        for change in rows
    ]


def because(change: ChangeMade) -> str:
    if change.view:
        return f"they said “{short(change.view.words)}” on {day(change.view.said_on)}"
    return f"of what they said of us on {day(change.feedback.given_on)}" if change.feedback else ""


def short(words: str, most: int = 90) -> str:
    return words if len(words) <= most else f"{words[:most].rsplit(' ', 1)[0]} …"


def feedback_rows(rows: Iterable[Feedback]) -> list[dict[str, Any]]:
    return [
        {
            "on": each.given_on,
            "by": each.get_by_whom_display(),
            "words": each.words,
            "answers": [
                (answer.question.words, FACES[answer.face] if answer.face else "", answer.words)
                for answer in each.answers.all()
            ],
        }
        for each in rows
    ]


def read_rows(rows: Iterable[ReadBack]) -> list[dict[str, Any]]:
    return [
        {"on": row.read_on, "answer": row.get_answer_display(), "words": row.words, "with": row.read_with}
        for row in rows
    ]


def reasons(views: Iterable[View], feedback: Iterable[Feedback]) -> Iterator[tuple[str, str]]:
    """What a change may be because of: views and feedback, the latest first."""
    for view in views:
        yield f"view {view.id}", f"{day(view.said_on)}: {short(view.words, 70)}"
    for each in feedback:
        yield f"feedback {each.id}", f"{day(each.given_on)}: what they said of us"


def waiting_rows(rows: Iterable[Together]) -> list[dict[str, Any]]:
    return [
        {
            "at": together.begun_at,
            "person": together.person,
            "url": reverse("keep-words", args=[together.person_id, together.id]),
            "count": plural(sum(step.waits for step in together.steps.all()), "answer"),
            "left": together.ended == Together.Ended.LEFT,
        }
        for together in rows
    ]


def feedback_figures(asked: Iterable[Asked]) -> list[dict[str, str]]:
    """For each question how many of those who answered chose one of the two good faces. What is so small that it could
    tell who, or whose rest is, is withheld."""
    return [{"question": each.question.words, "said": good_of(each)} for each in asked]


def good_of(asked: Asked) -> str:
    base, good = sum(asked.faces.values()), sum(asked.faces[face] for face in GOOD)
    if not base:
        return "Nobody answered yet"
    small = DEFAULT_RULE.small
    if small(base) or small(good) or small(base - good):
        return WITHHELD
    return f"{good} of {base}"
