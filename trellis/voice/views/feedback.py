"""Feedback on the service: written down for one young person, and what all of it comes to."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_http_methods

from trellis.accounts.access import check_may
from trellis.accounts.permissions import Permission
from trellis.accounts.sessions import SignedInRequest
from trellis.core.clocks import today
from trellis.voice import presenters, services
from trellis.voice.access import see_voice_to_write
from trellis.voice.forms.views import FeedbackForm, now_there
from trellis.voice.queries import faces_given, feedback_questions
from trellis.voice.views.writing import Writing, written

DAYS = 365


@require_http_methods(["GET", "POST"])
def record(request: SignedInRequest, person_id: UUID) -> HttpResponse:
    person = see_voice_to_write(request.user, person_id)
    form = FeedbackForm(request.POST or None, initial=now_there(), questions=feedback_questions(today()))
    writing = Writing(
        "What they say of us",
        form,
        lambda told: services.record_feedback(person=person, by=request.user, **told),
        "What they say of us is written down.",
        "A few plain questions, a sample set of our own. Nobody has to answer any of them. The team sees only how many "
        "said what, and nothing where that could tell who.",
    )
    return written(request, person, writing)


@require_GET
def figures(request: SignedInRequest) -> HttpResponse:
    """How many young people whom the reader sees said what of the service; nobody named, small numbers withheld."""
    check_may(request.user, Permission.CHILD_READ)
    check_may(request.user, Permission.VOICE_WRITE)
    people, asked = faces_given(request.user, DAYS)
    small = presenters.DEFAULT_RULE.small(people)
    context = {"people": presenters.WITHHELD if small else people, "rows": presenters.feedback_figures(asked)}
    return render(request, "voice/feedback.html", context)
