"""Reads for the pages of assessments: answers that stand, what the rule gives, who works on what."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from trellis.accounts.models import Agency, Membership, User
from trellis.accounts.permissions import Permission
from trellis.assessments.access import assessments_visible_to, requests_visible_to
from trellis.assessments.instruments.comparing import Taken
from trellis.assessments.instruments.definition import Definition
from trellis.assessments.instruments.reading import read
from trellis.assessments.instruments.scoring import About, Result, result
from trellis.assessments.lifecycle import ASKED, SIGNED_OFF, SUBMITTED
from trellis.assessments.models import (
    Answer,
    Assessment,
    AssessmentMove,
    Contribution,
    ContributionRequest,
    InstrumentVersion,
    Judgement,
    OutcomeView,
    Purpose,
)
from trellis.core.clocks import age_on
from trellis.core.protection import Part
from trellis.need_to_know.access import visible_to
from trellis.need_to_know.models import Grant
from trellis.people.models import Particulars, Person

# The children in need census's code.
LEARNING = "LD"
Standing = dict[tuple[str, str], Answer]


def standing_answers(assessment: Assessment) -> Standing:
    """(item, window) to the answer that stands: the latest. One taken back stands with no value."""
    rows = assessment.answers.standing().select_related("agency", "answered_by")
    return {answer.asked: answer for answer in rows}


@dataclass(frozen=True)
class Whole:
    """An assessment with everything a page of it needs: what was asked, answered, judged and said."""

    assessment: Assessment
    definition: Definition
    answers: Standing
    result: Result
    judgement: Judgement | None
    outcomes: dict[str, OutcomeView]


def whole(assessment: Assessment) -> Whole:
    answers = standing_answers(assessment)
    return Whole(
        assessment=assessment,
        definition=definition_of(assessment),
        answers=answers,
        result=result_of(assessment, answers),
        judgement=last_judgement(assessment),
        outcomes=outcome_views(assessment),
    )


def definition_of(assessment: Assessment) -> Definition:
    return read(assessment.version.definition)


def reckoned(assessment: Assessment, answers: Standing) -> Result:
    """What the tool's own rule gives for the answers as they stand."""
    values = {key: answer.value for key, answer in answers.items() if answer.value is not None}
    return result(definition_of(assessment), values, about(assessment))


def about(assessment: Assessment) -> About:
    """The age on the day the clock started, so that a rule gives the same however often it is asked."""
    age = age_on(assessment.person.date_of_birth, assessment.clock_started_on)
    return About(age, assessment.learning_disability)


def result_of(assessment: Assessment, answers: Standing) -> Result:
    """The result kept when it was submitted; before, what the rule gives now."""
    if assessment.result and assessment.is_over:
        return Result.from_json(assessment.result)
    return reckoned(assessment, answers)


def last_judgement(assessment: Assessment) -> Judgement | None:
    return assessment.judgements.select_related("judged_by").order_by("-judged_at").first()


def outcome_views(assessment: Assessment) -> dict[str, OutcomeView]:
    return {view.area: view for view in assessment.outcome_views.all()}


def assessments_of(user: User, person: Person) -> QuerySet[Assessment]:
    """Those of a young person, the latest first, with their tools."""
    rows = assessments_visible_to(user).filter(person=person).select_related("version__instrument", "worker")
    return rows.order_by("-clock_started_on", "-recorded_at")


def learning_disability_of(user: User, person: Person) -> bool | None:
    """What the record says of it, as far as the user may see; None while nobody has asked."""
    said = visible_to(user, Particulars).filter(person=person).values_list("disabilities", flat=True).first()
    return LEARNING in said if said else None


def tools_for(person: Person, day: date) -> list[InstrumentVersion]:
    """The newest version in use of each tool that fits the age; those the young person fills in by themself apart."""
    age = age_on(person.date_of_birth, day)
    fitting = InstrumentVersion.objects.in_use(day).filter(instrument__age_from__lte=age, instrument__age_to__gte=age)
    rows = fitting.exclude(instrument__purpose=Purpose.SELF_REPORT).select_related("instrument")
    newest: dict[uuid.UUID, InstrumentVersion] = {}
    for version in rows.order_by("instrument__name", "-number"):
        newest.setdefault(version.instrument_id, version)
    return list(newest.values())


@dataclass(frozen=True)
class Compared:
    """An assessment that is over, and what a comparison sees of it."""

    assessment: Assessment
    taken: Taken


def series_of(user: User, person: Person) -> list[Compared]:
    """The young person's assessments that are submitted or signed off, the oldest first; few queries for any number."""
    over = assessments_of(user, person).filter(status__in=(SUBMITTED, SIGNED_OFF))
    rows = sorted(over, key=lambda one: (one.submitted_at, one.recorded_at))
    answers, views = _answers_of_all(rows), _views_of_all(rows)
    definitions = {one.version_id: read(one.version.definition) for one in rows}
    return [
        Compared(
            one,
            Taken(
                version=str(one.version_id),
                definition=definitions[one.version_id],
                answers=answers.get(one.id, {}),
                result=Result.from_json(one.result),
                views=views.get(one.id, {}),
                key=str(one.id),
            ),
        )
        for one in rows
        if one.result is not None
    ]


