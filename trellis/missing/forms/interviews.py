"""What is asked about the return interview."""

from datetime import datetime
from typing import Any

from django import forms

from trellis.core.forms import MomentField
from trellis.core.presenters import moment as when
from trellis.core.reference_data import labels
from trellis.core.widgets import OwnWords
from trellis.missing.forms.choices import NOT_CHOSEN
from trellis.missing.models import ReturnInterview


class AnswerForm(forms.Form):
    only_if = ("reason",)

    accepted = forms.TypedChoiceField(
        label="What did they say?",
        choices=[("yes", "They would like to talk"), ("no", "They would rather not, or could not be reached")],
        coerce=lambda answer: answer == "yes",
        empty_value=None,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what they said"},
    )
    reason = forms.ChoiceField(label="If not, why?", required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["reason"].choices = [NOT_CHOSEN, *labels("interview_decline_reason").items()]  # type: ignore[attr-defined]

    def clean(self) -> None:
        if self.cleaned_data.get("accepted") is False and not self.cleaned_data.get("reason"):
            self.add_error("reason", "Choose why there is no interview for now")
        if self.cleaned_data.get("accepted"):
            self.cleaned_data["reason"] = ""


class InterviewForm(forms.Form):
    only_if = ("delay_reason",)

    completed_at = MomentField(label="When was it held?", called="When it was held", past=True)
    place = forms.CharField(label="Where?", max_length=150, required=False, help_text="Somewhere neutral and safe")
    account = forms.CharField(
        label="What did they say?",
        max_length=20_000,
        widget=OwnWords(9),
        help_text="In their own words, as far as you can: why they went, what happened, what would help.",
        error_messages={"required": "Enter what they said; if they did not wish to talk, record the answer instead"},
    )
    reason = forms.ChoiceField(
        label="The main reason they were missing", error_messages={"required": "Choose the main reason"}
    )
    delay_reason = forms.ChoiceField(label="Why was it held after the time limit?", required=False)

    def __init__(self, *args: Any, interview: ReturnInterview, **options: Any) -> None:
        super().__init__(*args, **options)
        self.interview = interview
        self.fields["delay_reason"].label = f"If it was held after {when(interview.due_at)}, why?"
        self.fields["reason"].choices = [NOT_CHOSEN, *labels("missing_reason").items()]  # type: ignore[attr-defined]
        self.fields["delay_reason"].choices = [NOT_CHOSEN, *labels("interview_delay_reason").items()]  # type: ignore[attr-defined]

    def clean_completed_at(self) -> datetime:
        held: datetime = self.cleaned_data["completed_at"]
        returned_at = self.interview.episode.returned_at
        if returned_at and held < returned_at:
            raise forms.ValidationError("When it was held must be after they came back", "day month year time")
        return held

    def clean(self) -> None:
        held = self.cleaned_data.get("completed_at")
        if held and held > self.interview.due_at and not self.cleaned_data.get("delay_reason"):
            self.add_error("delay_reason", "Choose why it was held after the time limit")
