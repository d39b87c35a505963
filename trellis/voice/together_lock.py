"""A device that was handed over: from then on this browser's session opens one time together and nothing else.

The mark goes with the session, and names the signing in it belongs to: whoever signs in anew is free of it.
"""

from typing import Any
from uuid import UUID

from django.urls import reverse

from trellis.accounts import sessions

MARK = "together"


def hand_over(session: Any, together_id: UUID) -> None:
    session[MARK] = {"id": str(together_id), "signed_in_at": session.get(sessions.SIGNED_IN_AT)}


def handed_over(session: Any) -> str:
    """The id of the time together that is all this session opens; empty when it opens everything, or has ended."""
    mark = session.get(MARK)
    if not mark or mark["signed_in_at"] != session.get(sessions.SIGNED_IN_AT) or not sessions.seconds_left(session):
        return ""
    return str(mark["id"])


def address_of(together_id: str) -> str:
    return reverse("together", args=[together_id])
