"""Supervision, actions, formulations and notes by their state, made through the services."""

from datetime import timedelta

from tests.factories import accounts, cases
from tests.factories.prepared import prepared
from trellis.core.clocks import today
from trellis.supervision import services
from trellis.supervision.models import Formulation, OversightNote, Supervision, SupervisionAction
from trellis.supervision.services import Agreed, Answer, TalkedAbout


def supervision(person=None, worker=None, by=None, agreed=(), answers=None, **said) -> Supervision:
    """A case supervision about one young person, held today."""
    person, worker = person or cases.open_case().person, worker or accounts.hub_worker()
    held = {"kind": "case", "held_on": today(), "took_part": "", "agencies": ["social_care"]}
    held |= {name: said.pop(name) for name in tuple(said) if name in held}
    words = {"talked_about": "What would help her feel safe", **said}
    one = TalkedAbout(person, agreed=agreed, answers=answers or {}, **words)
    with prepared():
        (made,) = services.hold_supervision(of_each=[one], by=by or accounts.manager(), worker=worker, **held)
    return made


def action(person=None, owner=None, days=7, what="Ring the school") -> SupervisionAction:
    """Agreed in a supervision, and still to do."""
    owner = owner or accounts.hub_worker()
    made = supervision(person, worker=owner, agreed=[Agreed(what, owner, today() + timedelta(days=days))])
    return made.actions.get()


def done() -> Answer:
    return Answer("done", "She has a place from Monday")


def formulation(person=None, after=0, lead=None, by=None, **parts) -> Formulation:
    person, lead = person or cases.open_case().person, lead or accounts.hub_worker_of("psychology")
    with prepared():
        return services.write_formulation(
            person=person,
            after=after,
            formulated_on=today(),
            lead=lead,
            by=by or lead,
            **{"what_happened": "He lost two homes in a year", "helps": "Boxing with his uncle", **parts},
        )


def oversight(person=None, by=None, **said) -> OversightNote:
    said = {"looked_at": "The plan", "view": "She is heard", "direction": "Go on so", "noted_on": today(), **said}
    with prepared():
        return services.note_oversight(person=person or cases.open_case().person, by=by or accounts.manager(), **said)
