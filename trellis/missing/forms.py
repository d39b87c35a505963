"""What the desk asks: a report, a return, an answer, an interview held."""

from datetime import datetime
from typing import Any

from django import forms

from trellis.core.forms import FormKey, MomentField
from trellis.core.presenters import moment as when
from trellis.core.reference_data import labels
from trellis.core.widgets import OwnWords
from trellis.missing.models import Kind, MissingEpisode, ReturnInterview
from trellis.people.forms import PersonForm

NOT_CHOSEN = ("", "Choose one")


class ReportForm(FormKey):
    """A report about a young person whose record is known."""

    kind = forms.ChoiceField(
        label="Where are they missing from?",
        choices=Kind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose where they are missing from"},
    )
    last_seen_at = MomentField(
        label="When were they last seen?", called="When they were last seen", required=False, past=True
    )
    reported_at = MomentField(label="When was it reported?", called="When it was reported", past=True)
    reported_by = forms.CharField(
        label="Who reported it?", max_length=150, required=False, help_text="For example, a parent or the night staff"
    )
    risk_grade = forms.ChoiceField(
        label="Risk as the police graded it", required=False, help_text="Leave it open if nobody has graded it yet"
    )
    out_of_area = forms.BooleanField(label="They live or are placed outside our area", required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["risk_grade"].choices = [("", "Not graded yet"), *labels("missing_risk_grade").items()]  # type: ignore[attr-defined]

    def clean(self) -> None:
        seen, reported = self.cleaned_data.get("last_seen_at"), self.cleaned_data.get("reported_at")
        if seen and reported and seen > reported:
            self.add_error("last_seen_at", "They were last seen before it was reported: check both times")

    def told(self) -> dict[str, Any]:
        names = ("kind", "last_seen_at", "reported_at", "reported_by", "risk_grade", "out_of_area")
        return {name: self.cleaned_data[name] for name in names}


class NewReportForm(PersonForm, ReportForm):
    """A report about somebody who has to be found, or recorded, first."""


class ReturnForm(forms.Form):
    returned_at = MomentField(label="When did they come back?", called="When they came back", past=True)
    found_at = MomentField(
        label="When were they found?",
        called="When they were found",
        required=False,
        past=True,
        help_text="If somebody knew where they were before they came back",
    )
    found_where = forms.CharField(label="Where were they found?", max_length=200, required=False)
    found_with = forms.CharField(label="Who were they with?", max_length=200, required=False)

    def __init__(self, *args: Any, episode: MissingEpisode, **options: Any) -> None:
        super().__init__(*args, **options)
        self.since = episode.last_seen_at or episode.reported_at

    def clean_returned_at(self) -> datetime:
        return self.after_leaving("returned_at", "When they came back")

    def clean_found_at(self) -> datetime | None:
        return self.after_leaving("found_at", "When they were found") if self.cleaned_data["found_at"] else None

    def after_leaving(self, name: str, called: str) -> datetime:
        moment: datetime = self.cleaned_data[name]
        if moment <= self.since:
            raise forms.ValidationError(f"{called} must be after they went missing", "day month year time")
        return moment

    def clean(self) -> None:
        found, returned = self.cleaned_data.get("found_at"), self.cleaned_data.get("returned_at")
        if found and returned and found > returned:
            self.add_error("found_at", "They were found before they came back, or as they did: check both times")


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
