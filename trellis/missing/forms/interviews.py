"""What is asked about the return interview before and after it is held, and of the police's own."""

from typing import Any

from django import forms

from trellis.core.clocks import today
from trellis.core.forms import DayField, FormKey, MomentField
from trellis.core.reference_data import labels
from trellis.core.widgets import OwnWords
from trellis.missing.forms.choices import NOT_CHOSEN
from trellis.missing.models import DeclinedBy, InterviewAttempt


class OfferForm(forms.Form):
    how = forms.ChoiceField(
        label="How was it offered?",
        choices=InterviewAttempt.How.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose how it was offered"},
    )
    offered_at = MomentField(label="When?", called="When it was offered", past=True)
    came_of_it = forms.CharField(label="What came of it?", max_length=300, required=False)


class AttemptForm(FormKey):
    how = forms.ChoiceField(
        label="How did you try to reach them?",
        choices=InterviewAttempt.How.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose how you tried to reach them"},
    )
    attempted_at = MomentField(label="When?", called="When you tried", past=True)
    came_of_it = forms.CharField(
        label="What came of it?", max_length=300, error_messages={"required": "Enter what came of it"}
    )


class NotOfferedForm(forms.Form):
    why = forms.CharField(
        label="Why is it not offered?",
        max_length=200,
        help_text="An interview is offered after every return. Whoever decides otherwise answers for it.",
        error_messages={"required": "Enter why it is not offered"},
    )


class AnswerForm(forms.Form):
    only_if = ("declined_by", "reason")

    accepted = forms.TypedChoiceField(
        label="What did they say?",
        choices=[("yes", "They would like to talk"), ("no", "They would rather not, or could not be reached")],
        coerce=lambda answer: answer == "yes",
        empty_value=None,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what they said"},
    )
    declined_by = forms.ChoiceField(
        label="If not, who said so?", choices=[NOT_CHOSEN, *DeclinedBy.choices], required=False
    )
    reason = forms.ChoiceField(label="And why?", required=False)
    carer_view = forms.CharField(
        label="What a parent or carer thinks, if they were asked",
        max_length=5000,
        widget=forms.Textarea,
        required=False,
        help_text="Offer them to say it when the young person would rather not talk",
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["reason"].choices = [NOT_CHOSEN, *labels("interview_decline_reason").items()]  # type: ignore[attr-defined]

    def clean(self) -> None:
        if self.cleaned_data.get("accepted") is False:
            if not self.cleaned_data.get("reason"):
                self.add_error("reason", "Choose why there is no interview for now")
            if not self.cleaned_data.get("declined_by"):
                self.add_error("declined_by", "Choose who said so")
        if self.cleaned_data.get("accepted"):
            self.cleaned_data |= {"reason": "", "declined_by": ""}


class ToldForm(forms.Form):
    police_told_at = MomentField(
        label="When were the police told?", called="When the police were told", past=True, required=False
    )
    worker_told_at = MomentField(
        label="When was their worker told?", called="When their worker was told", past=True, required=False
    )

    def clean(self) -> None:
        if not self.errors and not any(self.cleaned_data.values()):
            raise forms.ValidationError("Enter when the police, or their worker, were told")


class AsideForm(forms.Form):
    why = forms.CharField(
        label="Why is it not to be drawn on?", max_length=200, error_messages={"required": "Enter why"}
    )


class DoneForm(forms.Form):
    done_on = DayField(label="When was it done?", called="The day it was done", past=True, initial=today)
    came_of_it = forms.CharField(label="What came of it?", max_length=300, required=False)


class PreventionForm(FormKey):
    """The police's own. Not a return interview, and no part of one."""

    held_at = MomentField(label="When was it held?", called="When it was held", past=True)
    officer = forms.CharField(
        label="Which officer?", max_length=150, error_messages={"required": "Enter which officer held it"}
    )
    safe_now = forms.CharField(label="Are they safe now?", max_length=300, required=False)
    harm_told = forms.CharField(
        label="What harm did they speak of?", max_length=5000, widget=OwnWords(3), required=False
    )
    offences = forms.CharField(
        label="Offences against them, or that they may have been made to commit",
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
    )
    information = forms.CharField(
        label="What helps to find them, should they be missing again",
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
    )
