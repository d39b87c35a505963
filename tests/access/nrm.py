"""A referral of each child of the matrix to the National Referral Mechanism, a word in every part of it; and whether
what an address names is there for who asks."""

from collections.abc import Callable
from typing import Any

from trellis.accounts.models import User
from trellis.core.clocks import now, today
from trellis.nrm.models import (
    Guardian,
    NrmDecision,
    NrmReconsideration,
    NrmReferral,
    NrmReferralMove,
    NrmStatement,
    Section45,
)
from trellis.people.models import Person

Word = Callable[[str, str], str]
SEEN_OF_NRM: dict[str, Callable[..., bool]] = {
    "nrm referral": lambda _, ask: ask.sees_row("nrm_nrmreferral", "referral_id"),
    "guardian": lambda _, ask: ask.sees_row("nrm_guardian", "guardian_id"),
    "section 45": lambda _, ask: ask.sees_row("nrm_section45", "defence_id"),
}


def write_nrm(name: str, child: Person, lead: User, word: Word) -> dict[str, dict[str, Any]]:
    """A referral with a decision, a reconsideration, and words that only the writer's agency may hold; a guardian; the
    defence in court."""
    day, by = today(), {"recorded_by": lead}
    referral = NrmReferral.objects.create(
        person=child,
        agency=lead.agency,
        first_responder=word(name, "nrmresponder"),
        consent="not_needed",
        types=["criminal"],
        submitted_at=now(),
        reference=word(name, "nrmreference"),
        body="central",
        clock="reasonable_due",
        clock_on=day,
        **by,
    )
    NrmReferralMove.objects.create(
        referral=referral, new="referred", moved_at=now(), moved_by=lead, why=word(name, "nrmmove")
    )
    decision = NrmDecision.objects.create(
        referral=referral,
        stage="reasonable",
        outcome="negative",
        decided_on=day,
        body="central",
        chair=word(name, "nrmchair"),
        **by,
    )
    NrmReconsideration.objects.create(
        referral=referral, decision=decision, asked_on=day, asked_by=word(name, "nrmasked"), **by
    )
    coded = {"handling": "P", "conditions": "", "limited_to": [], "agency": lead.agency}
    for kind, limited in (("told", []), ("reasons", [lead.agency_id])):
        NrmStatement.objects.create(
            person=child,
            referral=referral,
            kind=kind,
            text=word(name, f"nrm{kind}"),
            said_on=day,
            **{**coded, "limited_to": limited},
            **by,
        )
    guardian = Guardian.objects.create(
        person=child,
        asked_on=day,
        service=word(name, "guardianservice"),
        name=word(name, "guardian"),
        phone=word(name, "guardianphone"),
        **by,
    )
    defence = Section45.objects.create(person=child, matter=word(name, "matter"), considered_on=day, **by)
    of_child = {"person_id": child.id}
    return {
        "nrm referral": {**of_child, "referral_id": referral.id},
        "guardian": {**of_child, "guardian_id": guardian.id},
        "section 45": {**of_child, "defence_id": defence.id},
    }
