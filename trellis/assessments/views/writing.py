"""The forms of an assessment that take long to write: a domain of the tool, and what is said beside the answers."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from trellis.accounts.access import Hidden
from trellis.accounts.sessions import SignedInRequest
from trellis.assessments import services
from trellis.assessments.forms import DomainForm, ViewsForm, typed_over
from trellis.assessments.instruments.definition import Definition, Domain
from trellis.assessments.models import Assessment
from trellis.assessments.presenters import assessment as words
from trellis.assessments.queries import definition_of, outcome_views, standing_answers
from trellis.assessments.views.shown import CONFLICT, found_to_write, page, to
from trellis.core.lifecycle import MoveNotAllowed
from trellis.core.reference_data import labels
from trellis.core.revisions import ChangedMeanwhile

SAVED = "Saved."


@require_http_methods(["GET", "POST"])
def domain(request: SignedInRequest, person_id: UUID, assessment_id: UUID, domain: str) -> HttpResponse:
    """The items of one domain. Of two people answering the same, the later sees both answers side by side."""
    one = found_to_write(request, person_id, assessment_id)
    definition = definition_of(one)
    asked = next((part for part in definition.domains if part.code == domain), None)
    if asked is None:
        raise Hidden("part of an assessment", one.id)
    form = DomainForm(request.POST or None, domain=asked, standing=standing_answers(one))
    if request.method == "POST" and form.is_valid():
        try:
            services.save_answers(assessment=one, answers=form.given(), by=request.user)
        except services.AnsweredMeanwhile as meanwhile:
            return both_answers(request, one, definition, form, meanwhile)
        except MoveNotAllowed as refusal:
            form.add_error(None, f"Nothing was saved: {refusal}")
            return domain_page(request, one, definition, form, status=CONFLICT)
        messages.success(request, SAVED)
        following = words.next_domain(definition, asked) if "next" in request.POST else None
        return redirect("assessment-domain", one.person_id, one.id, following.code) if following else to(one)
    return domain_page(request, one, definition, form)


def both_answers(
    request: SignedInRequest,
    one: Assessment,
    definition: Definition,
    form: DomainForm,
    meanwhile: services.AnsweredMeanwhile,
) -> HttpResponse:
    again = DomainForm(typed_over(request.POST, form, meanwhile.theirs), domain=form.domain, standing=form.standing)
    again.is_valid()
    for part in again.parts:
        if part["key"] in meanwhile.theirs:
            again.add_error(part["value"].name, f"{part['item'].text}: somebody else answered first. See both answers")
    theirs = {key: words.line(definition.item(key[0]), key[1], answer) for key, answer in meanwhile.theirs.items()}
    return domain_page(request, one, definition, again, status=CONFLICT, said=str(meanwhile), theirs=theirs)


def domain_page(
    request: SignedInRequest,
    one: Assessment,
    definition: Definition,
    form: DomainForm,
    status: int | None = None,
    said: str = "",
    theirs: dict[tuple[str, str], words.Line] | None = None,
) -> HttpResponse:
    """``theirs``: answers that others saved meanwhile, shown beside what was typed."""
    asked: Domain = form.domain
    parts = [
        {**part, "theirs": (theirs or {}).get(part["key"]), "kind": words.KINDS[part["item"].kind]}
        for part in form.parts
    ]
    number = definition.domains.index(asked) + 1
    more = {
        "form": form,
        "domain": asked,
        "parts": parts,
        "place": f"Part {number} of {len(definition.domains)}",
        "has_next": words.next_domain(definition, asked) is not None,
        "said": said,
    }
    return page(request, one, "domain", status=status, **more)


@require_http_methods(["GET", "POST"])
def said(request: SignedInRequest, person_id: UUID, assessment_id: UUID) -> HttpResponse:
    one = found_to_write(request, person_id, assessment_id)
    form = views_form(request, one)
    if request.method == "POST" and form.is_valid():
        try:
            services.say_views(assessment=one, by=request.user, **form.told())
        except ChangedMeanwhile as meanwhile:
            return both_views(request, one, str(meanwhile))
        except MoveNotAllowed as refusal:
            form.add_error(None, f"Nothing was saved: {refusal}")
            return page(request, one, "views", form=form, status=CONFLICT)
        messages.success(request, SAVED)
        return to(one)
    return page(request, one, "views", form=form)


def views_form(request: SignedInRequest, one: Assessment, revision: int | None = None) -> ViewsForm:
    """``revision``: what is typed is now typed over this one."""
    data = request.POST.copy() if request.method == "POST" else None
    if data is not None and revision is not None:
        data["revision"] = str(revision)
    return ViewsForm(
        data,
        assessment=one,
        definition=definition_of(one),
        areas=labels("outcome_area"),
        said=outcome_views(one),
        best=getattr(one, "best_placed", None),
    )


def both_views(request: SignedInRequest, one: Assessment, told: str) -> HttpResponse:
    """What somebody else saved meanwhile, beside what was typed, which is sent again over theirs."""
    now = found_to_write(request, one.person_id, one.id)
    form = views_form(request, now, now.revision)
    form.add_error(None, told)
    child = [("The young person says", now.childs_view), ("How it was heard", now.childs_view_how)]
    return page(request, now, "views", form=form, theirs=[*child, *words.views_rows(now)], status=CONFLICT)
