"""What other agencies are asked to contribute to an assessment, and give."""

import uuid
from collections.abc import Sequence

from django.db import IntegrityError, transaction

from trellis.accounts.models import Agency, User
from trellis.assessments.access import check_can_assess, check_can_give, check_still_open
from trellis.assessments.lifecycle import ASKED, CONTRIBUTION, DECLINED, GIVEN, WITHDRAWN
from trellis.assessments.models import Assessment, Contribution, ContributionMove, ContributionRequest
from trellis.assessments.queries import agencies_that_see, people_who_see
from trellis.assessments.services.moves import locked
from trellis.audit_log.models import Action
from trellis.audit_log.trail import attempt, note
from trellis.cases.notices import tell
from trellis.core.bulk_insert import insert_rows
from trellis.core.clocks import now, today
from trellis.core.lifecycle import MoveNotAllowed
from trellis.core.reference_data import due_on
from trellis.core.row_context import Duty, duty
from trellis.need_to_know.handling import code_by_default

DAYS = "assessment.contribution"
ASK_WORDS = "You are asked to contribute to an assessment"
CHASE_WORDS = "An assessment still waits for your contribution"


class DoesNotSee(ValueError):
    """The agency does not know who the young person is."""


def ask_for_contribution(
    *,
    assessment: Assessment,
    agency: Agency,
    question: str,
    by: User,
    asked_of: User | None = None,
    key: uuid.UUID | None = None,
) -> ContributionRequest:
    """Ask an agency, or one person there, what they know and think; due by the limit ``assessment.contribution``.

    ``key``: one form sent many times asks once. Raises DoesNotSee: first it is shared with them who the young person
    is; Refused; MoveNotAllowed when the assessment is over.
    """
    check_can_assess(by, assessment.person_id)
    try:
        with attempt():
            return _ask(assessment.id, agency, question, by, asked_of, key)
    except IntegrityError:
        already = ContributionRequest.objects.filter(form_key=key, assessment=assessment).first() if key else None
        if already is None:
            raise
        return already


def _ask(
    assessment_id: uuid.UUID, agency: Agency, question: str, by: User, asked_of: User | None, key: uuid.UUID | None
) -> ContributionRequest:
    assessment = locked(assessment_id)
    check_still_open(assessment)
    person, moment = assessment.person, now()
    if not agencies_that_see(person).filter(id=agency.id).exists():
        raise DoesNotSee(f"{agency} does not see this record. Share with them who the young person is, then ask")
    if asked_of and not people_who_see(person, agency).filter(id=asked_of.id).exists():
        raise DoesNotSee(f"{asked_of} does not see this record, or is of another agency. Ask somebody else there")
    request = ContributionRequest(
        person=person,
        assessment=assessment,
        agency=agency,
        agencies=[agency.id],
        asked_of=asked_of,
        question=question,
        due_on=due_on(DAYS, today()),
        asked_at=moment,
        asked_by=by,
        form_key=key,
    )
    insert_rows([request])
    insert_rows([ContributionMove(request=request, new=ASKED, moved_at=moment, moved_by=by)])
    _written(request)
    _tell_asked(request, ASK_WORDS)
    return request


def _written(request: ContributionRequest) -> None:
    note(Action.WRITE, "contribution request", object_id=request.id, children=[request.person_id])


def _tell_asked(request: ContributionRequest, words: str) -> None:
    """The person asked; else everybody of the agency who sees the young person and contributes."""
    asked: Sequence[User] = [request.asked_of] if request.asked_of else []
    tell(
        to=asked or list(people_who_see(request.person, request.agency)),
        person=request.person,
        kind="contribution",
        words=words,
    )


def _locked(request: ContributionRequest) -> ContributionRequest:
    rows = ContributionRequest.objects.select_for_update(of=("self",))
    return rows.select_related("person", "agency", "asked_of", "asked_by").get(id=request.id)


def _settle(request: ContributionRequest, new: str, by: User, why: str = "") -> None:
    """Raises MoveNotAllowed."""
    CONTRIBUTION.check_move(request.status, new)
    insert_rows([ContributionMove(request=request, old=request.status, new=new, moved_at=now(), moved_by=by, why=why)])
    request.status = new
    request.save(update_fields=["status"])
    _written(request)


def give_contribution(
    *, request: ContributionRequest, text: str, by: User, strengths: str = "", key: uuid.UUID | None = None
) -> ContributionRequest:
    """What the agency that was asked knows and thinks; it stays theirs, under the code they give their own.

    Whoever gives it may see no more of the record than who the young person is: it is put there on duty.
    ``key``: one form sent many times gives once. Raises Refused, MoveNotAllowed.
    """
    check_can_give(by, request)
    try:
        with attempt():
            return _give(request, text, strengths, by, key)
    except MoveNotAllowed:
        if key and _given_with(key):
            return request
        raise


@transaction.atomic
def _give(
    request: ContributionRequest, text: str, strengths: str, by: User, key: uuid.UUID | None
) -> ContributionRequest:
    request = _locked(request)
    _settle(request, GIVEN, by)
    given = Contribution(
        person_id=request.person_id,
        request=request,
        agency=by.agency,
        text=text,
        strengths=strengths,
        given_at=now(),
        given_by=by,
        form_key=key,
    )
    code_by_default([given])
    with duty(Duty.INTAKE):
        insert_rows([given])
    note(Action.WRITE, "contribution", object_id=given.id, children=[request.person_id])
    tell(
        to=[request.asked_by], person=request.person, kind="contribution", words="A contribution you asked for is here"
    )
    return request


def _given_with(key: uuid.UUID) -> bool:
    with duty(Duty.INTAKE):
        return Contribution.objects.filter(form_key=key).exists()


@transaction.atomic
def decline_to_contribute(*, request: ContributionRequest, why: str, by: User) -> ContributionRequest:
    """The agency knows nothing, or says nothing here; whoever asked is told. Raises Refused, MoveNotAllowed."""
    check_can_give(by, request)
    request = _locked(request)
    _settle(request, DECLINED, by, why)
    tell(to=[request.asked_by], person=request.person, kind="contribution", words="A contribution was declined")
    return request


@transaction.atomic
def withdraw_request(*, request: ContributionRequest, why: str, by: User) -> ContributionRequest:
    """It is no longer asked. Raises Refused, MoveNotAllowed."""
    check_can_assess(by, request.person_id)
    request = _locked(request)
    _settle(request, WITHDRAWN, by, why)
    return request


@transaction.atomic
def chase_contribution(*, request: ContributionRequest, by: User) -> ContributionRequest:
    """Ask once more: whoever was asked is told, and when. Raises Refused; MoveNotAllowed when it was settled."""
    check_can_assess(by, request.person_id)
    request = _locked(request)
    if request.status != ASKED:
        raise MoveNotAllowed("nothing is to be chased: it was settled meanwhile")
    request.chased_at = now()
    request.save(update_fields=["chased_at"])
    _written(request)
    _tell_asked(request, CHASE_WORDS)
    return request
