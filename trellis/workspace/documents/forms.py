"""Why a copy of a record is taken, and for whom."""

from typing import Any

from django import forms

RECORD, PLAN = "record", "plan"


class ExportForm(forms.Form):
    """What leaves the system, why and who gets it: all stand in the document and in the log."""

    what = forms.ChoiceField(
        label="What do you take?",
        choices=[(RECORD, "The record"), (PLAN, "The plan alone")],
        initial=RECORD,
        required=False,
        widget=forms.RadioSelect,
    )
    purpose = forms.CharField(
        label="What is it for?",
        max_length=100,
        help_text="For example: strategy meeting on Thursday; family court bundle; they asked to read their record",
        error_messages={"required": "Enter what the copy is for"},
    )
    receiver = forms.CharField(
        label="Who gets it?",
        max_length=80,
        help_text="A name and where they work. Yourself, if it stays with you",
        error_messages={"required": "Enter who gets the copy"},
    )

    def __init__(self, *args: Any, has_plan: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        if not has_plan:
            del self.fields["what"]

    @property
    def why(self) -> dict[str, str]:
        """What it is for and who gets it, once the form is valid."""
        return {name: self.cleaned_data[name] for name in ("purpose", "receiver")}

    @property
    def is_of_the_plan(self) -> bool:
        return self.cleaned_data.get("what") == PLAN
