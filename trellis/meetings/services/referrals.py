"""Bringing a young person to a panel, with consent where it needs consent."""

import uuid
from datetime import date

from django.db import IntegrityError, transaction

from trellis.accounts.models import User
from trellis.audit_log.models import Action
from trellis.audit_log.trail import attempt, note
from trellis.cases.models import Significance
from trellis.cases.services import add_chronology_entry
from trellis.core.bulk_insert import insert_rows
from trellis.core.clocks import now
from trellis.core.lifecycle import MoveNotAllowed
from trellis.core.presenters import lower_first
from trellis.meetings.access import check_can_refer
from trellis.meetings.lifecycle import REFERRAL, TALKED_ABOUT, TO_TALK_ABOUT, WAITING, WITHDRAWN
from trellis.meetings.models import AgendaItem, Panel, PanelReferral, PanelReferralMove
from trellis.meetings.services.agenda import off
from trellis.people.models import Person


class ConsentNeeded(ValueError):
    """The panel talks about nobody without consent; the sentence says from whom."""


class WaitsAlready(ValueError):
    """The young person waits for this panel already."""


@transaction.atomic
def refer_to_panel(
    *,
    person: Person,
    panel: Panel,
    why: str,
    by: User,
    childs_view: str = "",
    child_not_asked_why: str = "",
    consent_from: str = "",
    consent_name: str = "",
    consented_on: date | None = None,
    key: uuid.UUID | None = None,
) -> PanelReferral:
    """Bring a young person to a panel. One ``key`` makes one referral.

    Raises Refused; ConsentNeeded; WaitsAlready.
    """
    check_can_refer(by, person.id)
    if panel.consent_from and not (consent_from and consent_name and consented_on):
        raise ConsentNeeded(
            f"{panel} talks about nobody without consent. Consent is needed from: {lower_first(panel.consent_from)}. "
            "Ask first, then say here who gave it and when"
        )
    made = PanelReferral(
        person=person,
        panel=panel,
        why=why,
        childs_view=childs_view,
        child_not_asked_why=child_not_asked_why,
        consent_from=consent_from,
        consent_name=consent_name if consent_from else "",
        consented_on=consented_on if consent_from else None,
        referred_at=now(),
        referred_by=by,
        form_key=key,
    )
    return _stored(made, key)


def _stored(made: PanelReferral, key: uuid.UUID | None) -> PanelReferral:
    by, moment = made.referred_by, made.referred_at
    try:
        with attempt():
            insert_rows([made])
            insert_rows([PanelReferralMove(referral=made, new=WAITING, moved_at=moment, moved_by=by)])
            _say(made, "panel.referred", f"Referred to: {made.panel}")
            note(Action.WRITE, "panel referral", object_id=made.id, children=[made.person_id])
    except IntegrityError:
        already = PanelReferral.objects.filter(form_key=key, person=made.person_id).first() if key else None
        if already is None:
            raise WaitsAlready(f"They wait for this panel already: {made.panel}") from None
        return already
    return made


def _say(referral: PanelReferral, kind: str, title: str) -> None:
    """That it was, and nothing of what is said there."""
    add_chronology_entry(
        person=referral.person,
        happened_at=now(),
        kind=kind,
        title=title,
        significance=Significance.NOTABLE,
        by=referral.referred_by,
        subject=referral.id,
    )


@transaction.atomic
def withdraw_referral(*, referral: PanelReferral, why: str, by: User) -> PanelReferral:
    """The referral, or the consent, is taken back: they come off every agenda to come. The same sent again changes
    nothing. Raises Refused, MoveNotAllowed.
    """
    check_can_refer(by, referral.person_id)
    referral = PanelReferral.objects.select_for_update(of=("self",)).select_related("panel").get(id=referral.id)
    if referral.status == WITHDRAWN:
        return referral
    move_referral(referral, WITHDRAWN, by, why)
    for item in AgendaItem.objects.filter(referral=referral, status=TO_TALK_ABOUT).select_related("meeting", "person"):
        off(item, item.revision, "The referral was withdrawn", by)
    return referral


def move_referral(referral: PanelReferral, new: str, by: User, why: str = "") -> None:
    """Raises MoveNotAllowed."""
    REFERRAL.check_move(referral.status, new)
    move = PanelReferralMove(referral=referral, old=referral.status, new=new, moved_at=now(), moved_by=by, why=why)
    insert_rows([move])
    referral.status = new
    referral.save(update_fields=["status"])
    note(Action.WRITE, "panel referral", object_id=referral.id, children=[referral.person_id])


def talked_about(referral: PanelReferral, by: User) -> None:
    """Once a panel has talked about them a referral no longer waits; one withdrawn meanwhile stays so."""
    try:
        move_referral(referral, TALKED_ABOUT, by)
    except MoveNotAllowed:
        return
