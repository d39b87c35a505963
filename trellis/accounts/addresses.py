"""The address this hub is known by outside: where a provider sends a browser back to, and what a link begins with."""

from urllib.parse import urljoin, urlsplit

from django.conf import settings
from django.http import HttpRequest

AT_HOME = "http://localhost:8000"


def public_address(path: str, request: HttpRequest | None = None) -> str:
    """``path`` under the origin of TRELLIS_ORIGINS the request came to, else the first; without any, as it came.

    Behind a proxy the request alone does not know whether the browser came over HTTPS. A command has no request.
    """
    origins = [origin for origin in settings.CSRF_TRUSTED_ORIGINS if "*" not in origin]
    if request is None:
        return urljoin(origins[0] if origins else AT_HOME, path)
    same = [origin for origin in origins if urlsplit(origin).netloc == request.get_host()]
    return urljoin((same or origins)[0], path) if origins else request.build_absolute_uri(path)
