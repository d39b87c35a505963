"""``./hub bench access``: what access control and the log cost, page by page, measured in turn in one run.

Three sides: the hub as it is; the same pages without policies, filters, context and log; and the bare SQL of those,
the same SELECTs sent again by the driver alone.
"""

import os
import secrets
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import psycopg
from django.db import connections
from django.db.models import Count
from psycopg import sql

from trellis.accounts.models import User
from trellis.audit_log.trail import recorded
from trellis.cases.models import ChronologyEntry
from trellis.core.benches import Answer, Bench
from trellis.core.database_server import DatabaseServer, Login, with_login
from trellis.need_to_know.access import note_listed, visible_to
from trellis.reports.bench_area import area_database
from trellis.reports.terminal import tell
from trellis.workspace.bench.timing import Costs
from trellis.workspace.bench.worlds import as_it_is, browser_of, hub_in, let_go, without_access

ROUNDS, TIMES, WARM = 5, 8, 3
LATEST = 50
OPEN_ROLE = "trellis_bench"
SIDES = ("as it is", "without", "bare SQL")
Ask = Callable[[], Any]
Statements = list[tuple[str, Any]]


@dataclass
class Row:
    """One page, or one list, and what each side of it costs."""

    name: str
    costs: Mapping[str, Costs] = field(default_factory=lambda: {side: Costs() for side in SIDES})

    def as_json(self) -> dict[str, Any]:
        sides = {side: self.costs[side].as_json() for side in SIDES}
        ours, without, bare = (sides[side] for side in SIDES)
        return {
            "name": self.name,
            **sides,
            "to_without": round(ours["p50_ms"] / without["p50_ms"], 2),
            "cpu_to_without": round(ours["cpu_ms"] / without["cpu_ms"], 2),
            "added_ms": round(ours["p50_ms"] - without["p50_ms"], 2),
            "added_cpu_ms": round(ours["cpu_ms"] - without["cpu_ms"], 2),
            "to_bare_sql": round(ours["p50_ms"] / bare["p50_ms"], 2),
        }


def measure(scale: int, _snapshot: Path | None = None) -> Answer:
    with area_database(scale, tell) as (server, name), open_role(server, name) as open_url:
        app_url = server.urls_of(name).app
        with hub_in(app_url):
            tell("measuring")
            try:
                rows = [row.as_json() for row in measured(open_url)]
            finally:
                let_go()
    answer = {"scale": scale, **of_this_run(rows)}
    return answer, lines(answer)


def of_this_run(rows: list[dict[str, Any]], rounds: int = ROUNDS, times: int = TIMES) -> dict[str, Any]:
    machine = {"load": os.getloadavg(), "cpus": os.cpu_count() or 1}
    return {"rounds": rounds, "times": times, "rows": rows, **machine}


@contextmanager
def open_role(server: DatabaseServer, database: str) -> Iterator[str]:
    """The URL of a role that may what the app's may, and of whom no policy is asked. It is gone afterwards."""
    login = Login(OPEN_ROLE, secrets.token_hex(16))
    role, app = sql.Identifier(OPEN_ROLE), sql.Identifier(server.app.name)
    with server.connect() as connection:
        connection.execute(sql.SQL("DROP ROLE IF EXISTS {}").format(role))
        made = sql.SQL("CREATE ROLE {} LOGIN BYPASSRLS IN ROLE {} PASSWORD {}")
        connection.execute(made.format(role, app, sql.Literal(login.password)))
        try:
            yield with_login(server.urls_of(database).app, login)
        finally:
            connection.execute(sql.SQL("DROP ROLE {}").format(role))


def measured(open_url: str, rounds: int = ROUNDS, times: int = TIMES) -> list[Row]:
    """Every page, its sides in turn. ``open_url`` is a role's of whom no policy is asked."""
    worlds = {"as it is": as_it_is, "without": lambda: without_access(open_url)}
    asked: dict[str, dict[str, Ask]] = {}
    for side, world in worlds.items():
        with world():
            asked[side] = pages()
    rows = [Row(name) for name in asked["as it is"]]
    with psycopg.connect(open_url, autocommit=True, cursor_factory=psycopg.ClientCursor) as bare:
        statements = {row.name: warm_up(row, asked, worlds) for row in rows}
        for _ in range(rounds):
            for row in rows:
                for side, world in worlds.items():
                    with world():
                        backend = connections["default"].connection.info.backend_pid
                        for _ in range(times):
                            row.costs[side].take(asked[side][row.name], backend)
                for _ in range(times):
                    row.costs["bare SQL"].take(partial(replay, bare, statements[row.name]), bare.info.backend_pid)
    return rows


