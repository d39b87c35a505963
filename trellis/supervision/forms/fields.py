"""Fields that several forms of supervision ask for."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms

from trellis.accounts.models import User

LONGEST = 20_000


def long_text(label: str, hint: str = "", required: bool = True, rows: int = 4, **more: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=LONGEST,
        required=required,
        help_text=hint,
        widget=forms.Textarea(attrs={"rows": rows}),
        **more,
    )


class WorkerField(forms.ChoiceField):
    """Somebody who works here now. Cleans to the user, or None when left empty and not required."""

    by_id: Mapping[str, User] = {}

    def offer(self, workers: Iterable[User], unnamed: str = "Choose somebody") -> None:
        self.by_id = {str(worker.id): worker for worker in workers}
        names = [(key, f"{worker.name}, {worker.agency}") for key, worker in self.by_id.items()]
        self.choices = [("", unnamed), *names]

    def clean(self, value: Any) -> Any:
        return self.by_id.get(super().clean(value))
