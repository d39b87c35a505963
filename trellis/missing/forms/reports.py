"""What is asked when somebody reports a young person missing."""

from typing import Any

from django import forms

from trellis.core.forms import FormKey, MomentField
from trellis.core.reference_data import labels
from trellis.missing.models import Kind
from trellis.people.forms import PersonForm


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
    last_seen_where = forms.CharField(label="Where were they last seen?", max_length=200, required=False)
    wearing = forms.CharField(label="What were they wearing?", max_length=300, required=False)
    out_of_area = forms.BooleanField(label="They live or are placed outside our area", required=False)
    responsible_authority = forms.ChoiceField(
        label="Which authority is responsible for them?",
        required=False,
        help_text="For young people whom another authority placed here",
    )
    second = forms.BooleanField(label="Keep it as a second report of the time they are missing already", required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.offers_second = False
        authorities = [("", "Ours"), *labels("authority").items()]
        self.fields["responsible_authority"].choices = authorities  # type: ignore[attr-defined]
        self.fields["risk_grade"].choices = [("", "Not graded yet"), *labels("missing_risk_grade").items()]  # type: ignore[attr-defined]

    def clean(self) -> None:
        seen, reported = self.cleaned_data.get("last_seen_at"), self.cleaned_data.get("reported_at")
        if seen and reported and seen > reported:
            self.add_error("last_seen_at", "They were last seen before it was reported: check both times")

    def offer_second(self) -> None:
        """They are reported missing for this time already: this report may be another of the same time."""
        self.offers_second = True
        self.add_error(
            "second", "They are reported missing already for this time. Tick the box to keep this as a second report"
        )

    def told(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in TOLD}


TOLD = (
    "kind",
    "last_seen_at",
    "last_seen_where",
    "wearing",
    "reported_at",
    "reported_by",
    "risk_grade",
    "out_of_area",
    "responsible_authority",
    "second",
)


class NewReportForm(PersonForm, ReportForm):
    """A report about somebody who has to be found, or recorded, first."""
