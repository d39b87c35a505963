"""What is said in supervision about each child of the matrix's world."""

from collections.abc import Callable
from typing import Any

from trellis.accounts.models import User
from trellis.cases.models import Allocation
from trellis.core.clocks import now, today
from trellis.core.ids import new_id
from trellis.people.models import Person
from trellis.supervision.models import (
    CarriedAction,
    Formulation,
    OversightNote,
    Supervision,
    SupervisionAction,
    SupervisionActionMove,
)

Word = Callable[[str, str], str]


def write_supervision(name: str, child: Person, worker: User, word: Word) -> dict[str, dict[str, Any]]:
    """A note, a supervision with an action carried on, a formulation; and what addresses can name of them."""
    said = {what: word(name, f"oversight{what}") for what in ("lookedat", "view", "direction")}
    said["looked_at"] = said.pop("lookedat")
    OversightNote.objects.create(person=child, noted_on=today(), recorded_by=worker, **said)
    held = Supervision.objects.create(
        person=child,
        session=new_id(),
        kind="case",
        held_on=today(),
        worker=worker,
        took_part=word(name, "supervisiontook"),
        talked_about=word(name, "supervisiontalked"),
        childs_experience=word(name, "supervisionchilds"),
        recorded_by=worker,
    )
    action = SupervisionAction.objects.create(
        person=child,
        supervision=held,
        what=word(name, "supervisionaction"),
        owner=worker,
        due_on=today(),
        recorded_by=worker,
    )
    SupervisionActionMove.objects.create(
        action=action, new="to_do", moved_at=now(), moved_by=worker, why=word(name, "actionmove")
    )
    CarriedAction.objects.create(
        action=action, into=held, carried_at=now(), carried_by=worker, why=word(name, "actioncarried")
    )
    parts = {part: word(name, f"formulation{part.replace('_', '')}") for part in ("took_part", *Formulation.PARTS)}
    made = Formulation.objects.create(person=child, formulated_on=today(), lead=worker, recorded_by=worker, **parts)
    return {
        "formulation": {"person_id": child.id, "formulation_id": made.id},
        "action": {"person_id": child.id, "action_id": action.id},
    }


def allocated(child: Person) -> dict[str, dict[str, Any]]:
    """What addresses can name of who works an open case."""
    held = Allocation.objects.current().get(case__person=child)
    return {"worked": {"person_id": child.id}, "allocation": {"person_id": child.id, "allocation_id": held.id}}
