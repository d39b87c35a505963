"""What assessments add to a child's overview: those under way, by when they are to be signed off."""

from collections.abc import Iterator

from django.urls import reverse

from trellis.accounts.models import User
from trellis.assessments.models import Assessment
from trellis.assessments.queries import under_way
from trellis.cases.child_pages import Due
from trellis.cases.closing import Unfinished
from trellis.cases.models import Case
from trellis.people.models import Person


def assessments_unfinished(case: Case) -> Iterator[Unfinished]:
    for assessment in Assessment.objects.under_way().filter(person=case.person_id).select_related("worker"):
        here = reverse("assessment", args=[case.person_id, assessment.id])
        status = assessment.get_status_display().lower()
        yield Unfinished(f"An assessment by {assessment.worker} is {status}. Have it signed off, or stop it", here)


def assessment_due(user: User, person: Person) -> Iterator[Due]:
    for assessment in under_way(user).filter(person=person):
        here = reverse("assessment", args=[person.id, assessment.id])
        yield Due(assessment.due_on, f"Assessment, {assessment.get_status_display().lower()}", here)
