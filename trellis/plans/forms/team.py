"""What is asked about the team around a young person."""

from collections.abc import Iterable
from typing import Any

from django import forms

from trellis.core.forms import FormKey
from trellis.plans.forms.plan import Told


class MemberForm(FormKey, Told):
    only_if = ("user", "name", "agency")

    user = forms.ChoiceField(label="Who joins the team?", required=False)
    name = forms.CharField(
        label="If somebody else, their name", max_length=150, required=False, help_text="A football coach, an aunt"
    )
    part = forms.CharField(
        label="What is their part?",
        max_length=100,
        help_text="For example: goes to school meetings with them",
        error_messages={"required": "Enter their part in the team"},
    )
    agency = forms.ChoiceField(label="Where do they work?", required=False)
    phone = forms.CharField(label="Telephone", max_length=40, required=False)
    trusted = forms.BooleanField(
        label="This is the adult they trust",
        required=False,
        help_text="The one they named themselves. There is one at a time",
    )

    def __init__(
        self, *args: Any, workers: Iterable[tuple[str, str]], agencies: Iterable[tuple[str, str]], **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.fields["user"].choices = [("", "Somebody else, named below"), *workers]  # type: ignore[attr-defined]
        self.fields["agency"].choices = [("", "None of these"), *agencies]  # type: ignore[attr-defined]

    def clean(self) -> None:
        user, name = self.cleaned_data.get("user"), self.cleaned_data.get("name")
        if not user and not name and "user" in self.cleaned_data:
            self.add_error("user", "Choose who joins, or enter a name below")
        if user and name:
            self.add_error("name", "Choose a worker or enter a name, not both")
