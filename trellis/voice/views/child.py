"""The voice of one young person: all that was said, what is written down anew, what changed."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_http_methods

from trellis.accounts.permissions import Permission
from trellis.accounts.sessions import SignedInRequest
from trellis.cases.presenters import child_context
from trellis.cases.queries import child_header
from trellis.core.clocks import today
from trellis.people.models import Person
from trellis.voice import presenters, services
from trellis.voice.access import see_of_person, see_voice, see_voice_to_write
from trellis.voice.forms.views import ChangeForm, CorrectViewForm, ToldForm, ViewForm, now_there
from trellis.voice.models import ChangeMade, Feedback, View
from trellis.voice.queries import view_words, views_before, views_standing, voice_of
from trellis.voice.views.writing import PAGE, Writing, written

CORRECTED = ("step", "said_on", "asked", "words", "not_said", "not_said_why", "how", "heard_by", "confirmed")


@require_GET
def child_voice(request: SignedInRequest, person_id: UUID) -> HttpResponse:
    """Everything they said over all steps, where nothing was heard, and what changed because of it."""
    person = see_voice(request.user, person_id)
    voice, day = voice_of(request.user, person), today()
    context = {
        **child_context(child_header(request.user, person), current=PAGE),
        "called": presenters.called(person),
        "rows": presenters.timeline(voice, day),
        "steps": presenters.steps_said(voice),
        "changes": presenters.changes(voice.changes, person),
        "feedback": presenters.feedback_rows(voice.feedback),
        "read_backs": presenters.read_rows(voice.read_backs),
        "waiting": presenters.waiting_rows(voice.waiting),
        "every": presenters.weeks(voice.every),
        "may_write": request.user.may(Permission.VOICE_WRITE),
    }
    return render(request, "voice/child.html", context)


@require_http_methods(["GET", "POST"])
def record(request: SignedInRequest, person_id: UUID) -> HttpResponse:
    person = see_voice_to_write(request.user, person_id)
    writing = Writing(
        "Write down what they said",
        ViewForm(request.POST or None, initial=now_there()),
        lambda told: services.record_view(person=person, by=request.user, **told),
        "What they said is written down.",
        "What stands in the plan, an assessment, a return interview, a panel or direct work is on their page already: "
        "do not type it again.",
    )
    return written(request, person, writing)


@require_GET
def view(request: SignedInRequest, person_id: UUID, view_id: UUID) -> HttpResponse:
    """One view, and what it said before it was put right."""
    person = see_voice(request.user, person_id, "view")
    found = see_of_person(request.user, person, View, view_id)
    context = {
        **child_context(child_header(request.user, person), current=PAGE),
        "view": found,
        "facts": view_words(found),
        "before": [(each, view_words(each)) for each in views_before(found)],
        "may_correct": request.user.may(Permission.VOICE_WRITE) and not hasattr(found, "corrected_by"),
    }
    return render(request, "voice/view.html", context)


@require_http_methods(["GET", "POST"])
def correct(request: SignedInRequest, person_id: UUID, view_id: UUID) -> HttpResponse:
    person = see_voice_to_write(request.user, person_id)
    found = see_of_person(request.user, person, View, view_id)
    writing = Writing(
        "Put right what is written down",
        CorrectViewForm(request.POST or None, initial={name: getattr(found, name) for name in CORRECTED}),
        lambda told: services.correct_view(view=found, by=request.user, **told),
        "It is put right. What it said before is kept.",
    )
    return written(request, person, writing)


@require_http_methods(["GET", "POST"])
def change(request: SignedInRequest, person_id: UUID) -> HttpResponse:
    """What changed because of what they said."""
    person = see_voice_to_write(request.user, person_id)
    said = views_standing(request.user, person).exclude(words="")[:50]
    feedback = voice_of(request.user, person).feedback
    initial = {**now_there(), "told_on": None}
    writing = Writing(
        "What changed because of what they said",
        ChangeForm(request.POST or None, initial=initial, because=presenters.reasons(said, feedback)),
        lambda told: services.record_change(
            person=person, by=request.user, **because_of(request, person, told.pop("because")), **told
        ),
        "What changed is written down.",
        "It belongs to them: tell them what became of what they said.",
    )
    return written(request, person, writing)


def because_of(request: SignedInRequest, person: Person, chosen: str) -> dict[str, Any]:
    """The view or feedback that was chosen, one they may see."""
    if not chosen:
        return {}
    kind, key = chosen.split()
    model: type[View] | type[Feedback] = View if kind == "view" else Feedback
    return {kind: see_of_person(request.user, person, model, UUID(key))}


@require_http_methods(["GET", "POST"])
def tell(request: SignedInRequest, person_id: UUID, change_id: UUID) -> HttpResponse:
    """How they were told what changed."""
    person = see_voice_to_write(request.user, person_id)
    found = see_of_person(request.user, person, ChangeMade, change_id)
    writing = Writing(
        "Say how they were told",
        ToldForm(request.POST or None, initial=now_there()),
        lambda told: services.tell_of_change(change=found, by=request.user, **told),
        "It is written down how they were told.",
        found.what,
    )
    return written(request, person, writing)
