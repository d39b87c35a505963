"""Advice after saving, for whoever works without the script that gives it beside the field.

Each field that may be advised on names itself in a hidden ``advise_on``; the script takes those away. It comes after
the view has answered: nothing here stops what was sent.
"""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse

from trellis.wording.presenters import after_saving
from trellis.wording.queries import advice_on_each

FIELD = "advise_on"
MOST = 2


class AdviseAfterSaving:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.method == "POST" and response.status_code == 302 and request.user.is_authenticated:
            for line in advice_after(request)[:MOST]:
                messages.info(request, f"On the words you chose: {line}")
        return response


def advice_after(request: HttpRequest) -> list[str]:
    texts = [text for name in request.POST.getlist(FIELD) for text in request.POST.getlist(name) if text.strip()]
    return after_saving(found for each in advice_on_each(texts) for found in each) if texts else []
