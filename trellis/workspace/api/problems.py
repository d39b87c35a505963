"""Refusals and faults of the API as problem documents. A refusal is in the log as one of a page is."""

import logging
import uuid
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, InterfaceError
from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import HttpError, Throttled, ValidationError

from trellis.accounts.access import Refused
from trellis.audit_log.middleware import RecordedTransaction
from trellis.core.problems import Problem

log = logging.getLogger(__name__)
FORBIDDEN = 403


class Unreadable(ValueError):
    """A parameter in the address cannot be read; ``detail`` says what to do."""

    def __init__(self, parameter: str, detail: str) -> None:
        super().__init__(detail)
        self.parameter, self.detail = parameter, detail


class UnreadableBody(ValueError):
    """Something in the body cannot be read; ``pointer`` says where."""

    def __init__(self, pointer: str, detail: str) -> None:
        super().__init__(detail)
        self.pointer, self.detail = pointer, detail


def register_problems(api: NinjaAPI) -> None:
    """ninja keeps exceptions from the middleware, so each is recorded here. What the transaction read or wrote is
    undone by the status, as for a page."""
    api.add_exception_handler(Http404, hidden)
    api.add_exception_handler(PermissionDenied, refused)
    api.add_exception_handler(HttpError, http_error)
    api.add_exception_handler(ValidationError, not_valid)
    api.add_exception_handler(Unreadable, unreadable)
    api.add_exception_handler(UnreadableBody, unreadable_body)
    api.add_exception_handler(DatabaseError, unavailable)
    api.add_exception_handler(InterfaceError, unavailable)
    api.add_exception_handler(Exception, fault)


def hidden(request: HttpRequest, refusal: Any) -> HttpResponse:
    RecordedTransaction.record_refusal(request, refusal)
    return Problem(404)


def refused(request: HttpRequest, refusal: Any) -> HttpResponse:
    RecordedTransaction.record_refusal(request, refusal)
    return Problem(FORBIDDEN, refusal.reason if isinstance(refusal, Refused) else "")


def http_error(request: HttpRequest, error: Any) -> HttpResponse:
    """What ninja itself refuses: no session, no CSRF token, too many requests, a body that is no JSON."""
    if isinstance(error, Throttled):
        response = Problem(429, f"Wait {error.wait} seconds, then go on.")
        response.headers["Retry-After"] = str(error.wait)
        return response
    if error.status_code == FORBIDDEN:
        RecordedTransaction.record_refusal(request, error)
        return Problem(FORBIDDEN, "Send the token of the trellis_csrf cookie as X-CSRFToken.")
    return Problem(error.status_code)


def not_valid(_request: HttpRequest, error: Any) -> HttpResponse:
    """Each wrong thing with its place; what was sent is not said back."""
    return Problem(422, errors=[said(one) for one in error.errors])


def said(error: dict[str, Any]) -> dict[str, str]:
    source, *place = error["loc"]
    words = {"detail": f"{error['msg']}."}
    if source == "body":
        return {**words, "pointer": "#/" + "/".join(str(step) for step in place[1:])}
    return {**words, "parameter": str(place[-1])}


def unreadable(_request: HttpRequest, error: Any) -> HttpResponse:
    return Problem(422, errors=[{"detail": error.detail, "parameter": error.parameter}])


def unreadable_body(_request: HttpRequest, error: Any) -> HttpResponse:
    return Problem(422, errors=[{"detail": error.detail, "pointer": f"#{error.pointer}"}])


def unavailable(_request: HttpRequest, fault: Any) -> HttpResponse:
    reference = uuid.uuid4().hex[:8]
    log.error("reference %s: %s", reference, type(fault).__name__)
    return Problem(503, "Try again in a minute.", reference=reference)


def fault(_request: HttpRequest, fault: Any) -> HttpResponse:
    reference = uuid.uuid4().hex[:8]
    log.error("reference %s", reference, exc_info=fault)
    return Problem(500, reference=reference)
