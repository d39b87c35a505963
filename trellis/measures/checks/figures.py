"""One row of a published table, read: its year, its unit, its number as written, and what its wording means."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from trellis.measures.checks.findings import Finding, Severity
from trellis.measures.checks.rounding import Published
from trellis.measures.checks.wording import Meaning, meaning_of
from trellis.measures.checks.years import canonical_year

COUNT, PERCENT = "count", "percent"
UNITS = {
    **dict.fromkeys(("count", "counts", "number", "numbers", "n", "no", "children", "people"), COUNT),
    **dict.fromkeys(("percent", "%", "per cent", "percentage", "percentages", "pct"), PERCENT),
    **{name: name + "s" for name in ("year", "month", "week", "day", "hour", "minute", "score", "point")},
    **{name: name for name in ("years", "months", "weeks", "days", "hours", "minutes", "scores", "points")},
    **dict.fromkeys(("pounds", "gbp", "£"), "pounds"),
    **dict.fromkeys(("mean", "average", "per child"), "mean"),
    **dict.fromkeys(("rate", "ratio"), "rate"),
}
MOST_PLACES = 9
MOST_REMEMBERED = 65536
LONGEST_NUMBER = 40
LONGEST_CELL = 500
_NUMBER = re.compile(r"[+-]?(?:[0-9]+|[0-9]{1,3}(?:,[0-9]{3})+)(?:\.[0-9]+)?|[+-]?\.[0-9]+")
_CHANGE = re.compile(r"\b(?:change|increase|decrease|rise|fall|reduction|growth|difference)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Figure:
    """A row. `unit` is empty where it is not known, `number` is empty where there is none.

    A change (`is_change`) is no share and no count: it may be negative and above 100 per cent.
    """

    line: int
    year: str
    section: str
    measure: str
    breakdown: str
    unit: str
    number: Published | None
    note: str
    meaning: Meaning
    is_change: bool

    @property
    def value(self) -> Published:
        """The number, of a figure that is known to have one."""
        if self.number is None:
            raise ValueError(f"line {self.line} holds no number")
        return self.number

    @property
    def name(self) -> str:
        return self.measure if self.meaning.is_everyone else f"{self.measure}, {self.breakdown}"


@lru_cache(maxsize=MOST_REMEMBERED)
def number_as_written(text: str, unit: str) -> Published | None:
    """The number in `text` with the decimals it is written in (nine at most); None where there is none."""
    plain = unicodedata.normalize("NFKC", text[: LONGEST_NUMBER + 1]).strip().replace("\u2212", "-")
    if unit == PERCENT:
        plain = plain.removesuffix("%").rstrip()
    if unit == "pounds":
        plain = plain.replace("£", "", 1)
    if len(plain) > LONGEST_NUMBER or not _NUMBER.fullmatch(plain):
        return None
    whole, _, decimals = plain.replace(",", "").partition(".")
    if len(decimals) <= MOST_PLACES:
        return Published(int(whole + decimals), len(decimals))
    kept = int(whole + decimals[:MOST_PLACES])
    away = -1 if plain.startswith("-") else 1
    return Published(kept + away * (decimals[MOST_PLACES] >= "5"), MOST_PLACES)


def figure_from(record: Mapping[str, object], line: int) -> Figure:
    """The figure of one record: a mapping of the table's column names to text or numbers."""
    cell = {name: "" if value is None else str(value).strip()[:LONGEST_CELL] for name, value in record.items()}
    unit = UNITS.get(cell.get("unit", "").casefold(), "")
    measure, breakdown = cell.get("measure", ""), cell.get("breakdown", "")
    return Figure(
        line=line,
        year=canonical_year(cell.get("report_year", "")) or cell.get("report_year", ""),
        section=cell.get("section", ""),
        measure=measure,
        breakdown=breakdown,
        unit=unit,
        number=number_as_written(cell.get("value", ""), unit),
        note=cell.get("note", ""),
        meaning=meaning_of(measure, breakdown, unit == PERCENT),
        is_change=bool(_CHANGE.search(measure)),
    )


def finding_at(
    rows: Sequence[Figure],
    kind: str,
    severity: Severity,
    *,
    message: str,
    would: str,
    measure: str = "",
    **evidence: object,
) -> Finding:
    """A finding about `rows`, placed at the first of them. `would` is what would have to be true for them to stand."""
    first = rows[0]
    return Finding(
        kind=kind,
        severity=severity,
        lines=tuple(sorted({row.line for row in rows})),
        year=first.year,
        section=first.section,
        measure=measure or first.name,
        message=message,
        would_have_to_be_true=would,
        evidence=evidence,
    )
