"""Pages that need no sign-in say so on the view itself."""

from collections.abc import Callable
from typing import Any


def open_to_all(view: Callable[..., Any]) -> Callable[..., Any]:
    """Mark a view that needs no sign-in."""
    view.open_to_all = True  # type: ignore[attr-defined]
    return view
