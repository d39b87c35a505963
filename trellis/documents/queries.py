"""Reads for the page of a young person's documents."""

from uuid import UUID

from django.db.models import QuerySet

from trellis.accounts.models import User
from trellis.documents.models import Document, DocumentContent, DocumentRecoding
from trellis.need_to_know.access import visible_to
from trellis.people.models import Person


def documents_of(user: User, person: Person) -> QuerySet[Document]:
    """Everything on file that this user may see, the latest first."""
    rows = visible_to(user, Document).filter(person=person)
    return rows.select_related("agency", "recorded_by", "released_by").order_by("-recorded_at", "id")


def documents_with(user: User, subject: UUID) -> QuerySet[Document]:
    """What came with a referral, say, as far as this user may see it."""
    return visible_to(user, Document).filter(subject=subject).order_by("recorded_at", "id")


def recodings_of(user: User, document: Document) -> list[DocumentRecoding]:
    """How the handling of a document changed, latest first."""
    rows = visible_to(user, DocumentRecoding).filter(document=document)
    return list(rows.select_related("recorded_by").order_by("-recorded_at"))


def last_recoding(document: Document) -> UUID | None:
    return document.recodings.order_by("-recorded_at").values_list("id", flat=True).first()


def content_of(document: Document) -> bytes:
    return bytes(DocumentContent.objects.get(document=document).content)


def added_with(key: UUID, user: User) -> Document | None:
    """The document that this form added already."""
    return visible_to(user, Document).filter(form_key=key, recorded_by=user).first()
