"""What is asked before a report is made."""

from django import forms

from trellis.core.forms import FormKey
from trellis.measures.periods import in_full
from trellis.reports.queries import reportable_months, reportable_years


class EditionForm(FormKey):
    year = forms.ChoiceField(label="Report year", help_text="1 April to 31 March; four years of referrals are compared")

    def __init__(self, *args: object, **options: object) -> None:
        super().__init__(*args, **options)  # type: ignore[arg-type]
        self.fields["year"].choices = [(year, year) for year in reportable_years()]  # type: ignore[attr-defined]


class MonthForm(FormKey):
    month = forms.ChoiceField(label="Month", help_text="A month that is over; the twelve before it stand beside it")

    def __init__(self, *args: object, **options: object) -> None:
        super().__init__(*args, **options)  # type: ignore[arg-type]
        choices = [(month, in_full(month)) for month in reportable_months()]
        self.fields["month"].choices = choices  # type: ignore[attr-defined]
