"""Supervision and caseloads, in words for a page."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from trellis.core.presenters import day
from trellis.supervision.lifecycle import ACTION
from trellis.supervision.models import CarriedAction, Formulation, Supervision, SupervisionAction, SupervisionActionMove
from trellis.supervision.queries import Load, Worked

HEADINGS = {
    "what_happened": "What happened to them",
    "family": "The family",
    "identity": "Identity",
    "strengths": "Strengths",
    "keeps_going": "What keeps it going",
    "helps": "What helps, or may help",
}


def action_rows(
    actions: Iterable[SupervisionAction], carried: Mapping[UUID, list[CarriedAction]], on: date
) -> list[dict[str, Any]]:
    return [
        {
            "action": action,
            "late": action.status == "to_do" and action.due_on < on,
            "carried": [carried_in_words(one) for one in carried.get(action.id, ())],
        }
        for action in actions
    ]


def carried_in_words(one: CarriedAction) -> str:
    by = f" by {one.carried_by.name}" if one.carried_by else ""
    why = f": {one.why}" if one.why else ""
    return f"Carried into the supervision of {day(one.into.held_on)}{by}{why}"


def steps(moves: Iterable[SupervisionActionMove]) -> list[tuple[str, SupervisionActionMove]]:
    """Each step of an action with what it is called."""
    return [(ACTION.statuses[move.new], move) for move in moves]


def supervision_rows(supervisions: Iterable[Supervision], agencies: Mapping[str, str]) -> list[dict[str, Any]]:
    return [
        {
            "supervision": one,
            "agencies": ", ".join(agencies.get(code, code) for code in one.agencies),
        }
        for one in supervisions
    ]


def formulation_parts(formulation: Formulation) -> list[tuple[str, str]]:
    """The parts somebody has written in."""
    said = [(heading, getattr(formulation, name)) for name, heading in HEADINGS.items()]
    return [(heading, text) for heading, text in said if text.strip()]


def own_figures(load: Load, worked: list[Worked]) -> list[tuple[str, object]]:
    last = load.supervised_on
    return [
        ("Open cases", f"{load.leads} as lead worker, {load.joint} as joint worker"),
        ("Assessments under way", f"{load.assessments} of up to {load.most}"),
        ("Tasks overdue", load.overdue),
        ("Actions from supervision overdue", load.actions_overdue),
        ("Last supervision", day(last) if last else "None recorded yet"),
        ("Young people without supervision yet", sum(row.supervised_on is None for row in worked)),
    ]
