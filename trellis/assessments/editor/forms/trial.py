"""The tool as a worker will see it, with everything it asks, to be tried out. Nothing typed here is kept."""

from collections.abc import Iterator
from typing import Any

from django import forms

from trellis.assessments.forms.answers import value_field
from trellis.assessments.instruments.definition import Definition, Domain, Item
from trellis.assessments.instruments.scoring import About

DISABILITY = {"": None, "yes": True, "no": False}


class TrialForm(forms.Form):
    age = forms.IntegerField(label="Age", min_value=0, max_value=25, initial=14)
    learning_disability = forms.ChoiceField(
        label="Learning disability", choices=[("", "Not known"), ("no", "No"), ("yes", "Yes")], required=False
    )

    def __init__(self, data: Any, definition: Definition) -> None:
        super().__init__(data)
        self.definition = definition
        self.places: dict[str, tuple[str, str]] = {}
        for item in definition.items:
            for window in item.scale.window_codes:
                name = f"answer{len(self.places)}"
                self.places[name] = (item.code, window)
                self.fields[name] = value_field(item, window, None)

    @property
    def domains(self) -> Iterator[tuple[Domain, list[tuple[Item, Any]]]]:
        """Each domain with its items and their bound fields."""
        names = iter(self.places)
        for domain in self.definition.domains:
            yield domain, [(item, self[next(names)]) for item in domain.items for _ in item.scale.window_codes]

    def answers(self) -> dict[tuple[str, str], Any]:
        return {place: self.cleaned_data[name] for name, place in self.places.items()}

    def about(self) -> About:
        return About(self.cleaned_data["age"], DISABILITY[self.cleaned_data["learning_disability"]])
