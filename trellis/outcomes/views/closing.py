"""What is asked before a case closes, and when a closure is looked at again."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from trellis.accounts.access import Hidden, Refused, check_may
from trellis.accounts.permissions import Permission
from trellis.accounts.sessions import SignedInRequest
from trellis.audit_log.trail import attempt
from trellis.cases.lifecycle import OPEN
from trellis.cases.models import Case
from trellis.cases.presenters import child_context
from trellis.cases.queries import child_header
from trellis.core.clocks import today
from trellis.core.lifecycle import NotAsItStands
from trellis.core.protection import Part
from trellis.core.reference_data import labels
from trellis.need_to_know.access import see_person
from trellis.outcomes import presenters, services
from trellis.outcomes.access import see_case
from trellis.outcomes.forms import ChallengeForm, LookForm, ReceiptForm, SchoolToldForm
from trellis.outcomes.models import ClosureTold, Point
from trellis.outcomes.queries import (
    areas_of,
    attempts_of,
    challenged_reasons,
    challenges_of,
    referral_after,
    standing_of,
    told_of,
)
from trellis.people.models import Person

CONFLICT = 409
PAGE = "child-outcomes"


@require_http_methods(["GET", "POST"])
def challenge(request: SignedInRequest, person_id: UUID) -> HttpResponse:
    """A manager who does not lead the work asks what was tried, and decides whether it may end."""
    person, case = of_open_case(request, person_id, Permission.CASE_CLOSE, "closure challenge")
    form = ChallengeForm(request.POST or None, reasons=challenged_reasons())

    def save() -> None:
        key = form.cleaned_data["form_key"]
        services.challenge_closure(case=case, by=request.user, key=key, **form.told())

    more = {"attempts": attempts_of(case), "challenges": challenges_of(request.user, case)}
    return saved_or_shown(request, person, form, save, "outcomes/challenge.html", "The challenge is kept.", more)


@require_http_methods(["GET", "POST"])
def told(request: SignedInRequest, person_id: UUID, whom: str) -> HttpResponse:
    """The school was told, or why not; the other area said that it has taken over."""
    person, case = of_open_case(request, person_id, Permission.OUTCOME_WRITE, "who was told of a closure")
    if whom not in ClosureTold.Whom.values:
        raise Hidden("who was told of a closure", person_id)
    kind: Any = SchoolToldForm if whom == ClosureTold.Whom.SCHOOL else ReceiptForm
    form = kind(request.POST or None)

    def save() -> None:
        key = form.cleaned_data["form_key"]
        services.say_who_was_told(case=case, whom=whom, by=request.user, key=key, **form.told())

    said = [row for row in told_of(request.user, case) if row.whom == whom]
    more = {"whom": ClosureTold.Whom(whom), "told": said}
    return saved_or_shown(request, person, form, save, "outcomes/told.html", "It is kept with the closure.", more)


@require_http_methods(["GET", "POST"])
def look_again(request: SignedInRequest, person_id: UUID, case_id: UUID) -> HttpResponse:
    """A closure that a referral followed soon: what was said then, and what a manager sees in it now."""
    user = request.user
    check_may(user, Permission.CASE_CLOSE)
    person = see_person(user, person_id, "closure", Part.RECORD)
    case = see_case(user, person, case_id)
    if case.status == OPEN:
        raise Hidden("closed case", case_id)
    referral = referral_after(user, case)
    form = LookForm(request.POST or None)

    def save() -> None:
        on = referral.on if referral else today()
        key = form.cleaned_data["form_key"]
        services.look_at_closure(case=case, referred_on=on, by=user, key=key, **form.told())

    standing = standing_of(user, case)
    more = {
        "case": case,
        "referral": referral,
        "reason": labels("case_closure_reason").get(case.closure_reason, case.closure_reason),
        "rows": presenters.standing_rows(areas_of(case), standing, Point.CLOSE),
        "challenges": challenges_of(user, case),
    }
    return saved_or_shown(
        request, person, form, save, "outcomes/look.html", "What you see is kept with the closure.", more,
        back="closures-returned",
    )  # fmt: skip


def of_open_case(request: SignedInRequest, person_id: UUID, permission: Permission, what: str) -> tuple[Person, Case]:
    """The young person and their open case, for whoever sees the whole record. Raises Refused, Hidden."""
    check_may(request.user, permission)
    person = see_person(request.user, person_id, what, Part.RECORD)
    case = see_case(request.user, person)
    if case.status != OPEN:
        raise Hidden("open case", person_id)
    return person, case


def saved_or_shown(
    request: SignedInRequest,
    person: Person,
    form: Any,
    save: Callable[[], None],
    template: str,
    words: str,
    more: dict[str, Any],
    back: str = "",
) -> HttpResponse:
    """Keep what the form tells and go back, or show the form with everything typed and why it was not kept."""
    refused = ""
    if request.method == "POST" and form.is_valid():
        try:
            with attempt():
                save()
        except Refused as refusal:
            refused = refusal.reason
        except NotAsItStands as refusal:
            refused = str(refusal)
        else:
            messages.success(request, words)
            return redirect(back) if back else redirect(PAGE, person.id)
    context = {**child_context(child_header(request.user, person), current=PAGE), "form": form, "refused": refused}
    return render(request, template, {**context, **more}, status=CONFLICT if refused else None)
