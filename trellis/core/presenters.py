"""How days, moments, time left and numbers are written. Pure; every page and document writes them this way."""

from datetime import date, datetime, timedelta

from trellis.core.clocks import LONDON, london_date

HOURS_IN_DAY = 24
MINUTES_IN_HOUR = 60
NOON = 12


def day(value: date | datetime | None) -> str:
    """``3 March 2023``, the London day; nothing for None."""
    if value is None:
        return ""
    on = london_date(value) if isinstance(value, datetime) else value
    return f"{on.day} {on:%B %Y}"


def last_day(end: datetime | None) -> str:
    """The last London day before ``end``, the moment at which something is over: midnight ends the day before."""
    return day(end - timedelta(seconds=1)) if end else ""


def clock(value: datetime) -> str:
    """``14:05`` in London; on the nights the clocks change with ``(GMT)`` or ``(BST)`` behind it."""
    local = value.astimezone(LONDON)
    return f"{local:%H:%M}" + (f" ({local:%Z})" if on_night_of_change(local) else "")


def on_night_of_change(local: datetime) -> bool:
    """Whether ``local`` falls between midnight and noon of a day on which London's clocks change."""
    midnight = local.replace(hour=0, minute=0, fold=0)
    return local.hour < NOON and midnight.utcoffset() != midnight.replace(hour=NOON).utcoffset()


def moment(value: datetime | date | None) -> str:
    """``3 March 2023, 14:05``; a plain day has no time; nothing for None."""
    if isinstance(value, datetime):
        return f"{day(value)}, {clock(value)}"
    return day(value)


def plural(count: int, word: str, words: str | None = None) -> str:
    """``1 day``, ``2 days``, ``1,200 children``."""
    return f"{count:,} {word if count == 1 else words or word + 's'}"


def duration(hours: float) -> str:
    """``40 minutes``, ``5 hours``, ``2 days 3 hours``; whole units, rounded towards nothing."""
    minutes = int(abs(hours) * MINUTES_IN_HOUR)
    if minutes < MINUTES_IN_HOUR:
        return plural(minutes, "minute")
    days, left = divmod(minutes // MINUTES_IN_HOUR, HOURS_IN_DAY)
    parts = [plural(days, "day")] if days else []
    return " ".join([*parts, plural(left, "hour")] if left or not days else parts)


def time_left(due: datetime, at: datetime) -> str:
    """``5 hours left`` or ``2 days 3 hours overdue``, in elapsed hours from ``at`` to ``due`` (both aware)."""
    hours = (due - at).total_seconds() / 3600
    if abs(hours) * MINUTES_IN_HOUR < 1:
        return "due now"
    return f"{duration(hours)} {'left' if hours > 0 else 'overdue'}"


def number(value: float | None) -> str:
    """``4,958`` or ``73.22``; a dash for None."""
    if value is None:
        return "–"
    return f"{value:,}" if isinstance(value, int) else f"{value:,.10f}".rstrip("0").rstrip(".")


def lower_first(text: str) -> str:
    """A label inside a sentence: ``Date of birth`` becomes ``date of birth``, ``NHS number`` stays."""
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]
