"""A child's ledger: what was shared with whom or was not, a new decision, a recall."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from trellis.accounts.access import Hidden
from trellis.accounts.sessions import SignedInRequest
from trellis.cases.presenters import child_context
from trellis.cases.queries import child_header
from trellis.core.clocks import now
from trellis.core.lifecycle import MoveNotAllowed
from trellis.core.pages import page_of
from trellis.core.protection import Part
from trellis.core.reference_data import labels
from trellis.need_to_know.access import see_person
from trellis.people.models import Person
from trellis.sharing import presenters, services
from trellis.sharing.access import can_share, check_can_share, see_decision, see_request
from trellis.sharing.forms import RecallForm, SharingForm
from trellis.sharing.models import PointerRequest
from trellis.sharing.queries import BASIS, PURPOSE, decisions_of, pointers_of, requests_of

CURRENT = "child-sharing"


@require_GET
def ledger(request: SignedInRequest, person_id: UUID) -> HttpResponse:
    """Every decision on sharing this record, the latest first; who is pointed to; what is asked."""
    user, moment = request.user, now()
    person = see_person(user, person_id, "sharing", Part.RECORD)
    page = page_of(decisions_of(user, person), request.GET.get("page"))
    return render(
        request,
        "sharing/ledger.html",
        {
            **child_context(child_header(user, person), current=CURRENT),
            "page": page,
            "rows": presenters.ledger_rows(page, labels(BASIS), labels(PURPOSE), moment),
            "pointers": presenters.pointer_rows(pointers_of(user, person), {person.id}, user),
            "requests": presenters.request_rows(requests_of(user, person), moment),
            "may_share": can_share(user, person),
        },
    )


@require_http_methods(["GET", "POST"])
def decide(request: SignedInRequest, person_id: UUID) -> HttpResponse:
    """Record a decision; ``?request=`` names the question put through a pointer that it answers."""
    user = request.user
    person = see_person(user, person_id, "sharing", Part.RECORD)
    check_can_share(user, person)
    answers = question(request, person)
    form = SharingForm(request.POST or None, answers=answers)
    if request.method == "POST" and form.is_valid():
        key, decided = form.cleaned_data["form_key"], form.decided()
        try:
            services.decide_sharing(person=person, by=user, key=key, answers=answers, **decided)
        except MoveNotAllowed:
            messages.warning(request, "Somebody answered this question before you. Nothing of yours is recorded yet.")
            return redirect("pointer-request", answers.id if answers else person.id)
        messages.success(request, "Shared." if form.shares else "Recorded: this is not shared.")
        return redirect(CURRENT, person.id)
    context = child_context(child_header(user, person), current=CURRENT)
    return render(request, "sharing/decide.html", {**context, "form": form, "answers": answers})


def question(request: SignedInRequest, person: Person) -> PointerRequest | None:
    """The question that is to be answered by sharing, if one is named. Raises Hidden."""
    named = request.GET.get("request")
    if not named:
        return None
    try:
        found = see_request(request.user, UUID(named))
    except ValueError:
        raise Hidden("pointer request") from None
    if found.person_id != person.id:
        raise Hidden("pointer request", found.id)
    return found


@require_http_methods(["GET", "POST"])
def recall(request: SignedInRequest, person_id: UUID, decision_id: UUID) -> HttpResponse:
    """End a share before its day."""
    user = request.user
    person = see_person(user, person_id, "sharing", Part.RECORD)
    check_can_share(user, person)
    decision = see_decision(user, person, decision_id)
    form = RecallForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.recall_share(decision=decision, why=form.cleaned_data["why"], by=user)
            messages.success(request, "Recalled. They see nothing more from their next step on.")
        except services.NothingToRecall:
            messages.warning(request, "This share was not in force any more.")
        return redirect(CURRENT, person.id)
    context = {
        **child_context(child_header(user, person), current=CURRENT),
        "form": form,
        "row": presenters.ledger_rows([decision], labels(BASIS), labels(PURPOSE), now())[0],
    }
    return render(request, "sharing/recall.html", context)
