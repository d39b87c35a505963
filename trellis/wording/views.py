"""Advice on a text while it is written, and the list it comes from."""

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from trellis.accounts.access import check_may
from trellis.accounts.permissions import Permission
from trellis.accounts.sessions import SignedInRequest
from trellis.core.clocks import today
from trellis.core.reference_data import limit
from trellis.wording import services
from trellis.wording.access import see_for_change
from trellis.wording.forms import NewNudgeForm, NudgeForm
from trellis.wording.models import Nudge
from trellis.wording.presenters import as_json, listed
from trellis.wording.queries import advice_on, revisions_of, the_list, withdrawn
from trellis.wording.throttle import may_ask

CONFLICT, TOO_OFTEN = 409, 429
MOST_LETTERS = 20_000


@require_POST
def advice(request: SignedInRequest) -> HttpResponse:
    """What the list says about a text. Nothing of it is kept, and it leaves no mark anywhere."""
    if not may_ask(request.user.id, limit("wording.askings_a_minute", today())):
        return JsonResponse({"advice": []}, status=TOO_OFTEN)
    return JsonResponse({"advice": as_json(advice_on(request.POST.get("text", "")[:MOST_LETTERS]))})


@require_GET
def wording(request: SignedInRequest) -> HttpResponse:
    """The list, with its reasons."""
    may_edit = request.user.may(Permission.WORDING_EDIT)
    out = listed(withdrawn()) if may_edit else []
    return render(request, "wording/list.html", {"rows": listed(the_list()), "may_edit": may_edit, "withdrawn": out})


@require_http_methods(["GET", "POST"])
def new_nudge(request: SignedInRequest) -> HttpResponse:
    check_may(request.user, Permission.WORDING_EDIT)
    form = NewNudgeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return write(request, form, form.cleaned_data["code"], None)
    return nudge_page(request, form, None)


@require_http_methods(["GET", "POST"])
def edit_nudge(request: SignedInRequest, code: str) -> HttpResponse:
    nudge = see_for_change(request.user, code)
    form = NudgeForm(request.POST or None, nudge=nudge)
    if request.method == "POST" and form.is_valid():
        return write(request, form, code, nudge)
    return nudge_page(request, form, nudge)


def write(request: SignedInRequest, form: NudgeForm, code: str, nudge: Nudge | None) -> HttpResponse:
    key, after = form.cleaned_data["form_key"], form.cleaned_data["after"]
    try:
        services.write_nudge(code=code, after=after, by=request.user, key=key, **form.written())
    except services.ChangedFirst as refusal:
        return nudge_page(request, form, nudge, refusal.now)
    messages.success(request, "The advice is saved. It holds from today; what it was before is kept.")
    return redirect("wording")


def nudge_page(
    request: SignedInRequest, form: NudgeForm, nudge: Nudge | None, stands: Nudge | None = None
) -> HttpResponse:
    """``stands``: what somebody else saved first, beside what was typed."""
    context = {"form": form, "nudge": nudge, "stands": stands, "history": revisions_of(nudge) if nudge else []}
    return render(request, "wording/nudge.html", context, status=CONFLICT if stands else None)
