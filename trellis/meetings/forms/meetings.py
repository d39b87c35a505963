"""The day of a meeting, its agenda and whom it asks before."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.forms import BoundField

from trellis.accounts.models import Agency, User
from trellis.core.forms import FormKey, MomentField
from trellis.meetings.models import AgendaItem
from trellis.supervision.forms.fields import WorkerField

QUESTION = "What has changed since we last met, what worries you, and what goes well?"
LAST_PLACE = 999


class MeetingForm(FormKey):
    meets_at = MomentField(label="When does it meet?", called="Day and time it meets")
    lead = WorkerField(label="Who leads it?", error_messages={"required": "Choose who leads it"})
    place = forms.CharField(label="Where?", max_length=150, required=False)

    def __init__(self, *args: Any, leads: list[User], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["lead"].offer(leads)  # type: ignore[attr-defined]

    def said(self) -> dict[str, Any]:
        said = self.cleaned_data
        return {**{name: said[name] for name in ("meets_at", "lead", "place")}, "key": said["form_key"]}


class CancelForm(forms.Form):
    reason = forms.ChoiceField(
        label="Why does it not take place?",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose why it does not take place"},
    )

    def __init__(self, *args: Any, reasons: Mapping[str, str], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["reason"].choices = list(reasons.items())  # type: ignore[attr-defined]


class CloseForm(forms.Form):
    agencies = forms.MultipleChoiceField(
        label="Which agencies came?",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose the agencies that came"},
    )

    def __init__(self, *args: Any, agencies: Mapping[str, str], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["agencies"].choices = list(agencies.items())  # type: ignore[attr-defined]


class OrderForm(forms.Form):
    """The place of each item. ``after`` is the revision of the item that was seen."""

    def __init__(self, *args: Any, items: Sequence[AgendaItem], **options: Any) -> None:
        super().__init__(*args, **options)
        self.items = items
        for place, item in enumerate(items, 1):
            self.fields[f"place_{item.id.hex}"] = forms.IntegerField(
                label=f"Place of {item.person.name}",
                min_value=1,
                max_value=LAST_PLACE,
                initial=place,
                error_messages={"required": "Enter a place", "invalid": "Enter a place as a whole number"},
            )
            after = forms.IntegerField(widget=forms.HiddenInput, initial=item.revision)
            self.fields[f"after_{item.id.hex}"] = after

    def places(self) -> dict[UUID, tuple[int, int]]:
        """By item the revision that was seen and its place."""
        said = self.cleaned_data
        return {item.id: (said[f"after_{item.id.hex}"], said[f"place_{item.id.hex}"]) for item in self.items}

    @property
    def rows(self) -> Iterator[tuple[AgendaItem, BoundField, BoundField]]:
        for item in self.items:
            yield item, self[f"place_{item.id.hex}"], self[f"after_{item.id.hex}"]


class TakeOffForm(forms.Form):
    after = forms.IntegerField(widget=forms.HiddenInput)
    why = forms.CharField(
        label="Why are they not talked about at this meeting?",
        max_length=300,
        error_messages={"required": "Say why they are not talked about"},
    )


class AskForm(forms.Form):
    agencies = forms.ModelMultipleChoiceField(
        label="Which agencies?",
        queryset=Agency.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        help_text="Only agencies that see who the young person is can be asked: share that first with any other",
        error_messages={"required": "Choose the agencies you ask"},
    )
    question = forms.CharField(
        label="What do you ask?",
        max_length=500,
        initial=QUESTION,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Say what you ask"},
    )

    def __init__(self, *args: Any, agencies: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["agencies"].queryset = agencies  # type: ignore[attr-defined]
