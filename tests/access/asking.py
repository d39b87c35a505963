"""Asking for a page as somebody, in a transaction that is undone, and reading all of what comes back."""

import io
import json
import logging
import re
import zipfile
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote

import pypdf
from django.conf import settings
from django.core import mail
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from tests.access.oracle import DETAILS, KEPT_APART, OF_PERSON, Oracle
from tests.access.world import CHILDREN, World
from tests.support.pages import signed_in
from trellis.accounts import sessions
from trellis.accounts.models import User
from trellis.core.row_context import NOBODY, asked_by

# A word of the world: with the child's name in it, so that no random token looks like one.
CANARY = re.compile(rf"kq(?:{'|'.join(CHILDREN)})[a-z_]+?zx", re.IGNORECASE)
ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", re.IGNORECASE)
# What differs from one answer to the next and tells nothing: tokens, times of day, how long ago.
CHANGING = re.compile(
    r'name="csrfmiddlewaretoken" value="[^"]*"|name="(form_key|kept_id)" value="[^"]*"|\b\d{1,2}[:.]\d{2}(:\d{2})?\b'
    r'|"seconds": \d+|data-(ends|warns|signed)[a-z-]*="[^"]*"|reference <?[a-z ="-]*>?[0-9a-f]{8}'
)


@dataclass
class Answer:
    status: int
    text: str
    queries: int = 0

    def normal(self) -> str:
        return ID.sub("ID", CHANGING.sub("", self.text))


class Heard(logging.Handler):
    """Every line that is logged while somebody asks."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(self.format(record))


class Browser(Client):
    """A client that keeps cookies and nothing of how a page was made."""

    def request(self, **request: Any) -> Any:
        response = self.handler(self._base_environ(**request))
        self.cookies.update(response.cookies)
        return response


@dataclass
class Asker:
    """The browsers of everybody in the world."""

    world: World
    stale: bool = False
    clients: dict[str, Client] = field(default_factory=dict)

    def client(self, role: str) -> Client:
        if role not in self.clients:
            user = self.world.users[role]
            self.clients[role] = Browser()
            if user:
                self.clients[role].cookies = signed_in(user).cookies
            if user and self.stale:
                session = self.clients[role].session
                session[sessions.CONFIRMED_AT] = 0
                session.save()
        return self.clients[role]

    def ask(self, role: str, method: str, route: str, arguments: dict[str, Any], data: Any = None) -> Answer:
        path = reverse(route, kwargs=arguments)
        client, heard = self.client(role), Heard()
        before = session_of(client)
        logging.getLogger().addHandler(heard)
        mail.outbox = []
        try:
            with asked_by(NOBODY):
                answer = self._answer(client, method, path, data)
                transaction.set_rollback(True)
        finally:
            logging.getLogger().removeHandler(heard)
        if session_of(client) != before:
            del self.clients[role]
        said = [str(message.message()) for message in mail.outbox] + heard.lines
        assert not CANARY.search("\n".join(said)), f"{role} {method} {route}: told to a log or by e-mail: {said}"
        return answer

    @staticmethod
    def _answer(client: Client, method: str, path: str, data: Any) -> Answer:
        if isinstance(data, str):
            response = client.generic(method, path, data, content_type="application/json")
        elif method == "POST":
            response = client.post(path, data or {})
        else:
            response = client.generic(method, path)
        return Answer(response.status_code, whole_text(response))


def session_of(client: Client) -> str:
    cookie = client.cookies.get(settings.SESSION_COOKIE_NAME)
    return cookie.value if cookie else ""


def whole_text(response: HttpResponse) -> str:
    """Head and body as text, whatever the body's kind."""
    head = "\n".join(f"{name}: {unquote(value)}" for name, value in response.items())
    cookies = response.cookies.output()
    return f"{head}\n{cookies}\n{body_text(response.getvalue(), response.headers.get('Content-Type', ''))}"


def body_text(body: bytes, kind: str) -> str:
    if body.startswith(b"%PDF"):
        return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(body)).pages)
    if body.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(body)) as parts:
            return "\n".join(parts.read(name).decode(errors="replace") for name in parts.namelist())
    if "json" in kind and body:
        return json.dumps(json.loads(body), ensure_ascii=False)
    return body.decode(errors="replace")


def text_of(value: Any) -> str:
    """What can be read in a column: words, or the bytes of a file."""
    return value if isinstance(value, str) else value.decode(errors="replace") if isinstance(value, bytes) else ""


class Secrets:
    """Which words and ids stand in which rows, and so who may read them."""

    def __init__(self, oracle: Oracle) -> None:
        self.oracle = oracle
        self.rows: dict[str, list[tuple[str, dict]]] = defaultdict(list)
        for table in (*OF_PERSON, *DETAILS, *KEPT_APART):
            for row in oracle.tables[table]:
                for value in row.values():
                    for found in CANARY.findall(text_of(value)):
                        self.rows[found.lower()].append((table, row))
                self.rows[str(row["id"])].append((table, row))

    def told(self, text: str) -> set[str]:
        """Words and ids of somebody's record in a text."""
        found = {word.lower() for word in CANARY.findall(text)} | {id.lower() for id in ID.findall(text)}
        return found & self.rows.keys() | {word for word in found if CANARY.fullmatch(word)}

    def may_read(self, user: User | None, secret: str, at: Any) -> bool:
        return user is not None and any(
            self.oracle.sees_row(user.id, table, row, at) for table, row in self.rows.get(secret, ())
        )

    def where(self, secret: str) -> str:
        return ", ".join(sorted({table for table, _ in self.rows.get(secret, ())})) or "a table nobody reads"
