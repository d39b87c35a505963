"""A referral in five minutes, and the decision on it."""

from typing import Any

from django import forms

from trellis.accounts.models import Agency
from trellis.core.forms import FormKey, MomentField
from trellis.core.reference_data import labels
from trellis.people.forms import PersonForm
from trellis.referrals.lifecycle import DECISIONS, REFERRAL
from trellis.referrals.models import ExploitationType

YES, NO, NOT_KNOWN = "yes", "no", "not_known"


class ReferralForm(PersonForm, FormKey):
    immediate_danger = forms.TypedChoiceField(
        label="Is the young person in danger now?",
        choices=[(YES, "Yes"), (NO, "No, not that we know of")],
        coerce=lambda answer: answer == YES,
        empty_value=None,
        widget=forms.RadioSelect,
        error_messages={"required": "Say whether the young person is in danger now"},
    )
    primary_type = forms.ChoiceField(
        label="What is the main worry?",
        choices=ExploitationType.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose the main worry"},
    )
    other_types = forms.MultipleChoiceField(
        label="What else may be happening?",
        choices=ExploitationType.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    harm_seen = forms.CharField(
        label="Harm that was seen or heard of",
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="What happened, when, and who saw it",
    )
    concerns = forms.CharField(
        label="What you fear may happen",
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    strengths = forms.CharField(
        label="What goes well, and who helps",
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="What they are good at, whom they trust",
    )
    child_knows = forms.TypedChoiceField(
        label="Does the young person know of this referral?",
        choices=[(YES, "Yes"), (NO, "No"), (NOT_KNOWN, "Not known")],
        coerce={YES: True, NO: False, NOT_KNOWN: None}.get,
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
        help_text="It is best that they know, unless telling them would put them in danger",
    )
    received_at = MomentField(label="When did it reach us?", called="When it reached us", past=True)
    source_code = forms.ChoiceField(
        label="Who does it come from?", error_messages={"required": "Choose who it comes from"}
    )
    agency = forms.ModelChoiceField(
        label="Which agency?", queryset=Agency.objects.all(), to_field_name="code", required=False, empty_label="None"
    )
    referrer = forms.CharField(label="Their name and how to reach them", max_length=150, required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        sources = labels("referral_source")
        self.fields["source_code"].choices = [("", "Choose one"), *sources.items()]  # type: ignore[attr-defined]

    def clean(self) -> None:
        super().clean()
        if not self.cleaned_data.get("harm_seen") and not self.cleaned_data.get("concerns"):
            self.add_error("concerns", "Say what was seen, or what you fear: one of the two is needed")

    def told(self) -> dict[str, Any]:
        """The arguments of the service, the main worry first."""
        names = ("received_at", "source_code", "agency", "referrer", "harm_seen", "concerns", "strengths")
        said = self.cleaned_data
        types = [said["primary_type"], *(kind for kind in said["other_types"] if kind != said["primary_type"])]
        more = {name: said[name] for name in (*names, "child_knows", "immediate_danger")}
        return {**more, "exploitation_types": types}


class DecisionForm(forms.Form):
    decision = forms.ChoiceField(
        label="What do we decide?",
        choices=[(decision, REFERRAL.statuses[decision]) for decision in DECISIONS],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose a decision"},
    )
    reason = forms.CharField(
        label="Why?",
        max_length=5_000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="The referrer is told. The young person may read it one day.",
        error_messages={"required": "Enter the reason"},
    )

    def decision_in_words(self) -> str:
        return REFERRAL.statuses[self.cleaned_data["decision"]].lower()
