"""The return interview as it is filled in beside the young person: few questions, the rest behind a fold."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django import forms

from trellis.core.clocks import now
from trellis.core.forms import MomentField
from trellis.core.presenters import moment as when
from trellis.core.reference_data import labels
from trellis.core.widgets import OwnWords
from trellis.missing.forms.choices import NOT_CHOSEN
from trellis.missing.forms.rows import FollowingForm
from trellis.missing.models import ReturnInterview

MANY = 5000


class InterviewForm(FollowingForm):
    completed_at = MomentField(label="When?", called="When it was held", past=True)
    place = forms.CharField(label="Where?", max_length=150, required=False, help_text="Somewhere neutral and safe")
    present = forms.CharField(
        label="Who else was there?", max_length=200, required=False, help_text="Leave it open if you two were alone"
    )
    independence = forms.ChoiceField(
        label="Who are you to them?",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose who you are to them"},
    )
    account = forms.CharField(
        label="What did they say?",
        max_length=20_000,
        widget=OwnWords(8),
        help_text="In their own words, as far as you can: why they went, what happened, what would help.",
        error_messages={"required": "Enter what they said; if they did not wish to talk, record the answer instead"},
    )
    reason = forms.ChoiceField(
        label="The main reason they were missing", error_messages={"required": "Choose the main reason"}
    )
    covers = forms.TypedMultipleChoiceField(
        label="Did you also talk about another time they were missing?",
        help_text="Choose each that this one conversation answers. No other interview is needed for it.",
        widget=forms.CheckboxSelectMultiple,
        coerce=UUID,
        required=False,
    )
    delay_reason = forms.ChoiceField(required=False)
    delay_told = forms.CharField(
        label="What was the delay for?",
        max_length=300,
        required=False,
        help_text="If it was delayed on purpose: whom they waited for, and why that was better for them",
    )
    other_reasons = forms.MultipleChoiceField(
        label="Other reasons", widget=forms.CheckboxSelectMultiple, required=False
    )
    carer_view = forms.CharField(
        label="What a parent or carer thinks, if they were asked",
        max_length=MANY,
        widget=forms.Textarea,
        required=False,
    )
    police_told = forms.BooleanField(label="I have told the police what they need to know", required=False)
    worker_told = forms.BooleanField(label="I have told their worker", required=False)

    def __init__(
        self, data: Any = None, *, interview: ReturnInterview, others: Iterable[ReturnInterview], **options: Any
    ) -> None:
        """``others``: interviews of theirs that wait, too, with their episodes."""
        super().__init__(data, **options)
        self.interview, self.others = interview, {other.id: other for other in others}
        self.offer("independence", labels("interview_independence"))
        self.offer("reason", dict([NOT_CHOSEN]) | labels("missing_reason"))
        self.offer("other_reasons", labels("missing_reason"))
        self.offer("delay_reason", dict([NOT_CHOSEN]) | labels("interview_delay_reason"))
        self.offer("covers", {str(id): time_missing(other) for id, other in self.others.items()})
        self.fields["delay_reason"].label = f"If it was after {when(self.first_due())}, why?"
        if not self.others:
            del self.fields["covers"]
        if self.first_due() > now() + NEARLY:
            del self.fields["delay_reason"], self.fields["delay_told"]

    def offer(self, name: str, choices: dict[str, str]) -> None:
        self.fields[name].choices = list(choices.items())  # type: ignore[attr-defined]

    def first_due(self) -> datetime:
        return min(row.due_at for row in [self.interview, *self.others.values()])

    def clean(self) -> None:
        held = self.cleaned_data.get("completed_at")
        if held is None:
            return
        covered = [self.others[id] for id in self.cleaned_data.get("covers", [])]
        if held < back(self.interview):
            self.add_error("completed_at", forms.ValidationError(AFTER_RETURN, "day month year time"))
        if any(held < back(other) for other in covered):
            self.add_error("covers", "Choose only times they were back from when you spoke")
        late = any(held > row.due_at for row in [self.interview, *covered])
        reason = self.cleaned_data.get("delay_reason")
        if late and not reason:
            self.add_error("delay_reason", "Choose why it was held after the time limit")
        if late and reason == PURPOSEFUL and not self.cleaned_data.get("delay_told"):
            self.add_error("delay_told", "Enter what the delay was for")

    def told(self) -> dict[str, Any]:
        """The arguments of hold_return_interview."""
        told = dict(self.cleaned_data)
        police, worker = told.pop("police_told"), told.pop("worker_told")
        return {
            **told,
            "police_told_at": now() if police else None,
            "worker_told_at": now() if worker else None,
            **super().told(),
        }


AFTER_RETURN = "When it was held must be after they came back"
PURPOSEFUL = "purposeful"
# Until this long before the first limit nobody is asked why the interview is late.
NEARLY = timedelta(hours=1)


def back(interview: ReturnInterview) -> datetime:
    returned_at = interview.episode.returned_at
    if returned_at is None:
        raise ValueError("an interview begins with a return")
    return returned_at


def time_missing(interview: ReturnInterview) -> str:
    return f"Missing on {when(interview.episode.reported_at)}, back on {when(back(interview))}"
