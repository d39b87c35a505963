"""What assessments hold of the young person's own words."""

from collections.abc import Iterator

from django.urls import reverse

from trellis.accounts.models import User
from trellis.assessments.models import Assessment
from trellis.cases.childs_words import NOT_ASKED, Words
from trellis.core.clocks import london_date
from trellis.need_to_know.access import visible_to
from trellis.people.models import Person

MOST = 100


def said_in_assessments(user: User, person: Person) -> Iterator[Words]:
    rows = visible_to(user, Assessment).filter(person=person).select_related("worker")
    for assessment in rows.order_by("-clock_started_on")[:MOST]:
        at = assessment.submitted_at
        yield Words(
            said=london_date(at) if at else assessment.clock_started_on,
            step="assessment",
            words=assessment.childs_view,
            what="How they see it",
            heard_by=assessment.worker.name,
            how=assessment.childs_view_how,
            url=reverse("assessment", args=[person.id, assessment.id]),
            why_not="" if assessment.childs_view else assessment.child_not_heard_why or NOT_ASKED,
        )
