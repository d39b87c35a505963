"""Who asks, and how often: the session of the pages, CSRF for what is not a GET, and so many requests a minute."""

import threading
from collections.abc import Callable
from math import ceil
from time import monotonic
from uuid import UUID

from django.http import HttpRequest
from ninja.errors import Throttled
from ninja.security import APIKeyCookie

from trellis.accounts.models import User
from trellis.settings import SESSION_COOKIE_NAME

MOST_A_MINUTE = 300
WINDOW = 60.0


class Throttle:
    """So many requests of one user in a window. Each web process counts for itself and forgets what is over."""

    def __init__(
        self, most: int = MOST_A_MINUTE, window: float = WINDOW, clock: Callable[[], float] = monotonic
    ) -> None:
        self.most, self.window, self.clock = most, window, clock
        self._counts: dict[UUID, tuple[float, int]] = {}
        self._lock = threading.Lock()

    def count(self, user: UUID) -> None:
        """Raises Throttled, with the seconds to wait, from the request after ``most`` on."""
        moment = self.clock()
        with self._lock:
            self._counts = {who: kept for who, kept in self._counts.items() if moment - kept[0] < self.window}
            began, made = self._counts.get(user, (moment, 0))
            if made >= self.most:
                raise Throttled(wait=max(1, ceil(began + self.window - moment)))
            self._counts[user] = (began, made + 1)


class SignedIn(APIKeyCookie):
    """The session cookie of the pages. The sign-in middleware has looked at it already; here it is said in the schema,
    CSRF is checked for what is sent, and requests are counted."""

    param_name: str = SESSION_COOKIE_NAME
    throttle = Throttle()

    def authenticate(self, request: HttpRequest, key: str | None) -> User | None:
        user = request.user
        if not isinstance(user, User):
            return None
        self.throttle.count(user.id)
        return user
