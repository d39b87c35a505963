"""Who a young person is, as somebody at the front door or the desk says it."""

from collections.abc import Sequence
from typing import Any

from django import forms

from trellis.core.clocks import age_on, today
from trellis.core.forms import DayField
from trellis.core.reference_data import labels
from trellis.people.models import Person, Sex
from trellis.people.queries import Named
from trellis.people.services import Introduction, plain_postcode

NEW = "new"
OLDEST = 25
NOT_OBTAINED = "NOBT"


class PersonForm(forms.Form):
    """A person by name and birth date. When somebody alike is known, the form asks whether this is them."""

    match = forms.CharField(label="Is it one of them?", required=False, widget=forms.RadioSelect)
    given_name = forms.CharField(
        label="Given name", max_length=100, error_messages={"required": "Enter the given name"}
    )
    family_name = forms.CharField(
        label="Family name", max_length=150, error_messages={"required": "Enter the family name"}
    )
    date_of_birth = DayField(label="Date of birth", past=True, help_text="For example, 3 11 2009")
    sex = forms.ChoiceField(label="Sex", choices=Sex.choices, widget=forms.RadioSelect, initial=Sex.UNKNOWN)
    ethnicity = forms.ChoiceField(label="Ethnicity", help_text="Ask; never guess from a name or a look")
    postcode = forms.CharField(label="Postcode", max_length=10, required=False)
    safe_contact = forms.CharField(
        label="How and when is it safe to contact them?",
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        known = labels("ethnicity")
        known[NOT_OBTAINED] = "Not yet asked"
        self.fields["ethnicity"].choices = sorted(known.items(), key=lambda code: code[0] != NOT_OBTAINED)  # type: ignore[attr-defined]
        self.fields["ethnicity"].initial = NOT_OBTAINED
        self.asks_match = False

    def clean_date_of_birth(self) -> Any:
        born = self.cleaned_data["date_of_birth"]
        if born and age_on(born, today()) > OLDEST:
            raise forms.ValidationError(f"Date of birth must be within the last {OLDEST} years: check the year", "year")
        return born

    def named(self) -> Named:
        """Who the form says this is, for looking up; only once it is valid."""
        said = self.cleaned_data
        return Named(
            said["given_name"].strip(),
            said["family_name"].strip(),
            said["date_of_birth"],
            plain_postcode(said["postcode"]),
        )

    def details(self) -> dict[str, Any]:
        """Further fields of the person."""
        return {name: self.cleaned_data[name] for name in ("sex", "ethnicity", "safe_contact")}

    def settles(self, known: Sequence[Person]) -> bool:
        """Whether it is clear who this is, once people alike whom the asker may see are ``known``.

        If it is not, the form now asks.
        """
        if not known:
            return True
        choices = [*((str(p.id), in_one_line(p)) for p in known), (NEW, "None of them: make a new record")]
        self.fields["match"].widget.choices = choices
        self.asks_match = self.cleaned_data["match"] not in dict(choices)
        return not self.asks_match

    def introduction(self, known: Sequence[Person]) -> Introduction:
        """Who this is, once ``settles`` says so."""
        match = self.cleaned_data["match"]
        chosen = next((person for person in known if str(person.id) == match), None)
        return Introduction(self.named(), self.details(), chosen, anew=match == NEW)


def in_one_line(person: Person) -> str:
    return f"{person.name}, {person.age} years, {person.locality or person.postcode or 'no address recorded'}"
