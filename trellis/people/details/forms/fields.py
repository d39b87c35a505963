"""What the forms of a person's details are made of: fields, readers, the form of any section."""

from __future__ import annotations

from typing import Any

from django import forms

from trellis.core.forms import DayField, FormKey
from trellis.core.reference_data import labels
from trellis.people.details.sections import Section
from trellis.people.identifiers import (
    WrongNumber,
)

UNSAID, CHOOSE = ("", "Not recorded"), ("", "Choose")
POSTCODE_LONGEST = 8


def text(label: str, longest: int, *, help_text: str = "", required: bool = False, rows: int = 0) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows}) if rows else forms.TextInput()
    return forms.CharField(label=label, max_length=longest, required=required, help_text=help_text, widget=widget)


def one_of(label: str, choices: Any = (), *, help_text: str = "", unsaid: bool = True) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label, choices=[UNSAID if unsaid else CHOOSE, *choices], required=not unsaid, help_text=help_text
    )


def read(reader: Any, typed: str) -> str:
    """A number as it is stored; empty stays empty. Raises ValidationError in the reader's words."""
    try:
        return str(reader(typed)) if typed else ""
    except WrongNumber as wrong:
        raise forms.ValidationError(str(wrong)) from None


def plain(postcode: str) -> str:
    bare = "".join(postcode.split()).upper()
    if len(bare) > POSTCODE_LONGEST:
        raise forms.ValidationError("Postcode is too long: enter one like M14 0AA")
    return bare


class SectionForm(FormKey):
    """``seen`` is a mark of what the writer had before them; ``why`` goes into the history."""

    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    why = text("Why, or who told you", 200, help_text="Kept in the history of this record")

    # Fields whose choices are a code list of the database.
    coded: dict[str, str] = {}

    def __init__(self, data: Any = None, **options: Any) -> None:
        super().__init__(data, **options)
        for name, code_list in self.coded.items():
            field: Any = self.fields[name]
            several = isinstance(field, forms.MultipleChoiceField)
            unsaid = [] if several else [CHOOSE if field.required else UNSAID]
            field.choices = [*unsaid, *labels(code_list).items()]
        self.order_fields([name for name in self.fields if name not in ("why", "form_key", "seen")])

    def written(self, section: Section) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in section.fields}


class DatedForm(SectionForm):
    """A row that is true from a day until a day."""

    starts_on = DayField(label="From", called="First day", past=True)
    ends_on = DayField(
        label="Until", called="Last day", required=False, help_text="Leave empty while it goes on; the day it ended"
    )

    def __init__(self, data: Any = None, **options: Any) -> None:
        super().__init__(data, **options)
        self.order_fields([name for name in self.fields if name not in ("starts_on", "ends_on", "why", "form_key")])

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        start, end = said.get("starts_on"), said.get("ends_on")
        if start and end and end <= start:
            self.add_error("ends_on", "The day it ended must be after the day it began")
        return said
