"""The sides of a page, measured in turn in one run: the hub as it is; the same pages without policies, filters, context
and log; and the bare SQL of those, the same SELECTs sent again by the driver alone."""

import os
import secrets
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import psycopg
from django.db import connections
from psycopg import sql

from trellis.core.database_server import DatabaseServer, Login, with_login
from trellis.reports.bench_area import area_database
from trellis.reports.terminal import tell
from trellis.workspace.bench.asked import Ask
from trellis.workspace.bench.timing import Costs
from trellis.workspace.bench.worlds import as_it_is, hub_in, let_go, without_access

ROUNDS, TIMES, WARM = 5, 8, 3
OPEN_ROLE = "trellis_bench"
SIDES = ("as it is", "without", "bare SQL")
Asked = Callable[[], dict[str, Ask]]
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


def of_the_area(scale: int, asked: Asked) -> dict[str, Any]:
    """What these pages cost in the area ``scale`` times over, with the machine they were measured on."""
    with (
        area_database(scale, tell) as (server, name),
        open_role(server, name) as open_url,
        hub_in(server.urls_of(name).app),
    ):
        tell("measuring")
        try:
            rows = [row.as_json() for row in measured(open_url, asked)]
        finally:
            let_go()
    return {"scale": scale, **of_this_run(rows)}


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


def measured(open_url: str, pages: Asked, rounds: int = ROUNDS, times: int = TIMES) -> list[Row]:
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
