"""Whether the people of an invented area may be entered with one click: only where nobody is real.

Who is in the database only higher apps know: each adds its question to ``checks`` when it starts.
"""

from collections.abc import Callable

from django.conf import settings

checks: list[Callable[[], bool]] = []


def somebody_is_real() -> bool:
    """Whether any app knows of somebody who is not invented. Where nobody can be asked, somebody might be."""
    return not checks or any(check() for check in checks)


def is_open() -> bool:
    """Asked at each use of the door: the answer changes with the first real person."""
    return settings.DEMONSTRATION and not somebody_is_real()
