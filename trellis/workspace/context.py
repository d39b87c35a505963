"""What every page's frame shows."""

from django.http import HttpRequest


def place(request: HttpRequest) -> dict[str, object]:
    return {}
