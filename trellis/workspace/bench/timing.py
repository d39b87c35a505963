"""What one request costs: time on the clock, and processor time of this process and of its database backend."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median, quantiles
from typing import Any


@dataclass
class Costs:
    """In milliseconds, one number a request. ``queries``: of the last one."""

    wall: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)
    queries: int = 0

    def take(self, ask: Callable[[], Any], backend: int) -> None:
        """``backend``: the id of the database process that serves the request."""
        wall, cpu = time.perf_counter(), processor_seconds(backend)
        ask()
        self.cpu.append((processor_seconds(backend) - cpu) * 1000)
        self.wall.append((time.perf_counter() - wall) * 1000)

    def as_json(self) -> dict[str, float]:
        p95 = quantiles(self.wall, n=20)[-1] if len(self.wall) > 1 else self.wall[0]
        numbers = {"p50_ms": median(self.wall), "p95_ms": p95, "cpu_ms": median(self.cpu)}
        return {name: round(number, 2) for name, number in numbers.items()} | {"queries": self.queries}


def processor_seconds(backend: int) -> float:
    """Of this process, and of the database's where it runs on this machine."""
    spent = Path(f"/proc/{backend}/schedstat")
    return time.process_time() + (int(spent.read_text().split()[0]) / 1e9 if spent.exists() else 0.0)
