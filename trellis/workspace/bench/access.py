"""``./hub bench access``: what access control and the log cost, page by page."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from trellis.core.benches import Answer, Bench
from trellis.workspace.bench.asked import few_pages
from trellis.workspace.bench.sides import SIDES, of_the_area


def measure(scale: int, _snapshot: Path | None = None) -> Answer:
    answer = of_the_area(scale, few_pages)
    return answer, lines(answer)


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
