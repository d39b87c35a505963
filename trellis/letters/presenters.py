"""Letters in words: how each stands and what is to be done."""

from datetime import date
from typing import Any

from django.urls import reverse

from trellis.core.presenters import day, moment
from trellis.letters.lifecycle import ACKNOWLEDGED, COLLECTED, LETTER, NOT_SENT, OTHER_WAY, READY, RETURNED, SENT
from trellis.letters.models import Letter, LetterMove

TONES = {
    READY: "plain",
    SENT: "structure",
    COLLECTED: "done",
    ACKNOWLEDGED: "done",
    RETURNED: "now",
    OTHER_WAY: "structure",
    NOT_SENT: "plain",
}


def is_to_chase(letter: Letter, today: date) -> bool:
    return letter.status == SENT and letter.chase_on is not None and letter.chase_on < today


def what_to_do(letter: Letter, today: date, can_leave: bool) -> str:
    """The next thing somebody has to do; empty when nothing is."""
    if letter.status == RETURNED:
        return "Send it to another address, or by post, or say why it is not sent"
    if letter.status == READY and (not letter.address or not can_leave):
        return "Send it by post or another way, and say so here"
    if letter.status == READY:
        return "It is being sent; look again in a few minutes"
    if is_to_chase(letter, today):
        return "Ring and ask them to collect it"
    if letter.status == SENT and not letter.code_hash:
        return "Make the access code and ring them"
    return ""


def takes_code(letter: Letter) -> bool:
    """Whether somebody may still collect it here."""
    return bool(letter.address) and letter.status in (READY, SENT, COLLECTED)


def letter_row(letter: Letter, today: date, can_leave: bool) -> dict[str, Any]:
    return {
        "id": letter.id,
        "person_id": letter.person_id,
        "url": reverse("child-letter", args=[letter.person_id, letter.id]),
        "title": str(letter),
        "recipient": letter.recipient,
        "status": letter.get_status_display(),
        "tone": TONES[letter.status],
        "written": letter.written_on,
        "by": letter.recorded_by.name if letter.recorded_by else "",
        "to_do": what_to_do(letter, today, can_leave),
        "late": letter.status == RETURNED or is_to_chase(letter, today),
    }


def letter_facts(letter: Letter) -> list[tuple[str, str]]:
    """Where it went and how it stands, line by line; what is not known says so."""
    went = f"{day(letter.told_on)}, {letter.get_sent_how_display().lower()}" if letter.told_on else "Not yet"
    return [
        ("For", letter.recipient),
        ("E-mail address", letter.address or "None: it goes another way"),
        ("Written", f"{day(letter.written_on)}, {letter.recorded_by.name if letter.recorded_by else 'Not known'}"),
        ("Went out", went),
        ("Collected", moment(letter.collected_at) or "Not here"),
        ("Acknowledged", moment(letter.acknowledged_at) or "Not yet"),
        ("Asked after", f"from {day(letter.chase_on)} on" if letter.chase_on else "Not due"),
        ("Access code", f"Made {moment(letter.code_made_at)}" if letter.code_made_at else "Not made yet"),
    ]


def step_words(step: LetterMove) -> dict[str, Any]:
    asked = step.old == step.new
    return {
        "words": "Asked after" if asked else LETTER.statuses[step.new],
        "at": step.moved_at,
        "by": step.moved_by.name if step.moved_by else "",
        "why": step.why,
    }
