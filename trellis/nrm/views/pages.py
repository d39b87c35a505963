"""The team's list, a young person's page, and the copy of a referral."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from trellis.accounts.access import check_may
from trellis.accounts.fresh import needs_fresh_sign_in
from trellis.accounts.permissions import Permission
from trellis.accounts.sessions import SignedInRequest, remember_opened
from trellis.cases.queries import lead_workers
from trellis.core.clocks import today
from trellis.core.pages import page_of
from trellis.core.reference_data import labels
from trellis.need_to_know.access import note_listed
from trellis.need_to_know.codes import CodeBook
from trellis.nrm import presenters
from trellis.nrm.access import can_record, referrals_visible_to, see_referral
from trellis.nrm.forms import CopyForm, FilterForm
from trellis.nrm.pdf import pdf_of, take_referral
from trellis.nrm.queries import (
    OUTCOMES,
    TYPES,
    considered,
    guardians_of,
    listed,
    reminder_of,
    routes_on,
    section_45_of,
    soon_too_old,
    whole_referrals,
)
from trellis.nrm.views.writing import context_of, page_of_child


@require_GET
def team_list(request: SignedInRequest) -> HttpResponse:
    """Every referral the user may see, overdue first; and for whom the local panel's last day is near."""
    user, day = request.user, today()
    check_may(user, Permission.NRM_WRITE)
    filters = FilterForm(request.GET)
    page = page_of(listed(user, filters.wanted()), request.GET.get("page"))
    soon = soon_too_old(user, day)
    people = [referral.person_id for referral in page]
    note_listed(user, "NRM referrals", {*people, *(person.id for person, _ in soon)})
    context = {
        "filters": filters,
        "page": page,
        "rows": presenters.list_rows(page, lead_workers(people), labels(OUTCOMES), day),
        "overdue": referrals_visible_to(user).overdue(day).count(),
        "soon": presenters.reminder_rows(soon, day),
        "asked": bool(filters.wanted().status or filters.wanted().body or filters.wanted().only),
    }
    return render(request, "nrm/list.html", context)


@require_GET
def child_nrm(request: SignedInRequest, person_id: UUID) -> HttpResponse:
    """Whether it was considered, which bodies decide today, every referral and what goes with it."""
    user, day = request.user, today()
    person = page_of_child(request, person_id)
    said = considered(user, person)
    blocks = presenters.referral_blocks(whole_referrals(user, person), labels(TYPES), labels(OUTCOMES), CodeBook(), day)
    context = {
        **context_of(request, person),
        "considered": presenters.considered_rows(said),
        "considered_line": presenters.considered_line(said),
        "waiting": said.waiting,
        "routes": presenters.route_rows(routes_on(person, day)),
        "last_day": reminder_of(user, person),
        "blocks": blocks,
        "guardians": [(one, presenters.guardian_facts(one)) for one in guardians_of(user, person)],
        "defences": [(one, presenters.section_45_facts(one)) for one in section_45_of(user, person)],
        "may_write": can_record(user, person.id),
        "may_copy": user.may(Permission.RECORD_EXPORT),
    }
    return render(request, "nrm/child.html", context)


@require_http_methods(["GET", "POST"])
@needs_fresh_sign_in
def copy(request: SignedInRequest, person_id: UUID, referral_id: UUID) -> HttpResponse:
    """A copy of one referral to take along, marked; what for and for whom stand in it and in the log."""
    user = request.user
    check_may(user, Permission.RECORD_EXPORT)
    person = page_of_child(request, person_id)
    referral = see_referral(user, person, referral_id)
    remember_opened(request.session, reverse("nrm-copy", args=[person.id, referral.id]))
    form = CopyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        response = HttpResponse(
            pdf_of(take_referral(user, referral, **form.cleaned_data)), content_type="application/pdf"
        )
        response["Content-Disposition"] = 'attachment; filename="nrm.pdf"'
        return response
    more = {
        "form": form,
        "page_heading": "Take a copy of this referral",
        "button": "Take the copy",
        "back": "child-nrm",
    }
    about = f"{presenters.OUR_SUMMARY} What others said must be asked for first is left out and counted."
    return render(request, "nrm/form.html", {**context_of(request, person), **more, "about": about})
