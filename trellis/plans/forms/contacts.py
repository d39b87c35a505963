"""What is asked about time spent with a young person, and about the team around them."""

from collections.abc import Iterable
from typing import Any

from django import forms

from trellis.core.forms import FormKey, MomentField
from trellis.plans.forms.plan import StepForm, Told, words
from trellis.plans.lifecycle import ATTEMPTED, CANCELLED, CONTACT, HELD
from trellis.plans.models import Contact

YES, NO = "yes", "no"
OUTCOMES = {
    HELD: "We spent time together",
    ATTEMPTED: "I tried, and we did not meet or speak",
    CANCELLED: "It was cancelled",
}


class ContactForm(FormKey, Told):
    """A contact to come."""

    kind = forms.ChoiceField(label="What is planned?", choices=Contact.Kind.choices, widget=forms.RadioSelect)
    planned_at = MomentField(label="When?", called="When it is")
    worker = forms.ChoiceField(label="Who goes?", error_messages={"required": "Choose who goes"})
    where = forms.CharField(label="Where?", max_length=200, required=False, help_text="Somewhere they feel safe")

    def __init__(self, *args: Any, workers: Iterable[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["worker"].choices = workers  # type: ignore[attr-defined]


class HowItWent(Told):
    """How a contact went. What is asked of one that was held is asked of no other."""

    only_if = ("happened_at", "seen_alone", "where", "with_whom", "childs_words", "what_happened", "why")

    happened_at = MomentField(label="When was it?", called="When it was", required=False, past=True)
    seen_alone = forms.TypedChoiceField(
        label="Did you see them alone?",
        choices=[(YES, "Yes"), (NO, "No")],
        coerce=lambda answer: answer == YES,
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
    )
    where = forms.CharField(label="Where?", max_length=200, required=False)
    with_whom = forms.CharField(label="Who else was there?", max_length=200, required=False)
    childs_words = words("What did they say?", "In their own words. Leave out the quotation marks", own=True)
    what_happened = words("What did you do together?", "Or, if you did not meet: what you tried")

    def clean(self) -> None:
        told = self.cleaned_data
        new = told.get("new")
        if new in (HELD, ATTEMPTED) and not told.get("happened_at") and "happened_at" not in self.errors:
            self.add_error("happened_at", "Enter when it was")
        if new == HELD and told.get("seen_alone") is None:
            self.add_error("seen_alone", "Choose whether you saw them alone")
        if new == HELD and not told.get("where"):
            self.add_error("where", "Enter where it was; for a call, enter how you spoke")


class ContactMadeForm(FormKey, HowItWent):
    """A contact that nobody had planned."""

    field_order = ("kind", "new")

    kind = forms.ChoiceField(label="What was it?", choices=Contact.Kind.choices, widget=forms.RadioSelect)
    new = forms.ChoiceField(
        label="How did it go?",
        choices=[(status, said) for status, said in OUTCOMES.items() if status != CANCELLED],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose how it went"},
    )


class RecordContactForm(HowItWent, StepForm):
    """How a planned contact went."""

    table = CONTACT
    field_order = ("new",)

    why = words("If it was cancelled, why?", rows=2)

    def __init__(self, *args: Any, status: str, **options: Any) -> None:
        super().__init__(*args, status=status, **options)
        new = self.fields["new"]
        new.label = "How did it go?"
        new.error_messages["required"] = "Choose how it went"
        new.widget.choices = [(one, OUTCOMES[one]) for one in CONTACT.moves[status]]

    def clean(self) -> None:
        super().clean()
        if self.cleaned_data.get("new") == CANCELLED and not self.cleaned_data.get("why"):
            self.add_error("why", "Enter why it was cancelled")


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
