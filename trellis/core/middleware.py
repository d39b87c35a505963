"""Faults end in a plain page with a reference; no page of ours is kept by a browser or a proxy."""

import logging
import uuid
from collections.abc import Callable

from django.db import DatabaseError, InterfaceError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from trellis.core.problems import Problem, is_api

Handler = Callable[[HttpRequest], HttpResponse]
log = logging.getLogger(__name__)


class PrivateResponses:
    """Records of children are never cached."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Cache-Control", "no-store")
        return response


class FaultMiddleware:
    """A database that cannot be reached, or a log that cannot be written, gives a page saying so."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        try:
            return self.get_response(request)
        except (DatabaseError, InterfaceError) as fault:
            return unavailable(request, fault)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, DatabaseError | InterfaceError):
            return unavailable(request, exception)
        return None


def unavailable(request: HttpRequest, fault: Exception) -> HttpResponse:
    reference = uuid.uuid4().hex[:8]
    log.error("reference %s: %s", reference, type(fault).__name__)
    if is_api(request):
        return Problem(503, "Try again in a minute.", reference=reference)
    return render(None, "core/unavailable.html", {"reference": reference}, status=503)
