"""Management oversight, the formulation, and a task that comes out of it."""

from typing import Any

from django import forms

from trellis.accounts.models import User
from trellis.core.forms import DayField, FormKey
from trellis.supervision.forms.fields import WorkerField, long_text
from trellis.supervision.models import Formulation


class OversightForm(FormKey):
    noted_on = DayField(label="When did you look?", called="Day you looked", past=True)
    looked_at = long_text(
        "What did you look at?", "The record, the plan, a visit you joined, what the young person told you", rows=3
    )
    view = long_text("What do you think?", "What is going well for the young person, what worries you")
    direction = long_text("What is to happen?", "Who does what; leave it open if nothing is to change", required=False)

    def said(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("noted_on", "looked_at", "view", "direction")}


class FormulationForm(FormKey):
    after = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    formulated_on = DayField(label="When was it talked through?", called="Day it was talked through", past=True)
    lead = WorkerField(label="Who led it?", error_messages={"required": "Choose who led it"})
    took_part = long_text("Who took part?", "Names and agencies; say if the young person did", required=False, rows=2)
    what_happened = long_text("What happened to them?", "Not what is wrong with them", required=False)
    family = long_text("The family", "Who is close, who is not, what is passed on, what holds", required=False)
    identity = long_text(
        "Identity", "Culture, faith, sexuality, gender, disability, belonging: in their words", required=False
    )
    strengths = long_text("Strengths", "What they are good at, who believes in them", required=False)
    keeps_going = long_text(
        "What keeps it going?", "What holds the difficulty in place, theirs and ours", required=False
    )
    helps = long_text("What helps, or may help?", "This is what the plan is made from", required=False)

    def __init__(self, *args: Any, workers: list[User], before: Formulation | None, **options: Any) -> None:
        parts = {name: getattr(before, name) for name in Formulation.PARTS} if before else {}
        initial = {"after": before.revision if before else 0, **parts, **options.get("initial", {})}
        super().__init__(*args, **{**options, "initial": initial})
        self.fields["lead"].offer(workers)  # type: ignore[attr-defined]

    def clean(self) -> None:
        if not self.errors and not any(self.cleaned_data.get(name, "").strip() for name in Formulation.PARTS):
            self.add_error("what_happened", "Write in one part at least; the others may follow later")

    def said(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name not in ("form_key", "after")}


class TaskFromFormulationForm(FormKey):
    what = forms.CharField(label="What is to be done?", max_length=300)
    owner = WorkerField(label="Who does it?", error_messages={"required": "Choose who does it"})
    due_on = DayField(label="By when?", called="Day it is due")

    def __init__(self, *args: Any, workers: list[User], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["owner"].offer(workers)  # type: ignore[attr-defined]
