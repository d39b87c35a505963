"""Drawing a round of the peer audit, reading an interview by the shared form, and what is done about it."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.forms import BoundField

from trellis.core.forms import DayField, FormKey
from trellis.missing.forms.choices import NOT_CHOSEN
from trellis.missing.services.quality import SEEDS

MOST = 50
LONGEST = 5_000


class DrawForm(FormKey):
    starts_on = DayField(label="Interviews held from", called="First day", past=True)
    ends_on = DayField(label="Up to and with", called="Last day", past=True)
    size = forms.IntegerField(
        label="How many are read?",
        min_value=1,
        max_value=MOST,
        initial=8,
        error_messages={"required": "Enter how many are read"},
    )
    seed = forms.IntegerField(
        label="Number the draw begins from (optional)",
        help_text="Left empty, chance finds one. The same number draws the same interviews again",
        required=False,
        min_value=0,
        max_value=SEEDS,
    )

    def clean(self) -> None:
        said = self.cleaned_data
        if said.get("starts_on") and said.get("ends_on") and said["ends_on"] < said["starts_on"]:
            self.add_error("ends_on", "Enter a last day on or after the first")

    def said(self) -> dict[str, Any]:
        said = self.cleaned_data
        return {**{name: said[name] for name in ("starts_on", "ends_on", "size", "seed")}, "key": said["form_key"]}


class ReadForm(forms.Form):
    """A rating by each criterion, an overall one, what was done well, what there is to learn."""

    def __init__(self, *args: Any, criteria: Mapping[str, str], ratings: Mapping[str, str], **options: Any) -> None:
        super().__init__(*args, **options)
        self.criteria = tuple(criteria)
        for code, label in {**criteria, "overall": "Overall"}.items():
            self.fields[code] = forms.ChoiceField(
                label=label,
                choices=list(ratings.items()),
                widget=forms.RadioSelect,
                error_messages={"required": f"Choose a rating for: {label}"},
            )
        for name, label in (("done_well", "Done well"), ("to_learn", "To learn from it")):
            area = forms.Textarea(attrs={"rows": 3})
            self.fields[name] = forms.CharField(label=label, max_length=LONGEST, required=False, widget=area)

    def said(self) -> dict[str, Any]:
        said = self.cleaned_data
        ratings = {code: said[code] for code in self.criteria}
        return {"ratings": ratings, **{name: said[name] for name in ("overall", "done_well", "to_learn")}}

    @property
    def rated_fields(self) -> list[BoundField]:
        return [self[code] for code in (*self.criteria, "overall")]


class AuditActionForm(FormKey):
    theme = forms.CharField(
        label="Theme",
        max_length=150,
        help_text="What several interviews have in common. Name no young person",
        error_messages={"required": "Enter the theme"},
    )
    what = forms.CharField(
        label="What is done about it?", max_length=300, error_messages={"required": "Enter what is done about it"}
    )
    owner = forms.ChoiceField(label="Who does it?", error_messages={"required": "Choose who does it"})
    due_on = DayField(label="By when?", called="Day it is due")

    def __init__(self, *args: Any, workers: Sequence[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["owner"].choices = [NOT_CHOSEN, *workers]  # type: ignore[attr-defined]


class AuditActionDoneForm(forms.Form):
    came_of_it = forms.CharField(
        label="What came of it?",
        max_length=300,
        help_text="Name no young person",
        error_messages={"required": "Say what came of it"},
    )
