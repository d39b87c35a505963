"""Outcomes, and what a closure asks for, made through the services."""

from tests.factories import accounts
from tests.factories.prepared import prepared
from trellis.cases.models import Case
from trellis.core.clocks import today
from trellis.letters.models import NoLetter
from trellis.outcomes import services
from trellis.outcomes.areas import areas_on
from trellis.outcomes.models import ClosureChallenge, Point, Standing
from trellis.outcomes.services import Answer

CHALLENGE = {
    "tried": "Seven visits, at home, at college and at the park",
    "what_else": "A worker of her own age group",
    "who_else": "Her aunt Shaz and the youth club",
    "young_person_said": "I do not want another stranger",
    "decided_why": "The youth club goes on seeing her",
}


def said(case: Case, point=Point.CLOSE, by=None, *, status=Standing.NOT_KNOWN, **others: str):
    """Every area answered at a point: ``status``, or what ``others`` say of an area."""
    by = by or accounts.hub_worker()
    answers = {}
    for area in areas_on(today()):
        stands = others.get(area.code, status)
        answers[area.code] = Answer(stands, "" if stands == Standing.NOT_KNOWN else "worker")
    with prepared():
        return services.record_outcomes(case=case, point=point, answers=answers, by=by)


def school_told(case: Case, by=None):
    by = by or accounts.hub_worker()
    with prepared():
        return services.say_who_was_told(case=case, whom="school", by=by, told_on=today(), name="Mr Okoro", how="call")


def area_took_over(case: Case, by=None):
    by = by or accounts.hub_worker()
    with prepared():
        return services.say_who_was_told(case=case, whom="area", by=by, told_on=today(), name="North team")


def challenged(case: Case, by=None, *, may_close=True, reason="did_not_engage") -> ClosureChallenge:
    by = by or accounts.manager()
    with prepared():
        return services.challenge_closure(case=case, reason=reason, may_close=may_close, by=by, **CHALLENGE)


def gp_settled(case: Case) -> Case:
    told = {"person": case.person, "reason": "not_registered"}
    with prepared():
        NoLetter.objects.get_or_create(case=case, kind="gp", occasion="closing", defaults=told)
    return case


def ready_to_close(case: Case) -> Case:
    """What every closure asks for is there."""
    said(case)
    school_told(case)
    return gp_settled(case)
