"""Documents in words. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass

from trellis.accounts.models import User
from trellis.core.presenters import moment
from trellis.documents.access import can_recode, can_release, can_scan
from trellis.documents.models import Document
from trellis.need_to_know.codes import short_code

KILO = 1024
TONES = {Document.State.HELD: "now", Document.State.CLEAN: "done", Document.State.INFECTED: "danger"}
SHORT = {Document.State.HELD: "Held", Document.State.CLEAN: "Scanned", Document.State.INFECTED: "Infected"}


@dataclass(frozen=True)
class Line:
    """A line of the list."""

    document: Document
    size: str
    added: str
    coded: str
    state: str
    tone: str
    explained: str
    may_release: bool
    may_scan: bool
    may_recode: bool


def lines(documents: Iterable[Document], user: User) -> list[Line]:
    return [line(document, user) for document in documents]


def line(document: Document, user: User) -> Line:
    by = document.recorded_by
    state = Document.State(document.state)
    return Line(
        document,
        size_in_words(document.size),
        f"{moment(document.recorded_at)}, {by.name if by else 'with a referral'}",
        f"{document.agency.name} · {short_code(document.handling)}",
        "Released" if document.released_at and document.opens else SHORT[state],
        "structure" if document.released_at and document.opens else str(TONES[state]),
        explained(document),
        can_release(user, document),
        can_scan(document),
        can_recode(user, document),
    )


def explained(document: Document) -> str:
    if document.released_at and document.released_by and document.opens:
        who = f"{document.released_by.name}, {moment(document.released_at)}"
        return f"Not scanned. Released by {who}: {document.release_reason}"
    return "" if document.opens else str(Document.State(document.state).label)


def size_in_words(size: int) -> str:
    """``3 KB``, ``1.2 MB``."""
    return f"{size / KILO / KILO:.1f} MB" if size >= KILO * KILO else f"{max(1, round(size / KILO))} KB"
