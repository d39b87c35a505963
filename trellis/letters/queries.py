"""Letters as pages and other apps ask for them, and the words a letter begins with."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from django.db.models import F, Q, QuerySet

from trellis.accounts.models import User
from trellis.cases.models import Case
from trellis.core.clocks import today
from trellis.core.presenters import day
from trellis.letters.lifecycle import READY, RETURNED, SENT
from trellis.letters.models import Letter, LetterMove, LetterParagraph, NoLetter
from trellis.need_to_know.access import visible_to
from trellis.people.models import Person, PracticeRegistration

# The letters that can be written, by the name in their page's address.
LETTERS = {
    "gp-opening": ("gp", "opening"),
    "gp-closing": ("gp", "closing"),
    "school-closing": ("school", "closing"),
    "other": ("other", "other"),
}


def letters_of(user: User, person: Person) -> list[Letter]:
    """Every letter about this young person that the user may see, the latest first."""
    return list(visible_to(user, Letter).filter(person=person).select_related("recorded_by"))


def letters_under_way(user: User) -> QuerySet[Letter]:
    """The letters somebody has to look at, of all young people whom the user sees: the longest waiting first."""
    rows = visible_to(user, Letter).filter(status__in=(READY, SENT, RETURNED))
    return rows.select_related("person", "recorded_by").order_by("recorded_at", "id")


def is_settled(case: Case, kind: str, occasion: str) -> bool:
    """Whether a letter of this kind was prepared for this case and occasion, or why none is sent was recorded."""
    asked = {"case": case, "kind": kind, "occasion": occasion}
    return Letter.objects.filter(**asked).exists() or NoLetter.objects.filter(**asked).exists()


def settled_cases(kind: str, occasion: str, cases: Collection[UUID]) -> set[UUID]:
    """Those of ``cases`` of which ``is_settled`` holds. Two queries."""
    asked = Q(case__in=cases, kind=kind, occasion=occasion)
    rows = [*Letter.objects.filter(asked).values_list("case", flat=True)]
    return {*rows, *NoLetter.objects.filter(asked).values_list("case", flat=True)}


def last_address(user: User, recipient: str, practice_code: str = "") -> str:
    """The e-mail address that the latest letter to this practice went to, as far as the user sees letters."""
    same = Q(recipient__iexact=recipient) | (Q(practice_code=practice_code) if practice_code else Q())
    rows = visible_to(user, Letter).filter(same).exclude(address="").order_by("-recorded_at")
    return rows.values_list("address", flat=True).first() or ""


def case_written_of(user: User, person: Person) -> Case | None:
    """The case a letter is of: the open one, else the latest."""
    return visible_to(user, Case).filter(person=person).order_by(F("closed_on").desc(nulls_first=True)).first()


def practice_of(user: User, person: Person) -> PracticeRegistration | None:
    """The GP practice they are registered with today, as far as the user may know it."""
    rows = visible_to(user, PracticeRegistration).filter(person=person, starts_on__lte=today())
    return rows.exclude(ends_on__lte=today()).order_by("-starts_on").first()


def steps_of(letter: Letter) -> list[LetterMove]:
    return list(LetterMove.objects.filter(letter=letter).select_related("moved_by").order_by("moved_at", "recorded_at"))


def paragraphs(letter: str, on: date) -> list[str]:
    """The paragraphs of this letter in force on a day, in order."""
    held = LetterParagraph.objects.filter(letter=letter, valid_from__lte=on).exclude(valid_to__lte=on)
    latest = {row.place: row.words for row in held.order_by("valid_from")}
    return [latest[place] for place in sorted(latest)]


def first_words(*, person: Person, kind: str, occasion: str, by: User, case: Case | None = None) -> str:
    """What a letter begins with, filled in, a blank line between paragraphs."""
    told = {
        "{name}": f"{person.given_name} {person.family_name}".strip(),
        "{born}": day(person.date_of_birth),
        "{opened}": day(case.opened_on) if case else "some time",
        "{sender}": by.name,
        "{agency}": str(by.agency),
    }
    text = "\n\n".join(paragraphs(f"{kind}.{occasion}", today()))
    for word, value in told.items():
        text = text.replace(word, value)
    return text
