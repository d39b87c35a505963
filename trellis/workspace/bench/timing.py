"""What one request costs: time on the clock, and processor time of this process and of its database backend."""

import os
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median, quantiles
from typing import Any

from django.db import connections


@dataclass
class Costs:
    """In milliseconds, one number a request. ``queries``: of the last one."""

    wall: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)
    queries: int = 0

    def take(self, ask: Callable[[], Any]) -> None:
        wall, cpu = time.perf_counter(), processor_seconds()
        ask()
        self.cpu.append((processor_seconds() - cpu) * 1000)
        self.wall.append((time.perf_counter() - wall) * 1000)

    def as_json(self) -> dict[str, float]:
        p95 = quantiles(self.wall, n=20)[-1] if len(self.wall) > 1 else self.wall[0]
        numbers = {"p50_ms": median(self.wall), "p95_ms": p95, "cpu_ms": median(self.cpu)}
        return {name: round(number, 2) for name, number in numbers.items()} | {"queries": self.queries}


def processor_seconds() -> float:
    return time.process_time() + backend_seconds()


def backend_seconds() -> float:
    """Of the database process that serves us, where it runs on this machine."""
    held = connections["default"].connection
    spent = Path(f"/proc/{held.info.backend_pid if held else os.getpid()}/schedstat")
    return int(spent.read_text().split()[0]) / 1e9 if held and spent.exists() else 0.0
