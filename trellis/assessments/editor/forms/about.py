"""What a tool is for, and what is asked of whoever publishes a version."""

from typing import Any

from django import forms

from trellis.assessments.models import Purpose

OLDEST = 25


class AboutForm(forms.Form):
    name = forms.CharField(label="Name of the tool", max_length=150)
    purpose = forms.ChoiceField(label="What is it for?", choices=Purpose.choices, initial=Purpose.ASSESSMENT)
    about = forms.CharField(
        label="About it",
        required=False,
        max_length=5_000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Where it comes from, whom it was tried with, and what it is not for.",
    )
    age_from = forms.IntegerField(label="From age", min_value=0, max_value=OLDEST, initial=10)
    age_to = forms.IntegerField(label="To age", min_value=0, max_value=OLDEST, initial=OLDEST)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        low, high = said.get("age_from"), said.get("age_to")
        if low is not None and high is not None and low > high:
            self.add_error("age_to", "The second age must be the same as the first, or above it")
        return said


class PublishForm(forms.Form):
    what_changed = forms.CharField(
        label="What is different from the version before?",
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Everybody who assesses reads this. For a first version, say where the tool comes from.",
        error_messages={"required": "Say what is different from the version before"},
    )
    revision = forms.IntegerField(widget=forms.HiddenInput)
