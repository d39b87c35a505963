"""What an administrator fills in."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from trellis.accounts.administration import queries
from trellis.accounts.models import Agency, Membership, Role, Team, User
from trellis.core.clocks import today
from trellis.core.forms import DayField

NOT_CHOSEN = ("", "Choose one")
POSTCODE = re.compile(r"[A-Z]{1,2}[0-9][A-Z0-9]?[0-9][A-Z]{2}")
NAME = {"required": "Enter their name"}
EMAIL = {
    "required": "Enter their work e-mail address",
    "invalid": "Enter an e-mail address in the right form, like name@example.org",
}


class FindForm(forms.Form):
    """Words are posted, so that no name stands in an address."""

    q = forms.CharField(
        label="Name or e-mail address",
        max_length=200,
        error_messages={"required": "Enter a part of the name or of the e-mail address"},
    )


class ChooseForm(forms.Form):
    """Codes only: these stand in the address."""

    agency = forms.ChoiceField(label="Agency", required=False)
    state = forms.ChoiceField(
        label="Accounts",
        required=False,
        choices=[(queries.OPEN, "Open"), (queries.CLOSED, "Closed"), (queries.ALL, "Open and closed")],
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["agency"].choices = [("", "All agencies"), *queries.choices_of(Agency)]  # type: ignore[attr-defined]

    def wanted(self) -> queries.Wanted:
        """What was asked for; a code nobody knows is left out."""
        self.is_valid()
        asked = {name: value for name, value in self.cleaned_data.items() if value}
        return queries.Wanted(**asked)


class CodeField(forms.ChoiceField):
    """One row chosen by its code; cleans to the row."""

    def __init__(self, model: type[Agency] | type[Team] | type[Role], **options: Any) -> None:
        self.model = model
        super().__init__(choices=lambda: [NOT_CHOSEN, *queries.choices_of(model)], **options)

    def clean(self, value: Any) -> Any:
        code = super().clean(value)
        return self.model._default_manager.get(code=code) if code else None


class PlainPostcode(forms.CharField):
    """A postcode as it is stored: upper case, no space."""

    def clean(self, value: Any) -> str:
        plain = "".join(str(super().clean(value)).split()).upper()
        if plain and not POSTCODE.fullmatch(plain):
            raise ValidationError("Enter the whole postcode, like M1 1AA, or leave it empty")
        return plain


def agency_field() -> CodeField:
    return CodeField(Agency, label="Agency", error_messages={"required": "Choose the agency they work for"})


def team_field() -> CodeField:
    return CodeField(Team, label="Team", error_messages={"required": "Choose the team"})


def role_field() -> CodeField:
    return CodeField(Role, label="Role", error_messages={"required": "Choose the role"})


class DetailsForm(forms.Form):
    name = forms.CharField(label="Name", max_length=150, error_messages=NAME)
    job_title = forms.CharField(label="Job title", max_length=100, required=False)
    home_postcode = PlainPostcode(
        label="Home postcode",
        max_length=10,
        required=False,
        help_text=str(User._meta.get_field("home_postcode").help_text),
    )


class NewAccountForm(DetailsForm):
    email = forms.EmailField(label="Work e-mail address", max_length=254, error_messages=EMAIL)
    agency = agency_field()
    team = team_field()
    role = role_field()

    field_order = ("name", "email", "job_title", "agency", "team", "role", "home_postcode")


class AgencyForm(forms.Form):
    agency = agency_field()


class FromToday(DayField):
    """A day that is today or still to come: what has been is not rewritten."""

    def clean(self, value: Any) -> Any:
        day = super().clean(value)
        if day and day < today():
            raise ValidationError(f"{self.called} must be today or later", code="day month year")
        return day


class MembershipForm(forms.Form):
    team = team_field()
    role = role_field()
    starts_on = FromToday(label="From which day?", called="First day", help_text="Today or later.")


class EndForm(forms.Form):
    ends_on = FromToday(
        label="On which day does it end?",
        called="Day it ends",
        help_text="From this day on it is not held. Today ends it at once.",
    )

    def __init__(self, *args: Any, membership: Membership, **options: Any) -> None:
        super().__init__(*args, **options)
        self.membership = membership

    def clean_ends_on(self) -> Any:
        day = self.cleaned_data["ends_on"]
        if day < self.membership.starts_on:
            raise ValidationError("It ends on or after the day it begins", code="day month year")
        return day


class SureForm(forms.Form):
    """A step that asks nothing but to be sure."""


class NewPasswordForm(forms.Form):
    """The first password, chosen by whoever was invited."""

    wanted = forms.CharField(
        label="Choose a password",
        help_text="12 characters or more. Three or four words that have nothing to do with each other do well.",
        max_length=4096,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        error_messages={"required": "Enter a password"},
    )
