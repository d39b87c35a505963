"""The pages a young person writes on, on a device that opens nothing else, and the way out that leaves no trace."""

from collections.abc import Callable
from contextlib import suppress
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from csp.decorators import csp_update
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from trellis.accounts.access import Hidden, Refused
from trellis.accounts.models import User
from trellis.accounts.services import record_sign_out
from trellis.accounts.sessions import SignedInRequest
from trellis.cases.read_back import copy_of_plan
from trellis.core.open_pages import open_to_all
from trellis.voice import services
from trellis.voice.access import own_together
from trellis.voice.models import Together
from trellis.voice.queries import pages_of
from trellis.voice.together_lock import handed_over
from trellis.voice.views.onward import onward

BACK, NEXT = "back", "next"
NO_CONTENT = 204


def leads_out(view: Callable[..., Any]) -> Callable[..., Any]:
    """The form of the way out is answered with a redirect to another site, which the page must allow."""
    out = urlsplit(settings.QUICK_EXIT_URL)
    origin = [f"{out.scheme}://{out.netloc}"] if out.netloc else []
    return csp_update({"form-action": origin})(view)


@leads_out
@require_http_methods(["GET", "POST"])
def page(request: SignedInRequest, together_id: UUID, position: int = 1) -> HttpResponse:
    """One question or the plan's copy; after the last a word of thanks. Typed words are kept as they come."""
    found = own_together(request.user, together_id)
    pages = pages_of(found)
    if request.method == "POST":
        return kept(request, found, position, len(pages))
    if found.ended_at or handed_over(request.session) != str(found.id):
        return redirect("words-waiting")
    if position > len(pages):
        context: dict[str, Any] = {"together": found, "last": len(pages), "way_out": settings.QUICK_EXIT_URL}
        return render(request, "voice/together/thanks.html", context)
    step = next((each for each in pages if each.position == position), pages[0])
    copy = copy_of_plan(request.user, found.person) if step.is_plan else None
    context = {"together": found, "step": step, "copy": copy, "of": len(pages), "before": step.position - 1}
    context["way_out"] = settings.QUICK_EXIT_URL
    return render(request, "voice/together/page.html", context)


def kept(request: SignedInRequest, found: Together, position: int, last: int) -> HttpResponse:
    """Keep what was typed, also when it was sent after the worker had to sign in again."""
    words = request.POST.get("words", "").replace("\x00", "").strip()
    answer = request.POST.get("answer", "")
    services.save_said(together=found, position=position, words=words, answer=answer)
    if request.POST.get("only_keep"):
        return HttpResponse(status=NO_CONTENT)
    step = position - 1 if request.POST.get("go") == BACK else position + 1
    return onward(request, reverse("together-page", args=[found.id, min(max(step, 1), last + 1)]))


@require_POST
def finish(request: SignedInRequest, together_id: UUID) -> HttpResponse:
    """The device goes back: nobody is signed in any more, and the worker signs in again to find the words."""
    found = own_together(request.user, together_id)
    services.end_together(together=found, how=Together.Ended.FINISHED)
    sign_out(request)
    messages.info(request, "Thank you. Now the worker signs in again.")
    response = onward(request, f"{reverse('sign-in')}?next={reverse('words-waiting')}")
    response["Clear-Site-Data"] = '"cache", "storage"'
    return response


@open_to_all
@require_POST
def leave(request: HttpRequest, together_id: UUID) -> HttpResponse:
    """Out at once, to a page that says nothing: signed out, and nothing kept on the device. Whoever is signed in no
    more gets out the same way."""
    if isinstance(request.user, User):
        with suppress(Hidden, Refused):
            services.end_together(together=own_together(request.user, together_id), how=Together.Ended.LEFT)
        sign_out(request)
    request.session.flush()
    response = onward(request, settings.QUICK_EXIT_URL)
    response["Clear-Site-Data"] = '"cache", "cookies", "storage"'
    return response


def sign_out(request: HttpRequest) -> None:
    if isinstance(request.user, User):
        record_sign_out(request.user)
        logout(request)
