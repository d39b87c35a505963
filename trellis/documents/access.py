"""Which documents a user may see and open, and who may add or release one."""

import uuid

from trellis.accounts.access import Hidden, Refused, allowed, check_may
from trellis.accounts.models import User
from trellis.accounts.permissions import Permission
from trellis.audit_log.models import Action
from trellis.audit_log.trail import note
from trellis.core.protection import Part
from trellis.documents.models import Document
from trellis.documents.scanning import scanner_is_set
from trellis.need_to_know.access import can_see_person, visible_to

NOT_YET = {
    Document.State.HELD: "This document was not scanned for viruses yet: it cannot be opened.",
    Document.State.INFECTED: "A virus was found in this document: its content was thrown away.",
}


def see_document(user: User, person_id: uuid.UUID, document_id: uuid.UUID) -> Document:
    """The document, and a mark in the log. Raises Refused, Hidden."""
    check_may(user, Permission.CHILD_READ)
    if not can_see_person(user, person_id, Part.RECORD):
        raise Hidden("document", document_id)
    rows = visible_to(user, Document).select_related("person", "agency")
    found = rows.filter(person=person_id, id=document_id).first()
    if found is None:
        raise Hidden("document", document_id)
    note(Action.READ, "document", object_id=found.id, children=[person_id])
    return found


def check_opens(document: Document) -> None:
    """Raises Refused for one that is held or was infected."""
    if not document.opens:
        raise Refused(NOT_YET[Document.State(document.state)], what="document", object_id=document.id)


def check_can_release(user: User, document: Document) -> None:
    """Raises Refused: only a manager, only what is held, and only where no scanner could say more."""
    check_may(user, Permission.OVERSIGHT_WRITE)
    if scanner_is_set():
        raise Refused("A scanner is set up: have the document scanned instead.", "document", document.id)
    if document.state != Document.State.HELD or document.released_at:
        raise Refused("This document is not held.", "document", document.id)


def check_can_recode(user: User, document: Document) -> None:
    """Raises Refused unless the user's own agency owns the document and their role adds documents."""
    check_may(user, Permission.DOCUMENT_ADD)
    if document.agency_id != user.agency_id:
        raise Refused("Only the agency that owns a document says how it is handled.", "document", document.id)


def can_recode(user: User, document: Document) -> bool:
    return allowed(check_can_recode, user, document)


def can_release(user: User, document: Document) -> bool:
    return allowed(check_can_release, user, document)


def can_scan(document: Document) -> bool:
    return scanner_is_set() and document.state == Document.State.HELD
