"""A referral in five minutes, and the decision on it."""

from collections.abc import Sequence
from typing import Any

from django import forms

from trellis.accounts.models import Agency, User
from trellis.core.forms import FormKey, MomentField
from trellis.core.reference_data import labels
from trellis.people.forms import PersonForm
from trellis.referrals.lifecycle import DECISIONS, REDIRECTED, REFERRAL
from trellis.referrals.models import ExploitationType, Telling
from trellis.referrals.queries import QueueFilter

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
    family_knows = forms.TypedChoiceField(
        label="Does the family know of it?",
        choices=[(YES, "Yes"), (NO, "No"), (NOT_KNOWN, "Not known")],
        coerce={YES: True, NO: False, NOT_KNOWN: None}.get,
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
    )
    knowledge = forms.CharField(
        label="What they know, and what they say of it",
        required=False,
        max_length=5_000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="In their own words where you can",
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
        names = ("source_code", "harm_seen", "concerns", "strengths", "knowledge")
        said = self.cleaned_data
        types = [said["primary_type"], *(kind for kind in said["other_types"] if kind != said["primary_type"])]
        more = {name: said[name] for name in (*names, "child_knows", "family_knows", "immediate_danger")}
        more |= {name: said[name] for name in ("received_at", "agency", "referrer") if name in said}
        return {**more, "exploitation_types": types}


def tellings(by_email: bool) -> list[tuple[str, str]]:
    return [(how.value, str(how.label)) for how in Telling if by_email or how != Telling.EMAIL]


class ToldForm(forms.Form):
    how = forms.ChoiceField(
        label="How were they told?",
        widget=forms.RadioSelect,
        error_messages={"required": "Say how the referrer was told"},
    )

    def __init__(self, *args: Any, by_email: bool = False, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["how"].choices = [one for one in tellings(by_email) if one[0] != Telling.RING]  # type: ignore[attr-defined]


class OwnerForm(forms.Form):
    owner = forms.ModelChoiceField(
        label="Who looks after it?",
        queryset=User.objects.none(),
        empty_label="Choose one",
        error_messages={"required": "Choose who looks after it"},
    )

    def __init__(self, *args: Any, people: Sequence[User] = (), **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["owner"].queryset = User.objects.filter(id__in=[one.id for one in people]).order_by("name")  # type: ignore[attr-defined]


class QueueForm(forms.Form):
    """What of the queue is shown. Nothing here needs a band."""

    owner = forms.ChoiceField(
        label="Looked after by",
        choices=[("", "Anybody"), ("mine", "Me"), ("nobody", "Nobody yet")],
        required=False,
    )
    kind = forms.ChoiceField(label="Worry", choices=[("", "Any"), *ExploitationType.choices], required=False)
    order = forms.ChoiceField(
        label="First",
        choices=[("", "The earliest due"), ("danger", "In danger now"), ("received", "The latest received")],
        required=False,
    )

    def wanted(self) -> QueueFilter:
        return QueueFilter(**self.cleaned_data) if self.is_valid() else QueueFilter()


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

    redirected_to = forms.CharField(label="Redirected to whom?", max_length=200, required=False)
    told_how = forms.ChoiceField(label="How is the referrer told?", required=False, widget=forms.RadioSelect)

    def __init__(self, *args: Any, by_email: bool = False, **options: Any) -> None:
        """``by_email``: the referrer has an address that was confirmed, and e-mail can leave."""
        super().__init__(*args, **options)
        self.fields["told_how"].choices = tellings(by_email)  # type: ignore[attr-defined]
        self.fields["told_how"].initial = Telling.RING

    def clean_told_how(self) -> str:
        return str(self.cleaned_data["told_how"] or Telling.RING)

    def clean(self) -> None:
        super().clean()
        if self.cleaned_data.get("decision") != REDIRECTED:
            self.cleaned_data["redirected_to"] = ""
        elif not self.cleaned_data.get("redirected_to"):
            self.add_error("redirected_to", "Say to whom it is redirected")

    def decision_in_words(self) -> str:
        return REFERRAL.statuses[self.cleaned_data["decision"]].lower()
