"""So many askings a minute for each user, counted in this process and kept nowhere."""

from collections import defaultdict, deque
from time import monotonic
from uuid import UUID

MINUTE = 60.0
MOST_USERS = 2_000
_asked: dict[UUID, deque[float]] = defaultdict(deque)


def may_ask(user: UUID, most: int) -> bool:
    """Count one asking of this user; whether it is among the first ``most`` of the last minute."""
    now = monotonic()
    if len(_asked) > MOST_USERS:
        _asked.clear()
    times = _asked[user]
    while times and now - times[0] > MINUTE:
        times.popleft()
    if len(times) >= most:
        return False
    times.append(now)
    return True
