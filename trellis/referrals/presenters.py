"""Referrals in words. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from trellis.core.clocks import start_of_day
from trellis.core.presenters import day
from trellis.core.presenters import moment as when
from trellis.referrals.models import ExploitationType, Referral, Telling

KNOWS = {True: "Yes", False: "No", None: ""}


@dataclass(frozen=True)
class Waiting:
    """A line of the queue."""

    referral: Referral
    due_at: datetime
    late: bool


def waiting_rows(referrals: Iterable[Referral], moment: datetime) -> list[Waiting]:
    return [waiting_row(referral, moment) for referral in referrals]


def waiting_row(referral: Referral, moment: datetime) -> Waiting:
    """A referral is to be decided by the end of its day."""
    due_at = start_of_day(referral.decision_due_on + timedelta(days=1))
    return Waiting(referral, due_at, due_at < moment)


def types_in_words(referral: Referral) -> str:
    """The main worry first."""
    return ", ".join(ExploitationType(kind).label for kind in referral.exploitation_types)


def facts(referral: Referral, sources: Mapping[str, str]) -> list[tuple[str, object]]:
    return [
        ("Reference", referral.reference),
        ("Received", when(referral.received_at)),
        ("From", sources.get(referral.source_code, referral.source_code)),
        ("Agency", referral.agency.name if referral.agency else ""),
        ("Referrer", referrer_in_words(referral)),
        ("Main worry first", types_in_words(referral)),
        ("In danger when referred", "Yes" if referral.immediate_danger else "Not that was known"),
        ("The young person knows of it", KNOWS[referral.child_knows]),
        ("The family knows of it", KNOWS[referral.family_knows]),
        *([("What they know and say of it", referral.knowledge)] if referral.knowledge else []),
        ("To be decided by", day(referral.decision_due_on)),
    ]


def referrer_in_words(referral: Referral) -> str:
    """``A. Teacher, form tutor, a school, e-mail confirmed: ...``."""
    if not referral.guest_email:
        return referral.referrer
    known = (referral.guest_name, referral.guest_role, referral.guest_organisation, referral.referrer)
    return ", ".join((*filter(None, known), f"e-mail confirmed: {referral.guest_email}"))


def earlier_rows(referrals: Iterable[Referral]) -> list[tuple[Referral, str]]:
    """Each with what became of it."""
    return [(referral, referral.get_status_display()) for referral in referrals]


def telling_in_words(referral: Referral) -> str:
    """How the referrer was told, by whom and when; nothing when nobody said."""
    if referral.told_at and referral.told_by:
        how = Telling(referral.told_how).label.split(",")[0].removesuffix(" now")
        return f"{how}, {when(referral.told_at)}, {referral.told_by.name}"
    return "Not yet: somebody rings them" if referral.told_how == Telling.RING else ""


def decision_facts(referral: Referral) -> list[tuple[str, object]]:
    by = referral.decided_by
    return [
        ("Decision", referral.get_status_display()),
        ("Decided", when(referral.decided_at)),
        ("By", f"{by.name}, {by.agency}" if by else ""),
        *([("Redirected to", referral.redirected_to)] if referral.redirected_to else []),
        ("Why", referral.decision_reason),
        ("The referrer was told", telling_in_words(referral)),
    ]
