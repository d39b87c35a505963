"""The way to adulthood in words: days, what is missing, areas, who takes over. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from trellis.core.presenters import day as in_words
from trellis.core.presenters import plural
from trellis.need_to_know.models import AdultBasis, Grant
from trellis.need_to_know.parts import parts_in_words
from trellis.people.models import Person
from trellis.transition.lifecycle import leaves_primary_on
from trellis.transition.models import AdultThreshold, JointMeeting, SchoolMove, TransitionPlan
from trellis.transition.queries import InArea, Standing

Labels = Mapping[str, str]
CONSENT = "consent"
NOT_ASKED, NOT_LOOKED_AT = "Not asked yet", "Not looked at yet"
HUB_ONLY, PARTNERS_TOO = "The hub’s own workers only", "The hub’s own workers, and partners as far as it is shared"
TONES = {"ready": "done", "well": "done", "nearly": "structure", "mixed": "structure"}


@dataclass(frozen=True)
class Step:
    """Something that should be there by a day: what is asked for, whether it is there, and where it is done."""

    on: date
    what: str
    done: bool
    url_name: str


def called(person: Person) -> str:
    return person.known_as or person.given_name


def plan_words(plan: TransitionPlan | None) -> list[tuple[str, str]]:
    """Their words, under the headings they were asked by."""
    if plan is None:
        return []
    return [
        ("What I want from 18", plan.what_i_want),
        ("Who I want beside me", plan.who_beside_me),
        ("What worries me", plan.what_worries_me),
    ]


def steps_of(one: Standing, sees_basis: bool = True) -> list[Step]:
    """By when what should be there: their words at 17, an adult worker and readiness at 17½, the basis before 18."""
    a = one.alerts
    steps = [
        Step(a.first, "Write down what they want from 18", one.plan is not None, "transition-words"),
        Step(a.half, "Name an adult worker", one.adult_worker is not None, "name-adult-worker"),
        Step(a.half, "Look at how ready they are", one.looked_on is not None, "transition-readiness"),
    ]
    if sees_basis:
        steps.append(Step(a.last, "Ask on what the work goes on from 18", one.basis is not None, "record-basis"))
    return steps


def missing(one: Standing) -> list[str]:
    """What is not there yet, in short, for a list."""
    lacking = (
        ("their own words", one.plan),
        ("basis from 18", one.basis),
        ("adult worker", one.adult_worker),
        ("readiness", one.looked_on),
        ("panel", one.panel),
    )
    return [words for words, there in lacking if not there]


def days_to(of_age: date, today: date) -> str:
    """``18 in 100 days``, ``18 today``, ``18 since 3 March 2026``."""
    days = (of_age - today).days
    if days > 0:
        return f"18 in {plural(days, 'day')}"
    return "18 today" if days == 0 else f"18 since {in_words(of_age)}"


def list_rows(rows: Iterable[Standing], today: date) -> list[dict[str, Any]]:
    return [
        {
            "person": one.person,
            "of_age": one.alerts.of_age,
            "days": days_to(one.alerts.of_age, today),
            "alert": latest_alert(one, today),
            "missing": missing(one),
            "basis": basis_in_short(one.basis) if one.basis else "",
            "worker": one.adult_worker.name if one.adult_worker else "",
            "panel": one.panel,
            "late": any(step.on < today and not step.done for step in steps_of(one)),
        }
        for one in rows
    ]


def latest_alert(one: Standing, today: date) -> str:
    """Which alert was the last to come."""
    a = one.alerts
    days = (a.of_age - a.last).days
    named = ((a.of_age, "18"), (a.last, f"{days} days before 18"), (a.half, "17½"), (a.first, "17"))
    return next((words for on, words in sorted(named, reverse=True) if on <= today), "")


def basis_in_short(basis: AdultBasis) -> str:
    """``Consent``, or another basis by no more than that."""
    return "consent" if basis.kind == CONSENT else "another basis"


def basis_tag(person: Person, of_age: date, basis: AdultBasis | None, today: date) -> tuple[str, str]:
    """The line in the banner."""
    if basis:
        with_it = f"with {basis_in_short(basis)}"
        return (f"From 18 {with_it}" if of_age > today else f"18, {with_it}"), "structure"
    since = "18 since" if of_age <= today else "18 on"
    return f"{since} {in_words(of_age)}: no basis yet", "now"


def basis_rows(bases: Iterable[AdultBasis], labels: Labels) -> list[dict[str, Any]]:
    return [
        {
            "id": basis.id,
            "kind": labels.get(basis.kind, basis.kind),
            "words": basis.words,
            "is_consent": basis.kind == CONSENT,
            "reach": PARTNERS_TOO if basis.with_partners else HUB_ONLY,
            "starts_on": basis.starts_on,
            "recorded_at": basis.recorded_at,
            "by": basis.recorded_by,
            "ended_at": basis.ended_at,
            "why": basis.ended_because,
            "ended_by": basis.ended_by,
        }
        for basis in bases
    ]


def area_rows(areas: Labels, said: Mapping[str, InArea], statuses: Labels) -> list[dict[str, Any]]:
    """Every area of the list, also those nobody looked at."""
    return [
        {
            "area": label,
            "status": statuses.get(said[code].standing, said[code].standing) if code in said else NOT_LOOKED_AT,
            "tone": TONES.get(said[code].standing, "plain") if code in said else "plain",
            "words": said[code].words if code in said else "",
            "looked_on": said[code].looked_on if code in said else None,
        }
        for code, label in areas.items()
    ]


def threshold_rows(thresholds: Iterable[AdultThreshold], kinds: Labels, answers: Labels) -> list[dict[str, Any]]:
    """Every threshold of the list: what was asked, or that nobody has."""
    asked: dict[str, list[AdultThreshold]] = {kind: [] for kind in kinds}
    for row in thresholds:
        asked.setdefault(row.kind, []).append(row)
    return [
        {"label": kinds.get(kind, kind), "asked": [_asked(row, answers) for row in rows]}
        for kind, rows in asked.items()
    ]


def _asked(row: AdultThreshold, answers: Labels) -> dict[str, Any]:
    answer = answers.get(row.answer, row.answer) if row.answer else "No answer yet"
    return {"row": row, "answer": answer, "waits": not row.answer}


def first_met_on(meetings: Iterable[JointMeeting]) -> date | None:
    """When the adult worker and the young person met first."""
    return min((meeting.met_on for meeting in meetings if meeting.young_person_came), default=None)


def school_facts(move: SchoolMove) -> list[tuple[str, str]]:
    receipt = f"{move.received_by}, {in_words(move.received_on)}" if move.received_by else "Not received yet"
    return [
        ("What they say about it", f"“{move.childs_words}”" if move.childs_words else ""),
        ("From", move.from_school),
        ("To", move.to_school),
        ("On", in_words(move.moves_on)),
        ("Who knows them there", move.who_knows_them),
        ("What helps", move.what_helps),
        ("Visits made", move.visits),
        ("Received by the new school", receipt),
    ]


def school_missing(move: SchoolMove | None) -> list[str]:
    if move is None:
        return ["nothing written yet"]
    lacking = (
        ("which school", move.to_school),
        ("who knows them there", move.who_knows_them),
        ("what helps", move.what_helps),
        ("visits", move.visits),
        ("receipt", move.received_by),
    )
    return [words for words, there in lacking if not there]


def school_rows(people: Iterable[Person], moves: Mapping[Any, SchoolMove]) -> list[dict[str, Any]]:
    return [
        {
            "person": person,
            "by": leaves_primary_on(person.date_of_birth),
            "to": moves[person.id].to_school if person.id in moves else "",
            "missing": school_missing(moves.get(person.id)),
        }
        for person in people
    ]


def grant_rows(grants: Iterable[Grant]) -> list[tuple[str, str]]:
    """Whose sight ends, and of what."""
    return [(_whom(grant), parts_in_words(grant.parts)) for grant in grants]


def _whom(grant: Grant) -> str:
    if grant.user:
        return f"{grant.user.name}, {grant.user.agency}"
    return f"Everybody in {grant.team}" if grant.team else f"{grant.agency}"
