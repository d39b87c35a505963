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
from trellis.cases.models import ChronologyEntry
from trellis.cases.services import RecodedMeanwhile, add_chronology_entry, give_coding, writers_agency
from trellis.core.bulk_insert import insert_rows
from trellis.core.clocks import now
from trellis.documents.access import check_can_recode, check_can_release
from trellis.documents.checking import Checked, NotAccepted, checked
from trellis.documents.models import Document, DocumentContent, DocumentRecoding
from trellis.documents.queries import added_with, content_of, last_recoding
from trellis.documents.scanning import NotScanned, is_infected
from trellis.need_to_know.codes import Coding
from trellis.need_to_know.handling import code_by_default
from trellis.people.models import Person

INFECTED = "A virus was found in the file. Nothing was stored: tell whoever looks after your computer"


ADDED = "document"


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
    kind: str = Document.Kind.OTHER,
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
            kind=kind,
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


def add_document(
    *,
    person: Person,
    file: Scanned,
    description: str,
    key: uuid.UUID,
    by: User,
    kind: str = Document.Kind.OTHER,
) -> Document:
    """Store one file about a young person whose record is open, once for each ``key``, and say so in the chronology.

    Raises Refused.
    """
    check_may(by, Permission.DOCUMENT_ADD)
    try:
        with attempt():
            (made,) = keep_documents([file], person=person, by=by, kind=kind, description=description, key=key)
            say_in_chronology(made, by)
            return made
    except IntegrityError:
        already = added_with(key, by)
        if already is None:
            raise
        return already


def say_in_chronology(document: Document, by: User) -> None:
    """That it came, handled as the document is; its name may tell too much."""
    add_chronology_entry(
        person=document.person,
        happened_at=now(),
        kind=ADDED,
        title=f"Document added: {document.get_kind_display().lower()}",
        body=document.description,
        by=by,
        agency=document.agency,
        subject=document.id,
        coding=Coding.of(document),
    )


@transaction.atomic
def recode_document(*, document: Document, coding: Coding, why: str, by: User, after: uuid.UUID | None) -> Document:
    """Say anew how a document is handled, from this moment on; its entry in the chronology follows. ``after``: the last
    recoding that whoever asks had seen.

    Raises Refused; RecodedMeanwhile when somebody was first.
    """
    check_can_recode(by, document)
    document = Document.objects.select_for_update(of=("self",)).select_related("agency", "person").get(id=document.id)
    if after != last_recoding(document):
        raise RecodedMeanwhile
    old = Coding.of(document)
    if coding == old:
        return document
    insert_rows([DocumentRecoding(document=document, old=old.as_json(), new=coding.as_json(), recorded_by=by, why=why)])
    coding.put_on(document)
    document.save(update_fields=Document.changeable)
    note(Action.WRITE, "handling of a document", object_id=document.id, children=[document.person_id])
    for entry in ChronologyEntry.objects.filter(subject=document.id, kind=ADDED):
        give_coding(entry, coding, by, why)
    return document


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
