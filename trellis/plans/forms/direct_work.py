"""What is asked about time spent with a young person."""

from collections.abc import Iterable
from typing import Any

from django import forms

from trellis.core.forms import FormKey, MomentField
from trellis.plans.forms.plan import OverForm, StepForm, Told, words
from trellis.plans.lifecycle import ATTEMPTED, CANCELLED, DIRECT_WORK, HELD
from trellis.plans.models import DirectWork

YES, NO = "yes", "no"
OUTCOMES = {
    HELD: "We spent time together",
    ATTEMPTED: "I tried, and we did not meet or speak",
    CANCELLED: "It was cancelled",
}


class DirectWorkForm(FormKey, Told):
    """Direct work to come."""

    kind = forms.ChoiceField(label="What is planned?", choices=DirectWork.Kind.choices, widget=forms.RadioSelect)
    planned_at = MomentField(label="When?", called="When it is")
    worker = forms.ChoiceField(label="Who goes?", error_messages={"required": "Choose who goes"})
    where = forms.CharField(label="Where?", max_length=200, required=False, help_text="Somewhere they feel safe")

    def __init__(self, *args: Any, workers: Iterable[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["worker"].choices = workers  # type: ignore[attr-defined]


class MoveDirectWorkForm(OverForm):
    """Another time, place or worker for what is planned."""

    planned_at = MomentField(label="When is it now?", called="When it is")
    worker = forms.ChoiceField(label="Who goes?", error_messages={"required": "Choose who goes"})
    where = forms.CharField(label="Where?", max_length=200, required=False)
    why = words("Why does it move?", "For example: the young person asked for another day", rows=2)

    def __init__(self, *args: Any, workers: Iterable[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["worker"].choices = workers  # type: ignore[attr-defined]


class HowItWent(Told):
    """How direct work went. What is asked of one that was held is asked of no other."""

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


class DirectWorkDoneForm(FormKey, HowItWent):
    """Direct work that nobody had planned."""

    field_order = ("kind", "new")

    kind = forms.ChoiceField(label="What was it?", choices=DirectWork.Kind.choices, widget=forms.RadioSelect)
    new = forms.ChoiceField(
        label="How did it go?",
        choices=[(status, said) for status, said in OUTCOMES.items() if status != CANCELLED],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose how it went"},
    )


class RecordDirectWorkForm(HowItWent, StepForm):
    """How planned direct work went."""

    table = DIRECT_WORK
    field_order = ("new",)

    why = words("If it was cancelled, why?", rows=2)

    def __init__(self, *args: Any, status: str, **options: Any) -> None:
        super().__init__(*args, status=status, **options)
        new = self.fields["new"]
        new.label = "How did it go?"
        new.error_messages["required"] = "Choose how it went"
        new.widget.choices = [(one, OUTCOMES[one]) for one in DIRECT_WORK.moves[status]]

    def clean(self) -> None:
        super().clean()
        if self.cleaned_data.get("new") == CANCELLED and not self.cleaned_data.get("why"):
            self.add_error("why", "Enter why it was cancelled")
