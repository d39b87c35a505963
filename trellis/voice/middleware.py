"""While the device is handed over every other address leads back to the page the young person writes on."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from trellis.voice.together_lock import address_of, handed_over

SEE_OTHER = 303


class OnlyTogether:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        together = handed_over(request.session)
        if together and not request.path.startswith(here := address_of(together)):
            return HttpResponseRedirect(here, status=SEE_OTHER)
        return self.get_response(request)
