"""What is asked about a plan: its phase, goals, safety plan, tasks, reviews and linked plans."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django import forms
from django.db.models import Model
from django.http import QueryDict

from trellis.core.clocks import today
from trellis.core.forms import DayField, FormKey
from trellis.core.lifecycle import Lifecycle
from trellis.core.presenters import day as day_in_words
from trellis.core.presenters import moment
from trellis.core.reference_data import labels
from trellis.core.widgets import OwnWords
from trellis.plans.lifecycle import GOAL, PLAN, TASK
from trellis.plans.models import LinkedPlan

LONGEST = 5000
SAID = ("triggers", "people_i_trust", "what_i_will_do", "what_adults_will_do", "when_missing")
NOBODY, NO_GOAL = ("", "Somebody else, named below"), ("", "No goal in particular")


def words(label: str, hint: str = "", rows: int = 3, own: bool = False, **options: Any) -> forms.CharField:
    """A field for what somebody says, some lines long; ``own``: the young person, in their own words."""
    options.setdefault("required", False)
    area = OwnWords(rows) if own else forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, help_text=hint, max_length=LONGEST, widget=area, **options)


class Told(forms.Form):
    """Gives a service its arguments. ``only_if``: fields that are asked of some answers only."""

    only_if: Sequence[str] = ()

    def told(self) -> dict[str, Any]:
        told = dict(self.cleaned_data)
        if "form_key" in told:
            told["key"] = told.pop("form_key")
        return told


class OverForm(Told):
    """A change of what is there: carries the revision it was filled in beside."""

    after = forms.IntegerField(widget=forms.HiddenInput)

    def beside(self, revision: int) -> None:
        """Sent again, it is saved over ``revision``, which now stands beside it."""
        typed = QueryDict(mutable=True)
        typed.update(self.data)
        typed["after"] = str(revision)
        self.data = typed

    def stands(self, row: Model) -> list[tuple[str, str]]:
        """What the row says now, field by field in the form's own order."""
        return [
            (str(field.label), self.in_words(field, getattr(row, name)))
            for name, field in self.fields.items()
            if hasattr(row, name) and not isinstance(field.widget, forms.HiddenInput)
        ]

    @staticmethod
    def in_words(field: forms.Field, value: Any) -> str:
        if isinstance(value, bool):
            return "Yes" if value else "No"
        if isinstance(value, date):
            return moment(value) if isinstance(field, DayField) else day_in_words(value)
        if isinstance(field, forms.ChoiceField):
            key = str(getattr(value, "pk", value) or "")
            return str(dict(field.choices).get(key, value or ""))  # type: ignore[arg-type]
        return str(value or "")


