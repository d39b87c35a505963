"""Form fields every app uses: a day, a moment in London, and the key that makes a form count once."""

import uuid
from datetime import date, datetime, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from trellis.core.clocks import AmbiguousTime, NonexistentTime, from_london, now, today
from trellis.core.ids import new_id
from trellis.core.presenters import lower_first
from trellis.core.typed_days import Unreadable, read_day, read_time
from trellis.core.widgets import DayWidget, MomentWidget

CLOCK_TOLERANCE = timedelta(minutes=5)


class DayField(forms.Field):
    """A date typed as day, month and year. Cleans to a ``date``, or None when left empty and not required.

    ``called`` names it in errors ("Date of birth"); ``past`` refuses a day after today; ``birth`` lets a
    browser fill in a birth date.
    """

    widget = DayWidget

    def __init__(self, *, called: str = "", past: bool = False, birth: bool = False, **options: Any) -> None:
        options.setdefault("widget", type(self).widget(birth=birth))
        super().__init__(**options)
        self.called = called or str(self.label or "Date")
        self.past = past
        if "required" not in (options.get("error_messages") or {}):
            self.error_messages["required"] = f"Enter the {lower_first(self.called)}"

    def to_python(self, value: Any) -> Any:
        """The day, from the boxes as typed. Raises ValidationError whose code names the boxes."""
        if isinstance(value, date) or value in self.empty_values:
            return value or None
        typed = ["" if box is None else str(box) for box in value]
        if not any(box.strip() for box in self.boxes_that_count(typed)):
            return None
        try:
            return self.read(typed)
        except Unreadable as problem:
            raise ValidationError(str(problem), code=" ".join(problem.parts)) from None

    def boxes_that_count(self, typed: list[str]) -> list[str]:
        return typed

    def read(self, typed: list[str]) -> date:
        day = read_day(typed, self.called)
        if self.past and day > today():
            raise Unreadable(f"{self.called} must be today or in the past", "day", "month", "year")
        return day


class MomentField(DayField):
    """A day and a time as London clocks showed it. Cleans to an aware UTC ``datetime`` or None.

    ``past`` refuses a moment more than five minutes ahead. A time that happened twice asks which; a time
    the clocks skipped is refused.
    """

    widget = MomentWidget

    def boxes_that_count(self, typed: list[str]) -> list[str]:
        return typed[:4]

    def read(self, typed: list[str]) -> datetime:
        day = read_day(typed[:3], self.called)
        wall = datetime.combine(day, read_time(typed[3], self.called))
        moment = self.settled(wall, typed[4])
        if self.past and moment > now() + CLOCK_TOLERANCE:
            raise Unreadable(f"{self.called} must be now or in the past", "day", "month", "year", "time")
        return moment

    @staticmethod
    def settled(wall: datetime, which: str) -> datetime:
        """The UTC moment of a wall time; ``which`` is "earlier", "later" or anything else for unsaid."""
        try:
            return from_london(wall, which if which in ("earlier", "later") else None)  # type: ignore[arg-type]
        except AmbiguousTime:
            raise Unreadable(
                f"{wall:%H:%M} happened twice on {wall.day} {wall:%B %Y}, because the clocks went back: "
                f"choose the first {wall:%H:%M} (BST) or the second {wall:%H:%M} (GMT)",
                "which",
            ) from None
        except NonexistentTime:
            raise Unreadable(
                f"{wall:%H:%M} did not happen on {wall.day} {wall:%B %Y}: the clocks went forward from "
                "01:00 to 02:00. Enter the time the clock showed",
                "time",
            ) from None


class KeyField(forms.UUIDField):
    """The key of one filled-in form. A key that is lost or spoilt is replaced, so that sending again works."""

    widget = forms.HiddenInput
    default_error_messages = {
        "required": "This form had come loose from the page. Nothing was saved: send it again",
        "invalid": "This form had come loose from the page. Nothing was saved: send it again",
    }

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"initial": new_id, **options})

    def bound_data(self, data: Any, initial: Any) -> Any:
        try:
            uuid.UUID(str(data))
        except ValueError:
            return initial
        return data


class FormKey(forms.Form):
    """Adds a hidden ``form_key``: the service stores it under a unique constraint, so fifty copies make one row."""

    form_key = KeyField()
