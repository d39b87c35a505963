"""Before and after a time together: what is asked, and what of what was typed is kept."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from trellis.accounts.access import check_may
from trellis.accounts.permissions import Permission
from trellis.accounts.sessions import SignedInRequest
from trellis.cases.presenters import child_context
from trellis.cases.queries import child_header
from trellis.cases.read_back import copy_of_plan
from trellis.need_to_know.access import note_listed
from trellis.voice import presenters, services
from trellis.voice.access import own_together, see_of_person, see_step, see_voice_to_write
from trellis.voice.forms.together import ASIDE, BeginForm, KeepForm
from trellis.voice.models import Together
from trellis.voice.queries import pages_of, questions, togethers
from trellis.voice.together_lock import address_of, hand_over
from trellis.voice.views.onward import onward
from trellis.voice.views.writing import PAGE


@require_http_methods(["GET", "POST"])
def begin(request: SignedInRequest, person_id: UUID) -> HttpResponse:
    """Choose what to ask; then the device is handed over, and opens nothing else."""
    person = see_voice_to_write(request.user, person_id)
    copy = copy_of_plan(request.user, person)
    form = BeginForm(request.POST or None, questions=questions(), has_plan=copy is not None)
    if request.method == "POST" and form.is_valid():
        chosen = copy if form.cleaned_data.get("with_plan") else None
        key = form.cleaned_data["form_key"]
        made = services.begin_together(person=person, questions=form.asked(), copy=chosen, by=request.user, key=key)
        if made.ended_at is None:
            hand_over(request.session, made.id)
            return onward(request, address_of(str(made.id)))
        return onward(request, reverse("keep-words", args=[person.id, made.id]))
    context = child_context(child_header(request.user, person), current=PAGE)
    more = {"form": form, "called": presenters.called(person), "has_plan": copy is not None}
    return render(request, "voice/begin.html", {**context, **more})


@require_GET
def waiting(request: SignedInRequest) -> HttpResponse:
    """What was typed in times together and waits for the worker who sat there."""
    check_may(request.user, Permission.CHILD_READ)
    check_may(request.user, Permission.VOICE_WRITE)
    rows = list(togethers(request.user)[:50])
    note_listed(request.user, "words said together", [row.person_id for row in rows])
    return render(request, "voice/waiting.html", {"rows": presenters.waiting_rows(rows)})


@require_GET
def said(request: SignedInRequest, person_id: UUID, together_id: UUID) -> HttpResponse:
    """What was typed in one time together: what waits, what was kept."""
    person = see_voice_to_write(request.user, person_id)
    see_of_person(request.user, person, Together, together_id)
    found = own_together(request.user, together_id)
    context = child_context(child_header(request.user, person), current=PAGE)
    more: dict[str, Any] = {"together": found, "steps": pages_of(found), "called": presenters.called(person)}
    return render(request, "voice/said.html", {**context, **more})


@require_http_methods(["GET", "POST"])
def keep(request: SignedInRequest, person_id: UUID, together_id: UUID, step_id: UUID) -> HttpResponse:
    """Ask whether this is what they meant; keep it, or set it aside."""
    person = see_voice_to_write(request.user, person_id)
    step = see_step(request.user, person, together_id, step_id)
    form = KeepForm(request.POST or None, initial={"words": step.words, "step": "everyday", "how": "wrote"}, said=step)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        if told["what"] == ASIDE:
            services.set_said_aside(step=step, why=told["why"], by=request.user)
            messages.success(request, "It is set aside: the words are gone.")
        else:
            services.keep_said(
                step=step,
                words=told["words"],
                voice_step=told.get("step") or "everyday",
                how=told.get("how") or "wrote",
                confirmed=told.get("confirmed", False),
                by=request.user,
            )
            messages.success(request, "It is kept in their words.")
        return redirect("keep-words", person.id, together_id)
    context = child_context(child_header(request.user, person), current=PAGE)
    return render(request, "voice/keep.html", {**context, "form": form, "step": step, "together_id": together_id})
