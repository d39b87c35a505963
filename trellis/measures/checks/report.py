"""Findings as text for people and as JSON for programs."""

import json
import re
from collections.abc import Sequence
from itertools import groupby

from trellis.measures.checks.findings import MEANING, Finding

LONGEST_LINE = 900
LINES_SHOWN = 12
# Control characters, and marks that turn or hide the direction of text: a cell must not drive a terminal.
_UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff]")


def as_json(findings: Sequence[Finding]) -> str:
    return json.dumps([finding.as_dict() for finding in findings], indent=2)


def as_text(findings: Sequence[Finding], rows: int) -> str:
    """Findings grouped by severity and place, and one closing line of counts."""
    blocks = []
    for severity, group in groupby(findings, key=lambda finding: finding.severity):
        blocks.append(f"{severity.upper()}: {MEANING[severity]}")
        blocks += [_entry(finding) for finding in group]
    return "\n\n".join([*blocks, closing_line(findings, rows)])


def closing_line(findings: Sequence[Finding], rows: int) -> str:
    faulty = {line for finding in findings for line in finding.lines}
    return (
        f"{_many(len(findings), 'finding')} in {_many(rows, 'row')}; {_many(rows - len(faulty), 'row')} checked sound."
    )


def _many(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def _entry(finding: Finding) -> str:
    place = f"{finding.year}, {finding.section}: {finding.measure}"
    return "\n".join(
        [
            f"  {_lines(finding.lines)}  {_safe(place)}  [{finding.kind}]",
            f"    {_safe(finding.message)}.",
            f"    What would have to be true: {_safe(finding.would_have_to_be_true)}.",
        ]
    )


def _lines(lines: Sequence[int]) -> str:
    shown = ", ".join(str(line) for line in lines[:LINES_SHOWN])
    more = f" and {len(lines) - LINES_SHOWN:,} more" if len(lines) > LINES_SHOWN else ""
    return f"line {shown}" if len(lines) == 1 else f"lines {shown}{more}"


def _safe(text: str) -> str:
    text = _UNPRINTABLE.sub("\N{REPLACEMENT CHARACTER}", text)
    return text if len(text) <= LONGEST_LINE else text[:LONGEST_LINE] + " ..."
