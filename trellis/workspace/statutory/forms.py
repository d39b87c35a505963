"""Which return year is compared."""

from typing import Any

from django import forms

from trellis.workspace.statutory.queries import years


class YearForm(forms.Form):
    year = forms.ChoiceField(label="Return year", help_text="1 April to 31 March")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["year"].choices = [(year, year) for year in years()]  # type: ignore[attr-defined]
        self.fields["year"].initial = years()[0]

    @property
    def chosen(self) -> str:
        """The year asked for; the present one when it is none there is a page for."""
        return str(self.cleaned_data["year"]) if self.is_valid() else years()[0]
