"""Rows of the front door: the referral, its decision, its chronology and who may see the child meanwhile."""

from __future__ import annotations

from trellis.referrals.lifecycle import RECEIVED, REDIRECTED, REFERRAL
from trellis.referrals.models import ExploitationType, Telling
from trellis.sample.moments import stamp
from trellis.sample.records import Referral
from trellis.sample.rows.cut import Cut

TYPES = {kind.value: kind.label.lower() for kind in ExploitationType}
DECISIONS = {status: label.lower() for status, label in REFERRAL.statuses.items()}
REFERRERS = {
    "police": "Public protection desk",
    "social_care": "Locality social work team",
    "education": "Safeguarding lead at school",
    "youth_justice": "Youth justice worker",
    "early_help": "Early help practitioner",
    "health": "Safeguarding nurse",
    "voluntary": "Youth project worker",
    "probation": "Probation officer",
    "housing": "Housing officer",
}


ELSEWHERE = "Early help, who know of it"
# Nobody without an account refers in an invented area.
GUEST = ("", "", "", "", None)


def write_referral(referral: Referral, cut: Cut) -> None:
    """A referral as it stood at the cut; nothing when it had not been made."""
    if not cut.has(referral.received_at):
        return
    decided = cut.has(referral.decided_at)
    received_at, status = stamp(referral.received_at), referral.decision if decided else RECEIVED
    by = referral.decided_by
    cut.writer.add(
        "referrals.Referral",
        referral.id,
        received_at,
        referral.reference,
        referral.child.id,
        status,
        received_at,
        referral.source_code,
        cut.directory.agencies[referral.agency],
        REFERRERS[referral.agency] if referral.source_code != "1A" else "A member of the family",
        referral.types[0],
        referral.types,
        referral.harm_seen,
        referral.concerns,
        referral.strengths,
        referral.child_knows,
        referral.immediate_danger,
        referral.due_on,
        cut.known(referral.decided_at),
        by if decided else None,
        referral.reason if decided else "",
        None,
        by,
        None,
        "",
        ELSEWHERE if decided and referral.decision == REDIRECTED else "",
        None,
        None,
        None,
        *((Telling.PHONE, cut.known(referral.decided_at), by) if decided else ("", None, None)),
        *GUEST,
    )
    cut.move("referrals.ReferralMove", referral.id, "", RECEIVED, referral.received_at, by)
    cut.move(
        "referrals.ReferralMove", referral.id, RECEIVED, referral.decision, referral.decided_at, by, referral.reason
    )
    _write_chronology(referral, cut)
    reason = "Referral waiting for a decision"
    cut.grant(referral.child.id, reason, referral.received_at, referral.decided_at, team="hub", source=referral.id)
    cut.managers_grant(referral.child.id, reason, referral.received_at, referral.decided_at, referral.id)


def _write_chronology(referral: Referral, cut: Cut) -> None:
    child = referral.child.id
    cut.entry(
        child,
        referral.received_at,
        "referral.received",
        f"Referral received: {TYPES[referral.types[0]]}",
        agency=referral.agency,
        body="\n\n".join(filter(None, (referral.harm_seen, referral.concerns))),
        significance=2,
        subject=referral.id,
        user=referral.decided_by,
    )
    cut.entry(
        child,
        referral.decided_at,
        "referral.decided",
        f"Referral: {DECISIONS[referral.decision]}",
        agency="social_care",
        body=referral.reason,
        significance=2,
        subject=referral.id,
        user=referral.decided_by,
    )
