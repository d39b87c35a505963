"""One part of a draft at a time: a domain, an item, a scale, a floor, the rule, the bands, what is asked besides."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from trellis.accounts.access import Hidden
from trellis.accounts.sessions import SignedInRequest
from trellis.assessments.editor import queries, services
from trellis.assessments.editor.access import see_draft
from trellis.assessments.editor.forms import PARTS, PartForm, part_form
from trellis.assessments.instruments.drafting import LISTS, Data, domain_of, move, remove, standing, written
from trellis.assessments.models import InstrumentDraft
from trellis.core.revisions import ChangedMeanwhile

CONFLICT = 409
MEMBERS = {*LISTS, "item"}
STEPS = {"up": -1, "down": 1}
SAID = {"up": "Moved up.", "down": "Moved down.", "remove": "Taken out of the draft."}
HEADINGS = {
    "rule": "How answers are counted",
    "bands": "Bands",
    "review": "Looking again, and what is asked besides",
}


@require_http_methods(["GET", "POST"])
def draft_part(request: SignedInRequest, instrument_id: UUID, part: str, code: str = "") -> HttpResponse:
    """Fill in one part, move it or take it out. What somebody took out meanwhile is put back by saving it."""
    draft = see_draft(request.user, instrument_id)
    value = standing(draft.definition, part, code) if part in PARTS and (part in MEMBERS or not code) else None
    if value is None and (request.method == "GET" or part not in MEMBERS):
        raise Hidden("instrument draft", instrument_id)
    form = form_of(request, draft, part, code)
    changed = changed_by(request, form, draft.definition, part, code)
    if changed is None:
        return part_page(request, draft, form, part, code)
    try:
        services.save_draft(draft=draft, definition=changed, after=revision_typed_over(request), by=request.user)
    except ChangedMeanwhile:
        stands = standing(draft.definition, part, code)
        shown = None if stands is None else rows_of(draft, part, stands)
        return part_page(request, draft, form_of(request, draft, part, code), part, code, {"stands": shown})
    except services.NoDraft as refusal:
        messages.warning(request, str(refusal))
        return redirect("instrument", instrument_id)
    messages.success(request, SAID.get(request.POST.get("action", ""), "Saved in the draft."))
    return to_draft(instrument_id, part, code)


def form_of(request: SignedInRequest, draft: InstrumentDraft, part: str, code: str) -> PartForm:
    value = standing(draft.definition, part, code) or {}
    home = domain_of(draft.definition, code) if part == "item" and code else request.GET.get("in", "")
    areas = queries.outcome_areas()
    return part_form(part, request.POST or None, draft=draft.definition, value=value, areas=areas, home=home)


def rows_of(draft: InstrumentDraft, part: str, value: Data) -> list[tuple[str, str]]:
    return part_form(part, None, draft=draft.definition, value=value, areas=queries.outcome_areas()).rows()


def changed_by(request: SignedInRequest, form: PartForm, data: Data, part: str, code: str) -> Data | None:
    """The draft as it is to be, or None while there is nothing to save."""
    action = request.POST.get("action", "")
    if request.method == "POST" and code and action in STEPS:
        return move(data, part, code, STEPS[action])
    if request.method == "POST" and code and action == "remove":
        return remove(data, part, code)
    if request.method == "POST" and form.is_valid():
        return written(data, part, code, form.values(), form.cleaned_data.get("domain", ""))
    return None


def revision_typed_over(request: SignedInRequest) -> int:
    """A form that lost its number was filled in beside no revision at all, and is shown what stands."""
    typed = request.POST.get("revision", "")
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 9 else 0


def part_page(
    request: SignedInRequest,
    draft: InstrumentDraft,
    form: PartForm,
    part: str,
    code: str,
    more: dict[str, object] | None = None,
) -> HttpResponse:
    """``more`` holds ``stands`` when somebody saved first: what they saved, or None where they took it out."""
    context = {
        "draft": draft,
        "instrument": draft.instrument,
        "form": form,
        "part": part,
        "code": code,
        "page_heading": HEADINGS.get(part) or f"{'Change' if code else 'Add'} a{'n' * (part == 'item')} {part}",
        "first": more is not None,
        "needs_domain": part == "item" and not draft.definition.get("domains"),
        **(more or {}),
    }
    return render(request, "assessments/editor/part.html", context, status=CONFLICT if more is not None else None)


def to_draft(instrument_id: UUID, part: str, code: str) -> HttpResponseRedirect:
    anchor = f"{part}-{code}" if code else part
    return redirect(f"{reverse('instrument-draft', args=[instrument_id])}#{anchor}")
