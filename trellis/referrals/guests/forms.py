"""What somebody without an account is asked."""

import re
from typing import Any

from django import forms

from trellis.accounts.forms import GuessForm
from trellis.documents.forms import NotTooBig, ScannedFile
from trellis.referrals.forms import ReferralForm

ONLY_STAFF = ("match", "received_at", "agency", "referrer")


class EmailForm(GuessForm):
    email = forms.EmailField(
        label="Your work e-mail address",
        max_length=254,
        help_text="We send a code to it, so that we know where to answer",
        widget=forms.EmailInput(attrs={"autocomplete": "email", "spellcheck": "false"}),
        error_messages={
            "required": "Enter your work e-mail address",
            "invalid": "Enter an e-mail address such as name@school.example",
        },
    )


class CodeForm(GuessForm):
    code = forms.CharField(
        label="Code",
        max_length=20,
        help_text="Six digits, good for 15 minutes",
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
        error_messages={"required": "Enter the code from the e-mail"},
    )

    def clean_code(self) -> str:
        digits = re.sub(r"\s", "", self.cleaned_data["code"])
        if not re.fullmatch(r"\d{6}", digits):
            raise forms.ValidationError("The code has six digits: check the e-mail")
        return digits


class GuestReferralForm(NotTooBig, ReferralForm):
    """The same questions, minus what only staff know, and who is asking."""

    guest_name = forms.CharField(
        label="Your name",
        max_length=150,
        error_messages={"required": "Enter your name"},
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    guest_role = forms.CharField(label="Your job", max_length=150, error_messages={"required": "Enter your job"})
    guest_organisation = forms.CharField(
        label="Where you work",
        max_length=150,
        error_messages={"required": "Enter where you work"},
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    phone = forms.CharField(
        label="How we reach you by telephone",
        max_length=150,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "tel"}),
    )
    file = ScannedFile(label="A file that belongs to it", required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name in ONLY_STAFF:
            del self.fields[name]
        self.fields["source_code"].label = "What kind of place is it?"

    def told(self) -> dict[str, Any]:
        said = self.cleaned_data
        guest = {name: said[name].strip() for name in ("guest_name", "guest_role", "guest_organisation")}
        return {**super().told(), **guest, "referrer": said["phone"]}

    def brought(self) -> list[Any]:
        return [self.cleaned_data["file"]] if self.cleaned_data.get("file") else []
