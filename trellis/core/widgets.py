"""Day and moment as separate boxes, the way people write them."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, Literal

from django import forms

from trellis.core.clocks import LONDON, AmbiguousTime, NonexistentTime, from_london
from trellis.core.typed_days import Unreadable, read_day, read_time

WHICH: dict[Literal["earlier", "later"], str] = {"earlier": "the first", "later": "the second"}


class OwnWords(forms.Textarea):
    """For what the young person, or a source, said as they said it: no advice on wording stands beside it."""

    def __init__(self, rows: int) -> None:
        super().__init__(attrs={"rows": rows, "data-own-words": "yes"})


class DayWidget(forms.MultiWidget):
    """Day, month and year: ``name_day``, ``name_month``, ``name_year``."""

    parts: tuple[str, ...] = ("day", "month", "year")

    def __init__(self, attrs: dict[str, Any] | None = None, birth: bool = False) -> None:
        super().__init__(dict.fromkeys(self.parts, forms.TextInput), attrs)
        self.birth = birth

    def decompress(self, value: date | None) -> list[str]:
        return [str(value.day), str(value.month), str(value.year)] if value else [""] * len(self.parts)


class MomentWidget(DayWidget):
    """A day and a time, with ``name_which`` (earlier or later) for a time that happened twice."""

    parts = ("day", "month", "year", "time", "which")

    def decompress(self, value: date | None) -> list[str]:
        if not isinstance(value, datetime):
            return [""] * len(self.parts)
        local = value.astimezone(LONDON)
        wall = local.replace(tzinfo=None, fold=0)
        which = ("later" if local.fold else "earlier") if happened_twice(wall) else ""
        return [*super().decompress(local.date()), f"{local:%H:%M}", which]


def happened_twice(wall: datetime) -> bool:
    """Whether London clocks showed ``wall`` (naive) twice."""
    try:
        from_london(wall)
    except AmbiguousTime:
        return True
    except NonexistentTime:
        return False
    return False


def ambiguous_typed(typed: Sequence[str]) -> datetime | None:
    """The wall time in the boxes, when it can be read and happened twice."""
    try:
        wall = datetime.combine(read_day(typed[:3], "date"), read_time(typed[3], "time"))
    except Unreadable:
        return None
    return wall if happened_twice(wall) else None
