"""The one search box."""

from django import forms

from trellis.people.search import Asked, read


class SearchForm(forms.Form):
    q = forms.CharField(
        label="Name, date of birth or reference",
        max_length=200,
        help_text="For example: Amira Khan; khan 3 November 2009; 999 123 4567; CSH-1A2B3C4D",
        error_messages={"required": "Enter a name, a date of birth, a reference or an NHS number"},
    )

    def clean_q(self) -> Asked:
        asked = read(self.cleaned_data["q"])
        if not asked:
            raise forms.ValidationError("Enter a name, a date of birth, a reference or an NHS number")
        return asked
