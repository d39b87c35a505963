"""Adding, scanning and releasing documents. A file is checked before this: see ``checking``."""

import hashlib
import uuid
from collections.abc import Sequence

from django.db import IntegrityError, transaction

from trellis.accounts.access import check_may
from trellis.accounts.models import Agency, User
from trellis.accounts.permissions import Permission
from trellis.audit_log.models import Action
from trellis.audit_log.trail import attempt, note, note_written
from trellis.cases.services import writers_agency
from trellis.core.bulk_insert import insert_rows
from trellis.core.clocks import now
from trellis.documents.access import check_can_release
from trellis.documents.checking import Checked, NotAccepted, checked
from trellis.documents.models import Document, DocumentContent
from trellis.documents.queries import added_with, content_of
from trellis.documents.scanning import NotScanned, is_infected
from trellis.need_to_know.handling import code_by_default
from trellis.people.models import Person

INFECTED = "A virus was found in the file. Nothing was stored: tell whoever looks after your computer"


class Scanned:
    """A file that was looked at: ``state`` is held where no scanner answered. Raises NotAccepted when infected."""

    def __init__(self, name: str, given: bytes) -> None:
        self.file: Checked = checked(name, given)
        self.given_sha256 = hashlib.sha256(given).hexdigest()
        try:
            infected = is_infected(given)
        except NotScanned:
            self.state, self.scanned_at = Document.State.HELD, None
            return
        if infected:
            raise NotAccepted(INFECTED)
        self.state, self.scanned_at = Document.State.CLEAN, now()


@transaction.atomic
def keep_documents(
    files: Sequence[Scanned],
    *,
    person: Person,
    by: User | None,
    subject: uuid.UUID | None = None,
    agency: Agency | None = None,
    description: str = "",
    key: uuid.UUID | None = None,
) -> list[Document]:
    """Store files that were looked at. ``subject``: what they came with. ``key``: of a form with one file."""
    documents = [
        Document(
            person=person,
            subject=subject,
            agency=agency or writers_agency(by),
            name=scanned.file.name,
            description=description,
            media_type=scanned.file.media_type,
            size=len(scanned.file.content),
            sha256=hashlib.sha256(scanned.file.content).hexdigest(),
            given_sha256=scanned.given_sha256,
            state=scanned.state,
            scanned_at=scanned.scanned_at,
            form_key=key,
            recorded_by=by,
        )
        for scanned in files
    ]
    code_by_default(documents)
    insert_rows(documents)
    insert_rows(
        DocumentContent(document=document, content=scanned.file.content)
        for document, scanned in zip(documents, files, strict=True)
    )
    note_written("document", documents)
    return documents


def add_document(*, person: Person, file: Scanned, description: str, key: uuid.UUID, by: User) -> Document:
    """Store one file about a young person whose record is open, once for each ``key``. Raises Refused."""
    check_may(by, Permission.DOCUMENT_ADD)
    try:
        with attempt():
            return keep_documents([file], person=person, by=by, description=description, key=key)[0]
    except IntegrityError:
        already = added_with(key, by)
        if already is None:
            raise
        return already


@transaction.atomic
def scan_again(document: Document) -> Document:
    """Have a held document scanned now. What is infected loses its content. Raises NotScanned."""
    document = Document.objects.select_for_update().get(id=document.id)
    if document.state != Document.State.HELD:
        return document
    infected = is_infected(content_of(document))
    document.state = Document.State.INFECTED if infected else Document.State.CLEAN
    document.scanned_at = now()
    document.save(update_fields=["state", "scanned_at"])
    if infected:
        DocumentContent.objects.filter(document=document).delete()
    note(Action.WRITE, "document scan", object_id=document.id, children=[document.person_id])
    return document


@transaction.atomic
def release_document(*, document: Document, reason: str, by: User) -> Document:
    """Let a held document be opened where no scanner is set, on one's own responsibility. Raises Refused."""
    document = Document.objects.select_for_update().get(id=document.id)
    check_can_release(by, document)
    document.released_at, document.released_by, document.release_reason = now(), by, reason
    document.save(update_fields=["released_at", "released_by", "release_reason"])
    note(Action.WRITE, "document release", object_id=document.id, children=[document.person_id], why=reason)
    return document
