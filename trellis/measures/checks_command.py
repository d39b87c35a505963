"""`./hub check-figures FILE.csv [--json]`: is a table of published figures possible?"""

import sys
from pathlib import Path

from trellis.measures.checks import UnusableTable, check_figures, read_records
from trellis.measures.checks.report import as_json, as_text

USAGE = "usage: ./hub check-figures FILE.csv [--json]"
FOUND_NOTHING, FOUND, UNUSABLE = 0, 1, 2


def main(argv: list[str]) -> int:
    """Checks one file, findings on standard output: 0 none, 1 found, 2 unusable input (one line on standard error)."""
    if "-h" in argv or "--help" in argv:
        sys.stdout.write(USAGE + "\n")
        return FOUND_NOTHING
    names = [word for word in argv if word != "--json"]
    if len(names) != 1 or (names[0].startswith("-") and len(names[0]) > 1):
        sys.stderr.write(USAGE + "\n")
        return UNUSABLE
    try:
        records = read_records(Path(names[0]))
    except UnusableTable as error:
        sys.stderr.write(_one_line(str(error)) + "\n")
        return UNUSABLE
    findings = check_figures(records)
    text = as_json(findings) if "--json" in argv else as_text(findings, len(records))
    _write(text + "\n")
    return FOUND if findings else FOUND_NOTHING


def _one_line(text: str) -> str:
    return "".join(letter if letter.isprintable() else "?" for letter in text)


def _write(text: str) -> None:
    """Writes what the terminal's encoding can show, and marks what it cannot."""
    encoding = sys.stdout.encoding or "utf-8"
    sys.stdout.write(text.encode(encoding, "replace").decode(encoding))
