"""Whether the service runs, and whether it can serve."""

from django.db import connection
from django.http import HttpRequest, JsonResponse

from trellis.core.open_pages import open_to_all


@open_to_all
def live(_request: HttpRequest) -> JsonResponse:
    """This process answers."""
    return JsonResponse({"status": "ok"})


@open_to_all
def ready(_request: HttpRequest) -> JsonResponse:
    """This process answers and its database does."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return JsonResponse({"status": "ok"})
