"""Who may read reports, and who may have one made."""

import uuid

from django.db.models import QuerySet

from trellis.accounts.access import Hidden, Refused, check_may
from trellis.accounts.models import User
from trellis.accounts.permissions import Permission
from trellis.audit_log.models import Action
from trellis.audit_log.trail import note
from trellis.reports.models import Edition, EditionFile, EditionRequest, EditionRequestQuerySet

EDITION = "report edition"


def editions_visible_to(user: User) -> QuerySet[Edition]:
    """Every edition for whoever may read reports; none for anybody else. Figures are published ones, of no child."""
    if not user.may(Permission.REPORT_READ):
        return Edition.objects.none()
    return Edition.objects.select_related("made_by")


def requests_visible_to(user: User) -> EditionRequestQuerySet:
    if not user.may(Permission.REPORT_READ):
        return EditionRequest.objects.none()
    return EditionRequest.objects.all()


def see_edition(user: User, edition_id: uuid.UUID) -> Edition:
    """The edition, and a mark in the log. Raises Refused, Hidden."""
    check_may(user, Permission.REPORT_READ)
    return _seen(editions_visible_to(user).filter(id=edition_id).first(), edition_id)


def see_latest_edition(user: User, period: str) -> Edition:
    """The latest report of a year or a month, and a mark in the log. Raises Refused, Hidden."""
    check_may(user, Permission.REPORT_READ)
    return _seen(editions_visible_to(user).filter(period=period).order_by("-made_at").first())


def _seen(edition: Edition | None, edition_id: uuid.UUID | None = None) -> Edition:
    if edition is None:
        raise Hidden(EDITION, edition_id)
    note(Action.READ, EDITION, object_id=edition.id)
    return edition


def take_file(user: User, edition_id: uuid.UUID, name: str) -> EditionFile:
    """A file of an edition, and an export in the log. Raises Refused, Hidden."""
    check_may(user, Permission.REPORT_READ)
    visible = editions_visible_to(user).filter(id=edition_id).values("id")
    found = EditionFile.objects.filter(edition__in=visible, name=name).first()
    if found is None:
        raise Hidden("report file", edition_id)
    note(Action.EXPORT, f"report file {name}", object_id=edition_id)
    return found


def check_can_request_edition(user: User) -> None:
    """Raises Refused without REPORT_READ."""
    check_may(user, Permission.REPORT_READ)


def can_request_edition(user: User) -> bool:
    try:
        check_can_request_edition(user)
    except Refused:
        return False
    return True
