"""Letters by their state, made through the services; and cases of which the GP was told."""

from tests.factories import accounts, cases, people
from trellis.accounts.models import User
from trellis.audit_log.trail import recorded
from trellis.cases.models import Case
from trellis.core.ids import new_id
from trellis.letters import services
from trellis.letters.models import Letter, NoLetter

ADDRESS = "reception@practice.example"


def nurse() -> User:
    """A hub worker of health."""
    return accounts.member("hub", "practitioner", agency="health")


def letter(case: Case | None = None, by: User | None = None, **fields) -> Letter:
    """A letter to the GP of an opened case, ready to be sent."""
    case, by = case or cases.open_case(people.child()), by or nurse()
    told = {"kind": "gp", "occasion": "opening", "recipient": "Rowan Practice", "address": ADDRESS, "key": new_id()}
    with recorded(by, "test"):
        return services.prepare_letter(person=case.person, case=case, by=by, **{**told, **fields})


def gp_told(case: Case, *occasions: str) -> Case:
    """Nobody has to write to a GP any more: it was recorded why nobody is told of the opening and the closing."""
    for occasion in occasions or ("opening", "closing"):
        told = {"person": case.person, "kind": "gp", "occasion": occasion, "reason": "not_registered"}
        NoLetter.objects.get_or_create(case=case, kind=told.pop("kind"), occasion=told.pop("occasion"), defaults=told)
    return case
