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
