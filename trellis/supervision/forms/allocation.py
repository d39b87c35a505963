"""Giving a case to a worker."""

from collections.abc import Sequence
from typing import Any

from django import forms

from trellis.cases.models import Allocation
from trellis.supervision.forms.fields import WorkerField
from trellis.supervision.queries import Load


class AllocationForm(forms.Form):
    """``after``: the lead worker's allocation that whoever decides had seen."""

    after = forms.UUIDField(widget=forms.HiddenInput, required=False)
    worker = WorkerField(label="Who works with this young person?", error_messages={"required": "Choose a worker"})
    part = forms.ChoiceField(
        label="In which part?",
        choices=Allocation.Part.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose lead or joint worker"},
    )

    def __init__(self, *args: Any, loads: Sequence[Load], **options: Any) -> None:
        super().__init__(*args, **options)
        field: Any = self.fields["worker"]
        field.offer([load.worker for load in loads])
        field.choices = [("", "Choose a worker"), *((str(each.worker.id), each.in_words) for each in loads)]
