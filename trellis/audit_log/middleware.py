"""One transaction around view and rendering, with the log written as its last statement."""

from collections.abc import Callable

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse

from trellis.accounts.models import User
from trellis.audit_log.models import Action
from trellis.audit_log.trail import Trail, record_apart, recorded
from trellis.core.row_context import Duty

REFUSED = (403, 404)
SERVER_ERROR = 500
UNRECORDED = ("/static/", "/health/live", "/health/ready")


class RecordedTransaction:
    """Wraps each request in ``recorded``; a refusal is stored apart, for the request rolls back."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path.startswith(UNRECORDED):
            return self.get_response(request)
        actor = request.user if isinstance(request.user, User) else None
        with recorded(actor, duty=Duty.NONE) as trail:
            request.trail = trail  # type: ignore[attr-defined]
            response = self.get_response(request)
            if response.status_code in REFUSED or response.status_code >= SERVER_ERROR:
                transaction.set_rollback(True)
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> None:
        if isinstance(exception, PermissionDenied | Http404):
            self.record_refusal(request, exception)

    @staticmethod
    def record_refusal(request: HttpRequest, exception: Exception) -> None:
        trail: Trail = request.trail  # type: ignore[attr-defined]
        event = trail.event(Action.REFUSE, getattr(exception, "what", "page"), getattr(exception, "object_id", None))
        record_apart(event)
