"""What the bodies decide, and what comes of asking them to look again."""

from datetime import date, timedelta
from uuid import UUID

from django.db import transaction

from trellis.accounts.models import User
from trellis.core.bulk_insert import insert_rows
from trellis.core.clocks import london_date
from trellis.core.presenters import day as in_words
from trellis.core.presenters import lower_first
from trellis.core.reference_data import due_on, labels, limit
from trellis.nrm.access import check_can_record
from trellis.nrm.lifecycle import (
    CENTRAL,
    CONCLUSIVE,
    DEVOLVED,
    FROM,
    POSITIVE,
    REASONABLE,
    RECONSIDER_BY,
    RECONSIDERATION,
    STAGES,
)
from trellis.nrm.models import NrmDecision, NrmReconsideration, NrmReferral, NrmStatement
from trellis.nrm.queries import is_negative, led_on
from trellis.nrm.services.saving import NotOpen, hold, hold_as_seen, move, say, tell

WAIT = "nrm.conclusive_grounds.central"
RECONSIDER = "nrm.reconsideration"
Outcome = NrmReconsideration.Outcome


@transaction.atomic
def record_decision(
    *,
    referral: NrmReferral,
    stage: str,
    outcome: str,
    decided_on: date,
    after: int,
    by: User,
    conclusive_outcome: str = "",
    chair: User | None = None,
    chair_name: str = "",
    reasons: str = "",
    key: UUID | None = None,
) -> NrmReferral:
    """The body the referral went to decided ``stage`` on a day; a local panel may decide conclusive grounds on the same
    day (``conclusive_outcome``). A negative decision starts the days in which reconsideration can be asked for; while
    one is asked for, this decision answers it. The same form sent again changes nothing.

    Raises Refused, MoveNotAllowed, ChangedMeanwhile; NotOpen before a body may decide, and for a panel led by the
    child's lead worker.
    """
    check_can_record(by, referral.person_id)
    if key and NrmDecision.objects.filter(form_key=key, recorded_by=by).exists():
        return hold(referral)
    referral = hold_as_seen(referral, after)
    led_by = _chair(referral, decided_on, chair, chair_name)
    _check_day(referral, stage, decided_on)
    _check_together(referral, outcome, conclusive_outcome)
    _decide(referral, stage, outcome, decided_on, led_by, by, key)
    if conclusive_outcome:
        _decide(referral, CONCLUSIVE, conclusive_outcome, decided_on, led_by, by)
    if reasons:
        say(referral, NrmStatement.Kind.REASONS, reasons, decided_on, by)
    return referral


def _chair(referral: NrmReferral, on: date, chair: User | None, name: str) -> str:
    """Who led the local panel. Raises NotOpen for the child's lead worker."""
    if referral.body != DEVOLVED:
        return ""
    if chair is None and not name:
        raise NotOpen("Say who led the local panel")
    led_by = chair.name if chair else name
    for worker, called in led_on(referral.person_id, on):
        if (chair and chair.id == worker) or led_by.strip().casefold() == called.casefold():
            raise NotOpen(f"{called} leads the work with this young person, and so cannot lead the panel that decides")
    return led_by


def _check_day(referral: NrmReferral, stage: str, on: date) -> None:
    """Raises NotOpen for a day on which the body could not decide this."""
    submitted = london_date(referral.submitted_at)
    if on < submitted:
        raise NotOpen(f"The referral was made on {in_words(submitted)}: nothing was decided before")
    if stage != CONCLUSIVE:
        return
    first = latest(referral, REASONABLE)
    if first is None or first.outcome != POSITIVE:
        raise NotOpen("Conclusive grounds are decided once reasonable grounds were decided to be positive")
    days = limit(WAIT, on)
    earliest = first.decided_on + timedelta(days=days)
    if referral.body == CENTRAL and on < earliest:
        raise NotOpen(
            f"The central authority does not decide conclusive grounds before {in_words(earliest)}: "
            f"{days} days after reasonable grounds"
        )
    if on < first.decided_on:
        raise NotOpen(f"Reasonable grounds were decided on {in_words(first.decided_on)}: conclusive grounds come after")


def _check_together(referral: NrmReferral, outcome: str, conclusive: str) -> None:
    if conclusive and referral.body != DEVOLVED:
        raise NotOpen("Only a local panel decides reasonable and conclusive grounds on one day")
    if conclusive and outcome != POSITIVE:
        raise NotOpen("Conclusive grounds are decided only where reasonable grounds are positive")