def pages() -> dict[str, Ask]:
    """What is asked for, each by somebody whose work it is."""
    worker, desk, manager = (
        somebody("hub", "practitioner"),
        somebody("missing", "missing_worker"),
        somebody("management", "manager"),
    )
    child = busiest_child(worker)
    by = {user: browser_of(user) for user in (worker, desk, manager)}
    wanted = {
        "record page": (worker, f"/children/{child}/"),
        "chronology": (worker, f"/children/{child}/chronology/"),
        "missing desk": (desk, "/missing/"),
        "triage queue": (manager, "/referrals/"),
    }
    found: dict[str, Ask] = {name: page(by[user], path) for name, (user, path) in wanted.items()}
    return {**found, f"list: latest {LATEST} entries": lambda: latest_entries(worker)}


def page(browser: Any, path: str) -> Ask:
    def ask() -> None:
        status = browser.get(path).status_code
        if status != 200:
            raise RuntimeError(f"{path} answered {status}")

    return ask


def latest_entries(user: User) -> list[ChronologyEntry]:
    """The latest entries that the user may see, of anybody."""
    with recorded(user):
        found = list(visible_to(user, ChronologyEntry).order_by("-recorded_at", "id")[:LATEST])
        note_listed(user, "latest entries", {entry.person_id for entry in found})
    return found


def somebody(team: str, role: str) -> User:
    held = User.objects.filter(memberships__team__code=team, memberships__role__code=role, memberships__ends_on=None)
    user = held.filter(agency__co_located=True).order_by("email").first()
    if user is None:
        raise RuntimeError(f"the invented area has no {role}")
    return user


def busiest_child(user: User) -> Any:
    """Of the children the user sees, the one of whom most is written."""
    with recorded(user):
        counted = visible_to(user, ChronologyEntry).order_by().values_list("person").annotate(many=Count("id"))
        return counted.order_by("-many", "person")[0][0]


def warm_up(row: Row, asked: Mapping[str, Mapping[str, Ask]], worlds: Mapping[str, Callable[[], Any]]) -> Statements:
    """Ask for it a few times on each side; its SELECTs without access control."""
    statements: Statements = []
    for side, world in worlds.items():
        with world():
            for _ in range(WARM):
                heard: Statements = []
                with connections["default"].execute_wrapper(hearing(heard)):
                    asked[side][row.name]()
            row.costs[side].queries = len(heard)
        statements = [(text, values) for text, values in heard if text.lstrip().startswith("SELECT")]
    row.costs["bare SQL"].queries = len(statements)
    return statements


def hearing(heard: Statements) -> Callable[..., Any]:
    def execute(run: Any, text: Any, values: Any, many: bool, context: Any) -> Any:
        heard.append((text if isinstance(text, str) else text.as_string(context["connection"].connection), values))
        return run(text, values, many, context)

    return execute


def replay(bare: psycopg.Connection, statements: Statements) -> None:
    with bare.transaction():
        for text, values in statements:
            bare.execute(text, values).fetchall()


def lines(answer: Mapping[str, Any]) -> list[str]:
    """The result as a person reads it; the aims stand beside it."""
    how = f"{answer['rounds']} rounds in turn of {answer['times']} each, warm"
    said = [
        f"access control and the log, scale {answer['scale']}, {how}",
        f"{'':24}{'as it is':>24}{'without':>24}{'bare SQL':>16}",
        f"{'':24}{'p50   p95   CPU ms':>24}{'p50   p95   CPU ms':>24}{'p50 ms':>16}{'queries':>12}",
    ]
    for row in answer["rows"]:
        ours, without, bare = (row[side] for side in SIDES)
        said.append(
            f"{row['name']:24}{three(ours):>24}{three(without):>24}{bare['p50_ms']:>16.1f}"
            f"{ours['queries']:>6} and {without['queries']}"
        )
        said.append(
            f"{'':24}{row['to_without']}x without (CPU {row['cpu_to_without']}x), {row['added_ms']:+} ms "
            f"({row['added_cpu_ms']:+} ms CPU), {row['to_bare_sql']}x its bare SQL"
        )
    load = ", ".join(f"{one:.2f}" for one in answer["load"])
    aims = "aims: a list at most 2x without, a record page at most 5x its bare SQL, at most +3 ms and 1.3x CPU"
    return [*said, aims, f"machine: {answer['cpus']} CPUs, load {load}"]


def three(side: Mapping[str, float]) -> str:
    return f"{side['p50_ms']:.1f} {side['p95_ms']:>6.1f} {side['cpu_ms']:>6.1f}"


ACCESS = Bench("pages and lists with and without access control and log", measure)
