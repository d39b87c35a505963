"""Published tables written out in a test, and what the checker says of them."""

import csv
import io
from pathlib import Path

from trellis.measures.checks import Finding, check_figures

HEADER = "report_year,section,measure,breakdown,value,unit,note"
PUBLISHED = Path(__file__).parents[2] / "measures" / "published_figures.csv"


def records(text: str) -> list[dict[str, str]]:
    """Rows as lines of text; a row that leaves out its note may leave out the comma too."""
    lines = [line.strip() for line in text.strip().splitlines()]
    padded = [line + "," * max(0, 6 - line.count(",")) for line in lines]
    return list(csv.DictReader(io.StringIO("\n".join([HEADER, *padded]))))


def check(text: str) -> list[Finding]:
    return check_figures(records(text))


def kinds(text: str) -> list[str]:
    return [finding.kind for finding in check(text)]


def published() -> list[dict[str, str]]:
    with PUBLISHED.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