def _answers_of_all(rows: list[Assessment]) -> dict[uuid.UUID, dict[tuple[str, str], str | int]]:
    found: dict[uuid.UUID, dict[tuple[str, str], str | int]] = {}
    for answer in Answer.objects.filter(assessment__in=rows).standing():
        if answer.value is not None:
            found.setdefault(answer.assessment_id, {})[answer.asked] = answer.value
    return found


def _views_of_all(rows: list[Assessment]) -> dict[uuid.UUID, dict[str, str]]:
    found: dict[uuid.UUID, dict[str, str]] = {}
    for view in OutcomeView.objects.filter(assessment__in=rows):
        found.setdefault(view.assessment_id, {})[view.area] = view.change
    return found


def moves_of(assessment: Assessment) -> QuerySet[AssessmentMove]:
    return assessment.status_moves.select_related("moved_by").order_by("moved_at", "recorded_at")


def submitter_of(assessment: Assessment) -> uuid.UUID | None:
    """Who sent it for sign-off, last."""
    sent = assessment.status_moves.filter(new=SUBMITTED).order_by("-moved_at")
    return sent.values_list("moved_by", flat=True).first()


def requests_of(user: User, assessment: Assessment) -> list[ContributionRequest]:
    """What was asked of whom, the earliest due first."""
    rows = requests_visible_to(user).filter(assessment=assessment)
    return list(rows.select_related("agency", "asked_of", "asked_by").order_by("due_on", "recorded_at"))


def contributions_to(user: User, requests: Iterable[ContributionRequest]) -> dict[uuid.UUID, Contribution]:
    """Request to what was contributed, as far as the user's agency may hold it."""
    rows = visible_to(user, Contribution).filter(request__in=[request.id for request in requests])
    return {given.request_id: given for given in rows.select_related("agency", "given_by").order_by("given_at")}


def agencies_that_see(person: Person, giving: Permission = Permission.CONTRIBUTION_GIVE) -> QuerySet[Agency]:
    """Agencies of which somebody sees at least who the young person is: only they can be asked to contribute."""
    return Agency.objects.filter(Exists(_reached(person, giving).filter(agency=OuterRef("pk")))).order_by("name")


def contributors(person: Person) -> QuerySet[User]:
    """Everybody who can be asked to contribute."""
    return _reached(person).select_related("agency").order_by("agency__name", "name", "id")


def people_who_see(person: Person, agency: Agency, giving: Permission = Permission.CONTRIBUTION_GIVE) -> QuerySet[User]:
    """The people of an agency who see at least who the young person is and may contribute."""
    return _reached(person, giving).filter(agency=agency).order_by("name", "id")


def _reached(person: Person, giving: Permission = Permission.CONTRIBUTION_GIVE) -> QuerySet[User]:
    """People reached by a grant of this record in force, with a role that gives what is asked."""
    identity = Q(parts=[]) | ~Q(parts__overlap=[Part.POINTER.value, Part.EMERGENCY.value])
    return _through(Grant.objects.giving_sight().filter(identity, person=person), giving)


def _through(grants: QuerySet[Grant], doing: Permission) -> QuerySet[User]:
    """People whom one of ``grants`` reaches, by name, team or agency, with a role that permits ``doing``."""
    present = Membership.objects.current()
    in_team = present.filter(user=OuterRef("pk"), team__in=grants.filter(team__isnull=False).values("team"))
    may = present.filter(user=OuterRef("pk"), role__permissions__contains=[doing.value])
    through = (
        Q(id__in=grants.filter(user__isnull=False).values("user"))
        | Q(agency__in=grants.filter(agency__isnull=False).values("agency"))
        | Q(Exists(in_team))
    )
    return User.objects.filter(through, Exists(may), is_active=True)


def assessors(person: Person) -> QuerySet[User]:
    """Everybody who writes assessments and has the young person's whole record, by name."""
    whole = Grant.objects.giving_sight().filter(parts=[], person=person)
    return _through(whole, Permission.ASSESSMENT_WRITE).select_related("agency").order_by("name", "id")


def waiting_for(user: User) -> QuerySet[ContributionRequest]:
    """What the user's own agency was asked to contribute and has not, the earliest due first."""
    rows = requests_visible_to(user).filter(agency=user.agency_id, status=ASKED)
    return rows.select_related("person", "asked_by__agency", "asked_of").order_by("due_on", "recorded_at")


def under_way(user: User) -> QuerySet[Assessment]:
    """Every assessment under way that the user sees, by worker, the earliest due first."""
    rows = assessments_visible_to(user).under_way().select_related("version__instrument", "worker__agency", "person")
    return rows.order_by("worker__name", "worker", "due_on", "recorded_at")


@dataclass(frozen=True)
class Caseload:
    worker: str
    count: int


def caseloads(user: User) -> list[Caseload]:
    """How many assessments each worker has under way, of those the user sees, the most first."""
    rows = assessments_visible_to(user).under_way().order_by().values_list("worker", "worker__name")
    counted = rows.annotate(count=Count("id")).order_by("-count", "worker__name", "worker")
    return [Caseload(name, count) for _, name, count in counted]
