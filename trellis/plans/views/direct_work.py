"""Time spent with a young person: planned, recorded, all of it."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_http_methods

from trellis.accounts.permissions import Permission
from trellis.accounts.sessions import SignedInRequest
from trellis.cases.presenters import child_context
from trellis.cases.queries import child_header
from trellis.core.clocks import now
from trellis.core.pages import page_of
from trellis.plans import presenters, services
from trellis.plans.access import see_in_plan
from trellis.plans.forms.direct_work import DirectWorkDoneForm, DirectWorkForm, MoveDirectWorkForm, RecordDirectWorkForm
from trellis.plans.models import DirectWork
from trellis.plans.queries import direct_work_of, times_before, worker, workers
from trellis.plans.views.writing import PAGE, Writing, plan_page_of, to_write, written

ALL = "child-direct-work"


@require_GET
def direct_work(request: SignedInRequest, person_id: UUID) -> HttpResponse:
    """What is planned with a young person and how what was planned went, the latest first."""
    person = plan_page_of(request, person_id, "direct work")
    page = page_of(direct_work_of(request.user, person), request.GET.get("page"))
    context = {
        **child_context(child_header(request.user, person), current=PAGE),
        "page": page,
        "direct_work": presenters.direct_work_rows(page),
        "may_write": request.user.may(Permission.PLAN_WRITE),
        "called": presenters.called(person),
    }
    return render(request, "plans/direct_work.html", context)


@require_http_methods(["GET", "POST"])
def plan_direct_work(request: SignedInRequest, person_id: UUID) -> HttpResponse:
    person = to_write(request, person_id)

    def save(told: dict[str, Any]) -> object:
        return services.plan_direct_work(person=person, by=request.user, worker=worker(told.pop("worker")), **told)

    initial = {"worker": str(request.user.id), "kind": DirectWork.Kind.VISIT}
    form = DirectWorkForm(request.POST or None, initial=initial, workers=workers())
    return written(request, person, Writing("Plan direct work", form, save, "The direct work is planned.", back=ALL))


@require_http_methods(["GET", "POST"])
def record_new_direct_work(request: SignedInRequest, person_id: UUID) -> HttpResponse:
    """Direct work that nobody had planned."""
    person = to_write(request, person_id)
    writing = Writing(
        "Record direct work",
        DirectWorkDoneForm(request.POST or None, initial={"happened_at": now()}),
        lambda told: services.record_direct_work_done(person=person, by=request.user, **told),
        "The direct work is recorded.",
        back=ALL,
    )
    return written(request, person, writing)


@require_http_methods(["GET", "POST"])
def move_direct_work(request: SignedInRequest, person_id: UUID, direct_work_id: UUID) -> HttpResponse:
    """Another time, place or worker for what is planned."""
    person = to_write(request, person_id)
    found = see_in_plan(request.user, person, DirectWork, direct_work_id)

    def save(told: dict[str, Any]) -> object:
        goes = worker(told.pop("worker"))
        return services.move_direct_work(direct_work=found, worker=goes, by=request.user, **told)

    initial = {"after": found.revision, "planned_at": found.planned_at, "where": found.where}
    form = MoveDirectWorkForm(
        request.POST or None, initial={**initial, "worker": str(found.worker_id)}, workers=workers()
    )
    about, more = presenters.planned_in_words(found), {"steps": times_before(found)}
    saved = "What is planned has its new time."
    return written(request, person, Writing("Move to another time", form, save, saved, about, back=ALL, more=more))


@require_http_methods(["GET", "POST"])
def record_direct_work(request: SignedInRequest, person_id: UUID, direct_work_id: UUID) -> HttpResponse:
    """How planned direct work went."""
    person = to_write(request, person_id)
    direct_work = see_in_plan(request.user, person, DirectWork, direct_work_id)
    initial = {"after": direct_work.revision, "happened_at": direct_work.planned_at, "where": direct_work.where}
    writing = Writing(
        "How did it go?",
        RecordDirectWorkForm(request.POST or None, initial=initial, status=direct_work.status),
        lambda told: services.record_direct_work(direct_work=direct_work, by=request.user, **told),
        "The direct work is recorded.",
        presenters.planned_in_words(direct_work),
        back=ALL,
    )
    return written(request, person, writing)
