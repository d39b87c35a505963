"""What is asked before a record opens in an emergency, and what a reviewer says afterwards."""

from typing import Any

from django import forms

from trellis.core.forms import DayField, FormKey
from trellis.core.reference_data import labels
from trellis.sharing.emergency.models import Outcome
from trellis.sharing.emergency.queries import CATEGORY, Asked
from trellis.sharing.emergency.services import SHORTEST_REASON

SAY_WHO = "Enter both names and the date of birth, or a case reference or NHS number"


class EmergencyForm(FormKey):
    given_name = forms.CharField(label="Given name", max_length=100, required=False)
    family_name = forms.CharField(label="Family name", max_length=150, required=False)
    date_of_birth = DayField(label="Date of birth", past=True, required=False, help_text="For example, 3 11 2009")
    reference = forms.CharField(
        label="Or a case reference or NHS number",
        max_length=40,
        required=False,
        help_text="For example, CSH-1A2B3C4D or 999 123 4567",
    )
    category = forms.ChoiceField(
        label="Why does it have to be now?",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose why it has to be now"},
    )
    reason = forms.CharField(
        label="What is happening?",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="At least 20 characters. Whoever reviews this reads it: what is happening and what you need to know. "
        "Leave out names.",
        error_messages={"required": "Enter what is happening, in 20 characters or more"},
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["category"].choices = list(labels(CATEGORY).items())  # type: ignore[attr-defined]

    def clean_reason(self) -> str:
        said: str = self.cleaned_data["reason"].strip()
        if len(said) < SHORTEST_REASON:
            raise forms.ValidationError("Enter what is happening, in 20 characters or more")
        return said

    def clean(self) -> None:
        said = [self.cleaned_data.get(name) for name in ("given_name", "family_name", "date_of_birth")]
        named, some = all(said), any(said)
        if self.errors.get("date_of_birth") or named or (self.cleaned_data.get("reference") and not some):
            return
        self.add_error("given_name", SAY_WHO)

    def asked(self) -> Asked:
        names = ("given_name", "family_name", "date_of_birth", "reference")
        return Asked(**{name: self.cleaned_data[name] for name in names})


class ReviewForm(forms.Form):
    outcome = forms.ChoiceField(
        label="Was it justified?",
        choices=[(Outcome.JUSTIFIED, "Yes, justified"), (Outcome.NOT_JUSTIFIED, "No, not justified")],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose whether it was justified"},
    )
    reason = forms.CharField(
        label="Why?",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Enter why, in your own words"},
    )
