"""Asking an agency to contribute to an assessment, and contributing."""

from typing import Any

from django import forms

from trellis.accounts.models import Agency, User
from trellis.assessments.forms.steps import typed_words
from trellis.core.forms import FormKey

GIVE, DECLINE = "give", "decline"


class AskForm(FormKey):
    agency = forms.ModelChoiceField(
        label="Which agency?",
        queryset=Agency.objects.none(),
        empty_label="Choose one",
        help_text="Only agencies that see who the young person is can be asked: share that first with any other",
        error_messages={"required": "Choose an agency"},
    )
    asked_of = forms.ModelChoiceField(
        label="One person there", queryset=User.objects.none(), required=False, empty_label="Whoever is there"
    )
    question = typed_words(
        "What do you ask?",
        required=True,
        help_text="The agency asked reads this. Ask for strengths, too",
        error_messages={"required": "Say what you ask"},
    )

    def __init__(self, *args: Any, agencies: Any, people: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["agency"].queryset = agencies  # type: ignore[attr-defined]
        field = self.fields["asked_of"]
        field.queryset = people  # type: ignore[attr-defined]
        field.label_from_instance = lambda user: f"{user.name}, {user.agency}"  # type: ignore[attr-defined]

    def clean(self) -> None:
        agency, person = self.cleaned_data.get("agency"), self.cleaned_data.get("asked_of")
        if agency and person and person.agency_id != agency.id:
            self.add_error("asked_of", f"{person.name} is of another agency: choose somebody of {agency}")

    def asked(self) -> dict[str, Any]:
        said = self.cleaned_data
        return {
            "agency": said["agency"],
            "asked_of": said["asked_of"],
            "question": said["question"],
            "key": said["form_key"],
        }


class ContributionForm(FormKey):
    answer = forms.ChoiceField(
        label="Do you have something to contribute?",
        choices=[(GIVE, "Yes"), (DECLINE, "No, nothing here")],
        widget=forms.RadioSelect,
        error_messages={"required": "Say whether you have something to contribute"},
    )
    text = typed_words("What you know and think", rows=6)
    strengths = typed_words("What goes well, and who helps", rows=4)
    why = typed_words("If not: why?", rows=2)

    only_if = ("text", "why")

    def clean(self) -> None:
        said = self.cleaned_data
        if said.get("answer") == GIVE and not said.get("text"):
            self.add_error("text", "Write down what you contribute")
        if said.get("answer") == DECLINE and not said.get("why"):
            self.add_error("why", "Say why you contribute nothing")
