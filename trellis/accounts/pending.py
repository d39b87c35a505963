"""What waits in a session between two pages of a ceremony, sealed: a challenge, a new secret, codes to show once."""

import base64
import json
from typing import Any

from django.conf import settings

from trellis.accounts.sealed import Unreadable, seal, unseal
from trellis.core.clocks import now

CHALLENGE, APP_SECRET, CODES = "challenge", "app_secret", "recovery_codes"


def keep(session: Any, name: str, value: Any) -> None:
    """Keep ``value`` (anything JSON can hold) until it is taken, for ten minutes at most."""
    text = json.dumps({"value": value, "at": now().timestamp()})
    session[_key(name)] = base64.b64encode(seal(text.encode(), "pending")).decode()


def look(session: Any, name: str) -> Any:
    """What waits under this name; None when nothing does, or it waited too long."""
    sealed = session.get(_key(name))
    if not sealed:
        return None
    try:
        kept = json.loads(unseal(base64.b64decode(sealed), "pending"))
    except (Unreadable, ValueError):
        return None
    return kept["value"] if now().timestamp() - kept["at"] <= settings.SECOND_STEP_SECONDS else None


def take(session: Any, name: str) -> Any:
    """What waits under this name, which then waits no longer."""
    value = look(session, name)
    session.pop(_key(name), None)
    return value


def _key(name: str) -> str:
    return f"pending_{name}"
