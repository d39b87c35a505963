"""Who takes over, what is handed over, and the move to secondary school."""

from uuid import UUID

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods

from trellis.accounts.sessions import SignedInRequest
from trellis.core.clocks import today
from trellis.transition import presenters, services
from trellis.transition.access import see_row
from trellis.transition.forms import AdultWorkerForm, HandOverForm, JointMeetingForm, ReceiptForm, SchoolMoveForm
from trellis.transition.models import AdultWorker, HandOver
from trellis.transition.queries import agencies, school_moves
from trellis.transition.views.writing import Writing, to_write, written

MOVE = (
    "childs_words",
    "from_school",
    "to_school",
    "moves_on",
    "who_knows_them",
    "what_helps",
    "visits",
    "received_by",
    "received_on",
)


@require_http_methods(["GET", "POST"])
def name_worker(request: SignedInRequest, person_id: UUID) -> HttpResponse:
    person = to_write(request, person_id)
    writing = Writing(
        "Name an adult worker",
        AdultWorkerForm(request.POST or None, agencies=agencies()),
        lambda told: services.name_adult_worker(person=person, by=request.user, **told),
        "The adult worker is named. Let them meet each other soon.",
        f"Ask {presenters.called(person)} whom they would like. Whoever was named before stays on the page.",
    )
    return written(request, person, writing)


@require_http_methods(["GET", "POST"])
def joint_meeting(request: SignedInRequest, person_id: UUID, worker_id: UUID) -> HttpResponse:
    person = to_write(request, person_id)
    worker = see_row(request.user, person, AdultWorker, worker_id)
    writing = Writing(
        "A meeting with the adult worker",
        JointMeetingForm(request.POST or None, initial={"met_on": today()}),
        lambda told: services.record_joint_meeting(adult_worker=worker, by=request.user, **told),
        "The meeting is recorded.",
        f"With {worker.name}.",
    )
    return written(request, person, writing)


@require_http_methods(["GET", "POST"])
def hand_over(request: SignedInRequest, person_id: UUID) -> HttpResponse:
    person = to_write(request, person_id)
    writing = Writing(
        "Hand over",
        HandOverForm(request.POST or None, initial={"handed_on": today()}),
        lambda told: services.hand_over(person=person, by=request.user, **told),
        "The hand-over is recorded. It waits for its receipt.",
        f"{presenters.called(person)} should know what is handed over, and to whom.",
    )
    return written(request, person, writing)


@require_http_methods(["GET", "POST"])
def receive(request: SignedInRequest, person_id: UUID, hand_over_id: UUID) -> HttpResponse:
    person = to_write(request, person_id)
    found = see_row(request.user, person, HandOver, hand_over_id)
    initial = {"received_by": found.received_by, "received_on": found.received_on or today(), "after": found.revision}
    writing = Writing(
        "Receipt of a hand-over",
        ReceiptForm(request.POST or None, initial=initial),
        lambda told: services.receive_hand_over(hand_over=found, by=request.user, **told),
        "The receipt is recorded.",
        f"To {found.to_whom}: {found.what}",
    )
    return written(request, person, writing)


@require_http_methods(["GET", "POST"])
def school_move(request: SignedInRequest, person_id: UUID) -> HttpResponse:
    person = to_write(request, person_id)
    found = school_moves(request.user, [person.id]).get(person.id)
    initial = {name: getattr(found, name) for name in MOVE} if found else {}
    writing = Writing(
        "The move to secondary school",
        SchoolMoveForm(request.POST or None, initial={**initial, "after": found.revision if found else 0}),
        lambda told: services.write_school_move(person=person, by=request.user, **told),
        "The move to secondary school is saved.",
    )
    return written(request, person, writing)
