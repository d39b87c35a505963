"""What the hub forgets by itself."""

from django.contrib.sessions.backends.db import SessionStore
from procrastinate.contrib.django import app


@app.periodic(cron="17 3 * * *")
@app.task(queueing_lock="forget_ended_sessions")
def forget_ended_sessions(timestamp: int) -> None:
    """A day after it began nobody comes back to a session; what was kept in it, sealed, goes with it."""
    SessionStore.clear_expired()
