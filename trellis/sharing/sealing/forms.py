"""What is asked of whoever keeps a worker from a record, declares a relation, seals or unseals."""

from collections.abc import Sequence
from typing import Any

from django import forms

from trellis.accounts.models import User


def as_choices(users: Sequence[User]) -> list[tuple[str, str]]:
    return [(str(user.pk), f"{user.name}, {user.agency}") for user in users]


def why(label: str, help_text: str = "") -> forms.CharField:
    return forms.CharField(label=label, max_length=2000, widget=forms.Textarea(attrs={"rows": 4}), help_text=help_text)


class Choosing(forms.Form):
    """Chooses among users by their id; ``users`` is who may be chosen."""

    def __init__(self, *args: Any, users: Sequence[User], **options: Any) -> None:
        super().__init__(*args, **options)
        self.known = {str(user.pk): user for user in users}
        self.fields[self.choice].choices = self.first + as_choices(users)  # type: ignore[attr-defined]

    choice = "user"
    first: list[tuple[str, str]] = [("", "Choose one")]


class ExcludeForm(Choosing):
    user = forms.ChoiceField(label="Who is kept from this record?", error_messages={"required": "Choose who it is"})
    reason = why("Why?", "For example, that they are related. The worker is not told, here or anywhere.")

    def clean_user(self) -> User:
        return self.known[self.cleaned_data["user"]]


class ReasonForm(forms.Form):
    reason = why("Why?")


class DeclareForm(forms.Form):
    reason = why(
        "How do you know them?",
        "In a sentence. For example, that you are a cousin, or a neighbour of somebody who is a risk to them.",
    )


class SealForm(Choosing):
    choice, first = "holders", []

    holders = forms.MultipleChoiceField(
        label="Who still sees it, besides you?",
        widget=forms.CheckboxSelectMultiple,
        help_text="One of them at least of another agency: unsealing takes two people of two agencies.",
        error_messages={"required": "Choose who still sees it, one of another agency at least"},
    )
    reason = why("Why is it sealed?", "Only those you choose read this.")

    def clean_holders(self) -> list[User]:
        return [self.known[chosen] for chosen in self.cleaned_data["holders"]]


class HolderForm(Choosing):
    user = forms.ChoiceField(label="Who joins them?", error_messages={"required": "Choose who it is"})

    def clean_user(self) -> User:
        return self.known[self.cleaned_data["user"]]
