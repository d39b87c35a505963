"""A copy of one referral as a tagged PDF: marked, with whose it is, who took it, what for and page n of m."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string

from trellis.accounts.access import check_may
from trellis.accounts.models import User
from trellis.accounts.permissions import Permission
from trellis.audit_log.models import Action
from trellis.audit_log.trail import note
from trellis.cases.presenters import SYNTHETIC, full_name
from trellis.core.clocks import london_date, now
from trellis.core.presenters import day, moment
from trellis.core.reference_data import labels
from trellis.core.typeface import typeface
from trellis.need_to_know.access import grants_used
from trellis.need_to_know.codes import CodeBook
from trellis.nrm import presenters
from trellis.nrm.models import NrmReferral
from trellis.nrm.queries import OUTCOMES, TYPES, WholeReferral, whole_referrals
from trellis.people.models import Person

VARIANT = "pdf/ua-1"
STYLES = Path(__file__).with_name("copy.css")
MARKING = "OFFICIAL-SENSITIVE"


@dataclass(frozen=True)
class ReferralCopy:
    """One copy. ``left_out``: words the taker reads on the page and may not take along."""

    person: Person
    found: WholeReferral
    left_out: int
    book: CodeBook
    taken_by: User
    taken_at: datetime
    purpose: str
    receiver: str


def take_referral(user: User, referral: NrmReferral, *, purpose: str, receiver: str) -> ReferralCopy:
    """A copy of what ``user`` sees of a referral and may take along, and an export in the log that says why. Raises
    Refused without RECORD_EXPORT."""
    check_may(user, Permission.RECORD_EXPORT)
    grants = grants_used(user, [referral.person_id]).values_list("id", flat=True)
    why = f"{purpose}. For: {receiver}"[:200]
    children = [referral.person_id]
    note(Action.EXPORT, "NRM referral as PDF", object_id=referral.id, children=children, grants=grants, why=why)
    book, found = CodeBook(), whole_referrals(user, referral.person, only=referral)[0]
    taken = [said for said in found.statements if book.may_leave(said, user.agency_id)]
    kept = WholeReferral(found.referral, found.decisions, found.reconsiderations, found.moves, taken)
    left_out = len(found.statements) - len(taken)
    return ReferralCopy(referral.person, kept, left_out, book, user, now(), purpose, receiver)


def pdf_of(copy: ReferralCopy) -> bytes:
    """The document. Nothing is fetched from disk or network: the typeface is inside."""
    from weasyprint import CSS, HTML  # loaded for whoever takes a copy, not with every page
    from weasyprint.text.fonts import FontConfiguration
    from weasyprint.urls import URLFetcher

    inside_only, fonts = URLFetcher(allowed_protocols=("data",)), FontConfiguration()
    style = f"{typeface()}\n{STYLES.read_text(encoding='utf-8')}"
    text = render_to_string("nrm/copy_pdf.html", context_of(copy))
    made: bytes = HTML(string=text, url_fetcher=inside_only).write_pdf(
        stylesheets=[CSS(string=style, url_fetcher=inside_only, font_config=fonts)],
        font_config=fonts,
        pdf_variant=VARIANT,
    )
    return made


def context_of(copy: ReferralCopy) -> dict[str, Any]:
    invented = copy.person.is_synthetic or settings.DEMONSTRATION
    blocks = presenters.referral_blocks(
        [copy.found], labels(TYPES), labels(OUTCOMES), copy.book, london_date(copy.taken_at)
    )
    return {
        "copy": copy,
        "name": full_name(copy.person),
        "born": day(copy.person.date_of_birth),
        "marking": f"{MARKING} · {SYNTHETIC}" if invented else MARKING,
        "taken": f"Taken by {copy.taken_by.name}, {copy.taken_by.agency}, on {moment(copy.taken_at)}",
        "ours": presenters.OUR_SUMMARY,
        "block": blocks[0],
    }