class StepForm(OverForm):
    """From one status to the next. Any status may be sent, so that a page that is out of date is told so; only what
    may follow ``status`` is offered."""

    table: Lifecycle

    new = forms.ChoiceField(label="What now?", widget=forms.RadioSelect, error_messages={"required": "Choose one"})

    def __init__(self, *args: Any, status: str, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["new"].choices = self.table.choices  # type: ignore[attr-defined]
        self.fields["new"].widget.choices = [(new, self.table.statuses[new]) for new in self.table.moves[status]]

    def stands(self, row: Model) -> list[tuple[str, str]]:
        status = str(getattr(row, "status"))  # noqa: B009
        return [("How it stands", self.table.statuses[status]), *super().stands(row)]


class OpenPlanForm(FormKey, Told):
    what_matters = words(
        "What matters most to them?", "In their own words. Ask them; until then, leave it empty", 4, True
    )


class ChangePlanForm(OverForm):
    what_matters = words("What matters most to them?", "In their own words", 5, True)


class PhaseForm(StepForm):
    table = PLAN
    only_if = ("why",)

    on = DayField(label="From which day?", called="The day", past=True, help_text="For example, the day you first met")
    why = words("Why, in a sentence or two")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["new"].label = "Which phase comes next?"
        self.fields["new"].error_messages["required"] = "Choose the phase that comes next"


class AreaForm(Told):
    area = forms.ChoiceField(label="What is it about?", required=False, help_text="Where one of these fits")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["area"].choices = [("", "None of these"), *labels("outcome_area").items()]  # type: ignore[attr-defined]


class GoalForm(FormKey, AreaForm):
    field_order = ("words", "area")

    words = words(
        "What do they want?",
        "In their own words, as they said it: “I want to sleep in my own bed and not have my phone going all night.”",
        own=True,
        required=True,
        error_messages={"required": "Enter what they want, in their words"},
    )


class ChangeGoalForm(AreaForm, OverForm):
    field_order = ("words", "area")

    words = words("What do they want?", own=True, required=True, error_messages={"required": "Enter what they want"})


class GoalStepForm(StepForm):
    table = GOAL
    only_if = ("why",)

    on = DayField(label="On which day?", called="The day", past=True)
    why = words("What led to it", "If it is set aside, say why: in their words where you can")


class SafetyForm(FormKey, OverForm):
    triggers = words("What makes things harder or less safe for me", "Times, places, messages, feelings", own=True)
    people_i_trust = words("People I trust", "Whom I would call, and who may be told", own=True)
    what_i_will_do = words("What I will do", own=True)
    what_adults_will_do = words("What adults will do", "Who does what, also at night and at weekends")
    when_missing = words(
        "If I am missing",
        "Where I might be, who may know, what helps me to come back, what I want to happen then",
        own=True,
    )
    said_by_child = forms.BooleanField(label="These are their own words", required=False)
    agreed_on = DayField(label="When did you agree it together?", called="The day", required=False, past=True)

    def clean(self) -> None:
        if not any(self.cleaned_data.get(name) for name in SAID):
            self.add_error("triggers", "Enter at least one thing: what makes it harder, or what helps")


class TaskFields(Told):
    only_if = ("owner", "owner_name", "goal")

    what = forms.CharField(
        label="What will be done?", max_length=300, error_messages={"required": "Enter what will be done"}
    )
    due_on = DayField(label="By when?", called="Day")
    owner = forms.ChoiceField(label="Who does it?", required=False)
    owner_name = forms.CharField(
        label="If somebody else, their name", max_length=150, required=False, help_text="For example, their aunt"
    )
    goal = forms.ChoiceField(label="For which goal?", required=False)
    on_own_copy = forms.BooleanField(
        label="Put it on their own copy of the plan",
        required=False,
        help_text="Leave it out if it tells of somebody they have not named themselves",
    )

    def __init__(
        self, *args: Any, workers: Iterable[tuple[str, str]], goals: Iterable[tuple[str, str]], **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.fields["owner"].choices = [NOBODY, *workers]  # type: ignore[attr-defined]
        self.fields["goal"].choices = [NO_GOAL, *goals]  # type: ignore[attr-defined]

    def clean(self) -> None:
        owner, name = self.cleaned_data.get("owner"), self.cleaned_data.get("owner_name")
        if not owner and not name and "owner" in self.cleaned_data:
            self.add_error("owner", "Choose who does it, or enter a name below")
        if owner and name:
            self.add_error("owner_name", "Choose a worker or enter a name, not both: a task has one owner")


class TaskForm(FormKey, TaskFields):
    """A new task."""


class ChangeTaskForm(TaskFields, OverForm):
    """A task written anew."""


class TaskStepForm(StepForm):
    table = TASK
    only_if = ("effect",)

    on = DayField(label="On which day?", called="The day", past=True)
    effect = words("What came of it?", "What changed for the young person, if anything did")


class ReviewForm(FormKey, Told):
    held_on = DayField(label="When did you look at the plan together?", called="The day", past=True)
    who_took_part = words(
        "Who took part?", rows=2, required=True, error_messages={"required": "Enter who took part in the review"}
    )
    childs_view = words("What did they say about it?", "In their own words", own=True)
    what_changed = words(
        "What changes now?",
        "“Nothing, it works” is an answer too",
        required=True,
        error_messages={"required": "Enter what changes now, or that nothing does"},
    )
    next_on = DayField(
        label="When is the next review?",
        called="The day",
        required=False,
        help_text="Leave it empty for the latest day that our rule allows",
    )


class LinkForm(FormKey, Told):
    only_if = ("agency",)

    kind = forms.ChoiceField(label="Which plan is it?", choices=LinkedPlan.Kind.choices)
    held_by = forms.CharField(
        label="Who holds it?",
        max_length=150,
        help_text="A name or a team, so that somebody can ring them",
        error_messages={"required": "Enter who holds the plan"},
    )
    agency = forms.ChoiceField(label="Which agency?", required=False)
    reference = forms.CharField(label="Their reference", max_length=60, required=False)
    review_on = DayField(label="When is it reviewed next?", called="The day", required=False)

    def __init__(self, *args: Any, agencies: Iterable[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["agency"].choices = [("", "None of these"), *agencies]  # type: ignore[attr-defined]

    def clean_review_on(self) -> date | None:
        day: date | None = self.cleaned_data["review_on"]
        if day and day < today():
            raise forms.ValidationError("The next review must be today or later", "day month year")
        return day
