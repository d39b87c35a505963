"""The periods figures are given for: a report year (1 April to 31 March, "2022/23") or one month of it."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date

FIRST_MONTH = 4


@dataclass(frozen=True)
class Period:
    """Both days belong to the period. `year` is the report year it lies in."""

    name: str
    year: str
    starts_on: date
    ends_on: date

    @property
    def months(self) -> list[str]:
        """The calendar months of the period in order, as "2022-04"."""
        first = self.starts_on.year * 12 + self.starts_on.month - 1
        last = self.ends_on.year * 12 + self.ends_on.month - 1
        return [f"{month // 12:04d}-{month % 12 + 1:02d}" for month in range(first, last + 1)]


def report_year(text: str) -> Period:
    """ "2022/23" -> 1 April 2022 to 31 March 2023. Raises ValueError with what to write instead."""
    match = re.fullmatch(r"([0-9]{4})/([0-9]{2})", text)
    if match is None or (int(match[1]) + 1) % 100 != int(match[2]) or int(match[1]) in (0, 9999):
        raise ValueError(f"{text!r} is not a report year; write two following years, such as 2022/23")
    first = int(match[1])
    return Period(text, text, date(first, FIRST_MONTH, 1), date(first + 1, FIRST_MONTH - 1, 31))


def month(text: str) -> Period:
    """ "2023-02" -> 1 to 28 February 2023. Raises ValueError with what to write instead."""
    match = re.fullmatch(r"([0-9]{4})-([0-9]{2})", text)
    if match is None or not 1 <= int(match[2]) <= 12 or int(match[1]) == 0:
        raise ValueError(f"{text!r} is not a month; write year and month, such as 2023-02")
    first = date(int(match[1]), int(match[2]), 1)
    last = first.replace(day=calendar.monthrange(first.year, first.month)[1])
    return Period(text, year_of(first), first, last)


def period(text: str) -> Period:
    """A report year or a month, told apart by how it is written."""
    return report_year(text) if is_year(text) else month(text)


def year_of(day: date) -> str:
    """The report year a day belongs to: 31 March 2023 -> "2022/23", 1 April 2023 -> "2023/24"."""
    first = day.year if day.month >= FIRST_MONTH else day.year - 1
    return f"{first:04d}/{(first + 1) % 100:02d}"


def is_year(text: str) -> bool:
    """Whether a period is written as a report year; a month otherwise."""
    return "/" in text


def in_full(text: str) -> str:
    """A report year as it is, a month in words: "February 2023"."""
    return text if is_year(text) else f"{month(text).starts_on:%B %Y}"
