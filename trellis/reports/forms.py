"""What is asked before a report is made."""

from django import forms

from trellis.core.forms import FormKey
from trellis.reports.queries import reportable_years


class EditionForm(FormKey):
    year = forms.ChoiceField(label="Report year", help_text="1 April to 31 March; four years of referrals are compared")

    def __init__(self, *args: object, **options: object) -> None:
        super().__init__(*args, **options)  # type: ignore[arg-type]
        self.fields["year"].choices = [(year, year) for year in reportable_years()]  # type: ignore[attr-defined]
