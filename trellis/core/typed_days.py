"""Reads the days and times people type; what cannot be read is answered in words that say what to do."""

import calendar
import re
from collections.abc import Sequence
from datetime import date, time

EARLIEST_YEAR, LATEST_YEAR = 1900, 2100
PARTS = ("day", "month", "year")
MONTHS = {name[:3].lower(): number for number, name in enumerate(calendar.month_name) if name}
TIME = re.compile(r"(\d{1,2})(?:[:.]?([0-5]\d))?\s*([ap]\.?m\.?)?", re.ASCII | re.IGNORECASE)
NAMED_TIMES = {"midnight": time(0, 0), "midday": time(12, 0), "noon": time(12, 0)}
NOON = 12


class Unreadable(ValueError):
    """What was typed is not a day or a time. ``parts`` are the boxes to look at again."""

    def __init__(self, message: str, *parts: str) -> None:
        super().__init__(message)
        self.parts = parts


def read_day(typed: Sequence[str], called: str) -> date:
    """The date in three boxes: day, month (number or name) and year. ``called`` starts the error's sentence."""
    boxes = [box.strip() for box in typed]
    if lacking := [part for part, box in zip(PARTS, boxes, strict=True) if not box]:
        raise Unreadable(f"{called} must include a {' and a '.join(lacking)}", *lacking)
    year = _year(boxes[2], called)
    month = _month(boxes[1], called)
    return _real_day(boxes[0], month, year, called)


def read_time(typed: str, called: str) -> time:
    """``14:05``, ``1405``, ``2.05pm``, ``9am``, ``midnight``; a bare ``9`` is refused as too vague."""
    text = " ".join(typed.lower().split())
    if not text:
        raise Unreadable(f"{called} must include a time", "time")
    if text in NAMED_TIMES:
        return NAMED_TIMES[text]
    found = TIME.fullmatch(text)
    if not found or not (found[2] or found[3]):
        raise Unreadable(f"{called} must have a time like 14:05 or 2:05pm", "time")
    hour = _hour(int(found[1]), found[3])
    if hour is None:
        raise Unreadable(f"{called} must have a real time, between 00:00 and 23:59", "time")
    return time(hour, int(found[2] or 0))


def _hour(hour: int, half: str | None) -> int | None:
    """The hour on the 24-hour clock, or None if there is none such."""
    if half is None:
        return hour if hour < 2 * NOON else None
    if not 1 <= hour <= NOON:
        return None
    return hour % NOON + (NOON if half.startswith("p") else 0)


def _year(typed: str, called: str) -> int:
    if not (typed.isascii() and typed.isdigit() and len(typed) == 4):
        raise Unreadable(f"{called} must have a year of 4 numbers, like 2009", "year")
    if not EARLIEST_YEAR <= int(typed) <= LATEST_YEAR:
        raise Unreadable(f"{called} must have a year between {EARLIEST_YEAR} and {LATEST_YEAR}", "year")
    return int(typed)


def _month(typed: str, called: str) -> int:
    short = typed.lower()
    for abbreviation, number in MONTHS.items():
        if len(short) >= len(abbreviation) and calendar.month_name[number].lower().startswith(short):
            return number
    if short.isascii() and short.isdigit() and 1 <= int(short[:4]) <= 12:
        return int(short)
    raise Unreadable(f"{called} must have a month between 1 and 12", "month")


def _real_day(typed: str, month: int, year: int, called: str) -> date:
    last = calendar.monthrange(year, month)[1]
    number = int(typed[:4]) if typed.isascii() and typed.isdigit() else 0
    if 1 <= number <= last:
        return date(year, month, number)
    if (number, month) == (29, 2):
        raise Unreadable(f"{called} must be a real date: {year} was not a leap year, so it has no 29 February", *PARTS)
    name = calendar.month_name[month]
    raise Unreadable(f"{called} must be a real date: {name} {year} has {last} days", "day")
