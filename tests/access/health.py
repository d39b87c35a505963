"""What health told, was asked and knows of each child of the matrix, and the letters about them."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from trellis.accounts.models import User
from trellis.accounts.sealed import keyed_hash
from trellis.cases.models import Case
from trellis.core.clocks import now, today
from trellis.health_needs.models import (
    HealthQuestion,
    HealthQuestionMove,
    HealthService,
    HealthServiceCorrection,
    HealthUpdate,
)
from trellis.letters.models import Letter, LetterLink, LetterMove, NoLetter
from trellis.people.models import Person

Word = Callable[[str, str], str]
REFUSED = 403


def named(table: str, key: str) -> Callable[[Any, Any], bool]:
    return lambda _, ask: ask.sees("health") and ask.sees_row(table, key)


SEEN_OF_HEALTH = {
    "letter": named("letters_letter", "letter_id"),
    "letter to write": lambda _, ask: ask.sees("health"),
    "health question": named("health_needs_healthquestion", "question_id"),
    "health update": named("health_needs_healthupdate", "update_id"),
    "health service": named("health_needs_healthservice", "service_id"),
}


def speaks_for_health(ask: Any) -> int | None:
    """Only workers of health write updates."""
    return None if ask.oracle.row("accounts_agency", ask.agency)["code"] == "health" else REFUSED


def sends_letters_to_write(ask: Any) -> int | None:
    return None if ask.method == "GET" or ask.may("LETTER_SEND") else REFUSED


def write_health(name: str, child: Person, lead: User, word: Word) -> dict[str, dict[str, Any]]:
    """Rows of every kind; gives, by kind, what an address of it names."""
    by, day = {"recorded_by": lead}, today()
    coded = {"handling": "P", "conditions": "", "limited_to": [], "agency": lead.agency}
    case = Case.objects.get(person=child)
    question = HealthQuestion.objects.create(
        person=child, question=word(name, "healthasked"), due_on=day, asked_at=now(), **by
    )
    HealthQuestionMove.objects.create(question=question, new="asked", moved_at=now(), why=word(name, "healthmove"))
    update = HealthUpdate.objects.create(person=child, told_on=day, words=word(name, "healthtold"), **coded, **by)
    texts = {what: word(name, f"healthservice{what.replace('_', '')}") for what in ("name", "contact", "what_for")}
    service = HealthService.objects.create(person=child, kind="camhs", starts_on=day, **texts, **coded, **by)
    HealthServiceCorrection.objects.create(
        service=service, old_values={"name": word(name, "servicewas")}, corrected_at=now(), why=word(name, "servicewhy")
    )
    letter = Letter.objects.create(
        person=child,
        case=case,
        kind="gp",
        occasion="opening",
        recipient=word(name, "practiceto"),
        words=word(name, "letterwords"),
        written_on=day,
        address=f"{word(name, 'letteraddress')}@practice.example".lower(),
        **by,
    )
    LetterMove.objects.create(letter=letter, new="ready", moved_at=now(), why=word(name, "lettermove"))
    LetterLink.objects.create(
        letter=letter,
        address="",
        token_hash=keyed_hash(str(letter.id), "letter-link"),
        lapses_at=now() + timedelta(days=9),
    )
    told = {"kind": "gp", "occasion": "closing", "reason": "not_in_interest", "words": word(name, "noletter")}
    NoLetter.objects.create(person=child, case=case, **told, **by)
    ids = {"person_id": child.id}
    return {
        "health question": {**ids, "question_id": question.id},
        "health update": {**ids, "update_id": update.id},
        "health service": {**ids, "service_id": service.id},
        "letter": {**ids, "letter_id": letter.id},
        "letter link": {"token": str(letter.id)},
        "letter to write": {**ids, "letter": "gp-opening"},
    }
