"""Who may decide what is shared, and who may see, ask and answer through a pointer."""

import uuid

from django.db.models import QuerySet

from trellis.accounts.access import Hidden, Refused, allowed, check_may
from trellis.accounts.models import Agency, User
from trellis.accounts.permissions import Permission
from trellis.audit_log.models import Action
from trellis.audit_log.trail import note
from trellis.core.protection import Part
from trellis.need_to_know.access import can_see_person, visible_to
from trellis.need_to_know.seeing import Reader, sight_now
from trellis.people.models import Person
from trellis.sharing.models import Pointer, PointerRequest, SharingDecision


def decisions_visible_to(user: User) -> QuerySet[SharingDecision]:
    return visible_to(user, SharingDecision)


def pointers_visible_to(user: User) -> QuerySet[Pointer]:
    return visible_to(user, Pointer)


def requests_visible_to(user: User) -> QuerySet[PointerRequest]:
    return visible_to(user, PointerRequest)


def see_decision(user: User, person: Person, decision_id: uuid.UUID) -> SharingDecision:
    """A decision in this child's ledger. Raises Hidden."""
    rows = decisions_visible_to(user).filter(person=person).select_related("agency", "user", "decided_by")
    found = rows.filter(id=decision_id).first()
    if found is None:
        raise Hidden("sharing decision", decision_id)
    return found


def see_pointer(user: User, pointer_id: uuid.UUID) -> Pointer:
    """The pointer, and a mark in the log. Raises Hidden."""
    found = pointers_visible_to(user).select_related("agency", "contact").filter(id=pointer_id).first()
    if found is None:
        raise Hidden("pointer", pointer_id)
    note(Action.READ, "pointer", object_id=found.id, children=[found.person_id])
    return found


def see_request(user: User, request_id: uuid.UUID) -> PointerRequest:
    """A question put through a pointer, and a mark in the log. Raises Hidden."""
    related = ("pointer__agency", "pointer__contact", "agency", "asked_by", "answered_by")
    found = requests_visible_to(user).select_related(*related).filter(id=request_id).first()
    if found is None:
        raise Hidden("pointer request", request_id)
    note(Action.READ, "pointer request", object_id=found.id, children=[found.person_id])
    return found


def check_can_share(user: User, person: Person) -> None:
    """Raises Refused without SHARE_DECIDE, and for whoever has only a part of the record or opened it in an
    emergency: what was shared with them is not theirs to share on."""
    check_may(user, Permission.SHARE_DECIDE)
    if not sight_now(Reader(user), Part.RECORD).filter(person=person).exists():
        raise Refused("Only somebody with the whole record decides what of it is shared.", "sharing", person.id)


def can_share(user: User, person: Person) -> bool:
    return allowed(check_can_share, user, person)


def check_can_point(user: User, person: Person, agency: Agency) -> None:
    """Raises Refused unless the user may share from this record, or says that their own agency knows the child."""
    check_may(user, Permission.POINTER_ASK)
    if agency.id != user.agency_id or not can_see_person(user, person.id):
        check_can_share(user, person)


def can_point(user: User, person: Person, agency: Agency) -> bool:
    return allowed(check_can_point, user, person, agency)


def check_can_ask(user: User, pointer: Pointer) -> None:
    """Raises Refused for the agency that knows the child itself, and when the pointer has ended."""
    check_may(user, Permission.POINTER_ASK)
    if pointer.agency_id == user.agency_id:
        raise Refused("It is your own agency that knows this young person.", "pointer", pointer.id)
    if pointer.has_ended:
        raise Refused("This pointer has ended.", "pointer", pointer.id)


def can_ask(user: User, pointer: Pointer) -> bool:
    return allowed(check_can_ask, user, pointer)


def check_can_answer(user: User, request: PointerRequest) -> None:
    """Raises Refused for whoever is not of the agency that is asked."""
    check_may(user, Permission.POINTER_ASK)
    if request.pointer.agency_id != user.agency_id:
        raise Refused("The agency that was asked answers.", "pointer request", request.id)


def can_answer(user: User, request: PointerRequest) -> bool:
    return allowed(check_can_answer, user, request)
