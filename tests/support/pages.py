"""Asking for pages as a signed-in user, and filling in forms the way a browser sends them."""

from datetime import date, datetime
from uuid import uuid4

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from trellis.accounts import sessions
from trellis.accounts.models import User
from trellis.accounts.views import BACKEND
from trellis.core.clocks import LONDON


def signed_in(user: User, looked_at: float | None = None) -> Client:
    """A browser in which ``user`` has just signed in."""
    client = Client()
    client.force_login(user, backend=BACKEND)
    session = client.session
    sessions.begin(session, looked_at)
    session.save()
    return client


def day_boxes(name: str, day: date) -> dict[str, str]:
    return {f"{name}_day": str(day.day), f"{name}_month": str(day.month), f"{name}_year": str(day.year)}


def moment_boxes(name: str, moment: datetime) -> dict[str, str]:
    local = moment.astimezone(LONDON)
    return {**day_boxes(name, local.date()), f"{name}_time": f"{local:%H:%M}"}


def new_key() -> str:
    return str(uuid4())


def queries_of(client: Client, path: str, data: dict[str, str] | None = None) -> int:
    """How many queries one page takes; the page must come."""
    with CaptureQueriesContext(connection) as asked:
        response = client.post(path, data) if data is not None else client.get(path)
    assert response.status_code == 200, (path, response.status_code)
    return len(asked)
