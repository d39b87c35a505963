"""``./hub bench pages``: each page against its bare SQL, the same SELECTs sent by the driver without access control."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from trellis.core.benches import Answer, Bench
from trellis.workspace.bench.asked import many_pages
from trellis.workspace.bench.sides import of_the_area


def measure(scale: int, _snapshot: Path | None = None) -> Answer:
    answer = of_the_area(scale, many_pages)
    return answer, lines(answer)


def lines(answer: Mapping[str, Any]) -> list[str]:
    """The result as a person reads it; the aim stands beside it."""
    how = f"{answer['rounds']} rounds in turn of {answer['times']} each, warm"
    said = [
        f"pages against their bare SQL, scale {answer['scale']}, {how}",
        f"{'':24}{'page p50':>10}{'p95':>9}{'queries':>9}{'bare SQL p50':>14}{'ratio':>8}",
    ]
    for row in answer["rows"]:
        ours, bare = row["as it is"], row["bare SQL"]
        said.append(
            f"{row['name']:24}{ours['p50_ms']:>10.1f}{ours['p95_ms']:>9.1f}{ours['queries']:>9}"
            f"{bare['p50_ms']:>14.1f}{row['to_bare_sql']:>8.2f}"
        )
    load = ", ".join(f"{one:.2f}" for one in answer["load"])
    return [*said, "aim: a page at most 5x its bare SQL", f"machine: {answer['cpus']} CPUs, load {load}"]


PAGES = Bench("pages of a child and of work, each against its bare SQL", measure)
