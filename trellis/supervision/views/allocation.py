"""Who works with a young person: giving the case to a worker, and taking it from one."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from trellis.accounts.access import Refused, check_may
from trellis.accounts.permissions import Permission
from trellis.accounts.sessions import SignedInRequest
from trellis.cases.models import Allocation
from trellis.cases.presenters import child_context
from trellis.cases.queries import child_header
from trellis.core.protection import Part
from trellis.need_to_know.access import can_see_person, see_person
from trellis.supervision import services
from trellis.supervision.access import see_of, see_open_case
from trellis.supervision.forms import AllocationForm
from trellis.supervision.queries import allocations_now, loads, workers

CONFLICT = 409


@require_http_methods(["GET", "POST"])
def allocation(request: SignedInRequest, person_id: UUID) -> HttpResponse:
    """Who works the case now, what every worker has in hand, and whose it becomes."""
    user = request.user
    check_may(user, Permission.CASE_ALLOCATE)
    person = see_person(user, person_id, "allocation", Part.RECORD)
    case = see_open_case(user, person)
    held = allocations_now(user, case)
    lead = next((one.id for one in held if one.part == Allocation.Part.LEAD), None)
    form = AllocationForm(request.POST or None, loads=loads(user, workers()), initial={"after": lead, "part": "lead"})
    first = ""
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            made = services.allocate(case=case, by=user, **said)
        except Refused as refusal:
            form.add_error("worker", str(refusal))
        except services.WorkedMeanwhile as meanwhile:
            first = str(meanwhile)
        else:
            messages.success(request, f"{made.worker.name} is {made.get_part_display().lower()} from today.")
            return redirect("allocation", person.id)
    context = child_context(child_header(user, person), current="child-supervision")
    more = {"form": form, "held": held, "first": first, "may_close": user.may(Permission.CASE_CLOSE)}
    return render(request, "supervision/allocation.html", {**context, **more}, status=CONFLICT if first else None)


@require_POST
def end(request: SignedInRequest, person_id: UUID, allocation_id: UUID) -> HttpResponse:
    user = request.user
    check_may(user, Permission.CASE_ALLOCATE)
    person = see_person(user, person_id, "allocation", Part.RECORD)
    found = see_of(user, person, Allocation, allocation_id, named="case__person")
    services.end_allocation(allocation=found, by=user)
    messages.success(request, f"{found.worker.name} works with this young person no longer.")
    if can_see_person(user, person.id, Part.RECORD):
        return redirect("allocation", person.id)
    return redirect("caseload")
