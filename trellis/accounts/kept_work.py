"""What somebody typed into a form that was sent after their session had ended: kept, and theirs alone.

It travels sealed in the sign-in page and, once they have signed in, in their session. It is bound to who they were, to
the page it was going to and to twelve hours; for anybody else it is dropped.
"""

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest

from trellis.accounts import sessions
from trellis.accounts.models import User
from trellis.accounts.sealed import Unreadable, seal, unseal
from trellis.core.clocks import now

FIELD, SENT_FIELD = "kept", "kept_id"
PURPOSE = "kept-work"
IN_SESSION, ENDED = "kept_work", "ended_session_of"
MOST_BYTES = 200_000
MOST_FORMS = 3
SECONDS = 12 * 60 * 60
NOT_KEPT = {"csrfmiddlewaretoken", "advise_on", FIELD, SENT_FIELD}
PART_OF_MOMENT = re.compile(r"_(day|month|year|time|which)$")
SECRET = re.compile(r"password|passcode", re.IGNORECASE)
# Codes and passwords are typed here, or what is only looked at: nothing of these pages is kept.
NEVER_FROM = ("/sign-in/", "/sign-out/", "/session/", "/account/", "/invitation/", "/wording/advice/")


class TooLong(Exception):
    """More was typed than a page can carry."""


@dataclass(frozen=True)
class KeptWork:
    """One form: whose it is, where it was going, when it was sent, and what was in it."""

    user: str
    path: str
    page: str
    at: float
    fields: list[tuple[str, str]]
    id: str

    @property
    def sent_at(self) -> datetime:
        return datetime.fromtimestamp(self.at, UTC)

    @property
    def in_date(self) -> bool:
        return now().timestamp() - self.at <= SECONDS

    @property
    def typed(self) -> list[tuple[str, str]]:
        """Name and text of what a person reads: a day's boxes in one line; no empty box, no bare code or key."""
        lines: dict[str, list[str]] = {}
        for name, text in self.fields:
            if text.strip() and not is_key(text):
                lines.setdefault(PART_OF_MOMENT.sub("", name), []).append(text)
        return [(in_words(name), " ".join(texts)) for name, texts in lines.items() if len(texts) > 1 or says(texts[0])]


def in_words(name: str) -> str:
    return name.replace("_", " ").replace("-", " ").capitalize()


def says(text: str) -> bool:
    """Whether these are words and not the number of a choice."""
    return not text.strip().isdigit()


def is_key(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True


def set_expired_aside(request: HttpRequest) -> None:
    """A session past its end signs nobody in, on no page; whose it was is remembered for what they typed."""
    if request.user.is_authenticated and not sessions.seconds_left(request.session):
        request.expired_user = request.user  # type: ignore[attr-defined]
        request.user = AnonymousUser()


def expired_user(request: HttpRequest) -> User | None:
    return getattr(request, "expired_user", None)


def may_keep(request: HttpRequest) -> bool:
    """Whether this is a form that came too late, from somebody we knew."""
    return request.method == "POST" and bool(expired_user(request)) and not request.path.startswith(NEVER_FROM)


def keep(request: HttpRequest) -> str:
    """The posted form, sealed. Files are not in it. Raises TooLong."""
    fields = [(name, text) for name, texts in request.POST.lists() if goes_along(name) for text in texts]
    match = request.resolver_match
    kept = KeptWork(
        user=str(request.expired_user.pk),  # type: ignore[attr-defined]
        path=request.get_full_path(),
        page=in_words(match.url_name if match and match.url_name else "form"),
        at=now().timestamp(),
        fields=fields,
        id=str(uuid4()),
    )
    said = json.dumps(asdict(kept), ensure_ascii=False).encode()
    if len(said) > MOST_BYTES:
        raise TooLong
    return seal(said, PURPOSE).decode()


def goes_along(name: str) -> bool:
    return name not in NOT_KEPT and not SECRET.search(name)


def read(token: str, user: User) -> KeptWork | None:
    """What was kept, if it is whole, in date and this user's."""
    try:
        said = json.loads(unseal(token.encode(), PURPOSE))
    except (Unreadable, ValueError):
        return None
    kept = KeptWork(**{**said, "fields": [(name, text) for name, text in said["fields"]]})
    return kept if kept.user == str(user.pk) and kept.in_date else None


def take_over(request: HttpRequest, user: User) -> None:
    """``user`` took the first step on top of a session that had ended: their own goes on as a bare one, with what is
    kept in it; anybody else's is emptied."""
    ended = expired_user(request)
    if ended is None:
        return
    request.expired_user = None  # type: ignore[attr-defined]
    if ended.pk != user.pk:
        request.session.flush()
        return
    for key in (SESSION_KEY, BACKEND_SESSION_KEY, HASH_SESSION_KEY):
        request.session.pop(key, None)
    request.session[ENDED] = str(user.pk)


def hold(request: HttpRequest) -> None:
    """Carry what a sign-in form brought along, still sealed, through the steps that follow."""
    token = request.POST.get(FIELD, "")
    if token and len(token) < 2 * MOST_BYTES:
        held = [each for each in request.session.get(IN_SESSION, []) if each != token]
        request.session[IN_SESSION] = [*held, token][-MOST_FORMS:]


def all_kept(session: Any, user: User) -> list[KeptWork]:
    """What is this user's; all else is dropped."""
    if IN_SESSION not in session:
        return []
    found = {token: kept for token in session[IN_SESSION] if (kept := read(token, user))}
    if len(found) < len(session[IN_SESSION]):
        session[IN_SESSION] = list(found)
    return list(found.values())


def drop(session: Any, user: User, wanted: str) -> None:
    """It is on its way again, or not wanted any more."""
    if wanted and IN_SESSION in session:
        left = [token for token in session[IN_SESSION] if (kept := read(token, user)) and kept.id != wanted]
        session[IN_SESSION] = left


def drop_what_is_sent(request: HttpRequest) -> None:
    """A kept form is on its way again."""
    if IN_SESSION in request.session and isinstance(request.user, User) and request.method == "POST":
        drop(request.session, request.user, request.POST.get(SENT_FIELD, ""))


@contextmanager
def forms_stay_good(request: HttpRequest, user: User) -> Iterator[None]:
    """Around signing in: pages still open from the user's own session, ended or not, may be sent from as before.

    Signing in changes the secret every form is signed with, and with it a form in another window would be refused. For
    anybody else's session it changes.
    """
    own = str(user.pk) in (request.session.pop(ENDED, ""), str(request.session.get(SESSION_KEY, "")))
    secret = request.META.get("CSRF_COOKIE")
    yield
    if own and secret:
        request.META.update({"CSRF_COOKIE": secret, "CSRF_COOKIE_NEEDS_UPDATE": False})
