"""What goes wrong under ``/api/``, said as RFC 9457 says it. Hidden and missing read the same, to the last byte."""

from typing import Any

from django.http import HttpRequest, JsonResponse

API = "/api/"
TITLES = {
    400: "The request cannot be read",
    401: "Not signed in",
    403: "Not allowed",
    404: "Not found",
    405: "Not that way",
    409: "Somebody was first",
    422: "Something in the request is wrong",
    429: "Too many requests",
    500: "Something went wrong here",
    503: "Out of service for a moment",
}
DETAILS = {
    401: "Sign in at /sign-in/ and send the session cookie along.",
    404: "Nothing is here that you may see.",
    405: "This address is not asked in this way.",
}


class Problem(JsonResponse):
    """``problem(404)`` and the like; ``more`` are further members, such as ``errors``."""

    def __init__(self, status: int, detail: str = "", **more: Any) -> None:
        said = {"type": "about:blank", "title": TITLES.get(status, "It did not work"), "status": status}
        detail = detail or DETAILS.get(status, "")
        super().__init__(
            {**said, **({"detail": detail} if detail else {}), **more},
            status=status,
            content_type="application/problem+json",
        )
        if status == 401:
            self.headers["WWW-Authenticate"] = 'Session realm="Trellis"'


def is_api(request: HttpRequest) -> bool:
    return request.path.startswith(API)