def _decide(
    referral: NrmReferral, stage: str, outcome: str, on: date, led_by: str, by: User, key: UUID | None = None
) -> None:
    before, asked = latest(referral, stage), _asked(referral)
    if referral.status == RECONSIDERATION and (asked is None or asked.decision.stage != stage):
        raise NotOpen("A decision was asked to be looked at again: record what was decided at that stage")
    decision = NrmDecision(
        referral=referral,
        stage=stage,
        outcome=outcome,
        decided_on=on,
        body=referral.body,
        chair=led_by,
        form_key=key,
        recorded_by=by,
    )
    clock, clock_on = _next(decision)
    move(referral, stage, by, clock=clock, clock_on=clock_on)
    insert_rows([decision])
    if asked and before:
        _answer(asked, Outcome.STANDS if before.outcome == outcome else Outcome.CHANGED, on)
    said = lower_first(labels("nrm_outcome").get(outcome, outcome))
    tell(referral, "nrm.decided", f"NRM: {STAGES[stage].lower()}, {said}", on, by)


def _next(decision: NrmDecision) -> tuple[str, date | None]:
    """Which day matters after a decision."""
    if is_negative(decision.outcome):
        return RECONSIDER_BY, due_on(RECONSIDER, decision.decided_on)
    if decision.stage == REASONABLE and decision.outcome == POSITIVE and decision.body == CENTRAL:
        return FROM, due_on(WAIT, decision.decided_on)
    return "", None


def latest(referral: NrmReferral, stage: str = "") -> NrmDecision | None:
    """The decision that stands, of one stage or of all."""
    rows = referral.decisions.order_by("-decided_on", "stage", "-recorded_at")
    return (rows.filter(stage=stage) if stage else rows).first()


def _asked(referral: NrmReferral) -> NrmReconsideration | None:
    return referral.reconsiderations.filter(outcome="").select_related("decision").first()


def _answer(asked: NrmReconsideration, outcome: str, on: date) -> None:
    if on < asked.asked_on:
        raise NotOpen(
            f"Reconsideration was asked for on {in_words(asked.asked_on)}: it was answered on that day or later"
        )
    asked.outcome, asked.answered_on = outcome, on
    asked.save(update_fields=["outcome", "answered_on"])


@transaction.atomic
def ask_reconsideration(
    *, referral: NrmReferral, asked_on: date, asked_by: str, why: str, after: int, by: User, key: UUID | None = None
) -> NrmReferral:
    """The decision that stands is asked to be looked at again, by somebody, for reasons. It can be asked after the last
    day, too: the body says whether it takes it up. The same form sent again changes nothing.

    Raises Refused, MoveNotAllowed, ChangedMeanwhile; NotOpen for a day before the decision, or when it is not negative.
    """
    check_can_record(by, referral.person_id)
    if key and NrmReconsideration.objects.filter(form_key=key, recorded_by=by).exists():
        return hold(referral)
    referral = hold_as_seen(referral, after)
    stands = latest(referral)
    if stands is None or not is_negative(stands.outcome):
        raise NotOpen("Only a negative decision is asked to be looked at again")
    if asked_on < stands.decided_on:
        raise NotOpen(f"The decision was made on {in_words(stands.decided_on)}: it was asked for on that day or later")
    move(referral, RECONSIDERATION, by)
    asked = NrmReconsideration(
        referral=referral, decision=stands, asked_on=asked_on, asked_by=asked_by, form_key=key, recorded_by=by
    )
    insert_rows([asked])
    if why:
        say(referral, NrmStatement.Kind.RECONSIDER, why, asked_on, by)
    tell(referral, "nrm.step", "NRM: reconsideration asked for", asked_on, by)
    return referral


@transaction.atomic
def answer_reconsideration(*, referral: NrmReferral, answered_on: date, after: int, by: User) -> NrmReferral:
    """The body does not look at its decision again, which stands. What it decides anew is a decision.

    Raises Refused, MoveNotAllowed, ChangedMeanwhile; NotOpen where nothing was asked.
    """
    check_can_record(by, referral.person_id)
    referral = hold_as_seen(referral, after)
    asked = _asked(referral)
    if asked is None:
        raise NotOpen("No decision waits to be looked at again")
    _answer(asked, Outcome.NOT_TAKEN_UP, answered_on)
    move(referral, asked.decision.stage, by)
    tell(referral, "nrm.step", "NRM: the decision is not looked at again", answered_on, by)
    return referral
