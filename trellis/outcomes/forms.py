"""What is asked about outcomes, and at the end of the work."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms

from trellis.core.forms import DayField, FormKey
from trellis.outcomes.areas import Area
from trellis.outcomes.models import OutcomeRecord, Says, Standing
from trellis.outcomes.services import Answer

LONGEST = 5_000


def long_text(label: str, hint: str = "", missing: str = "", required: bool = True, rows: int = 3) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=hint,
        required=required,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages={"required": missing},
    )


@dataclass(frozen=True)
class AreaFields:
    """The fields of one area, as a page lays them out; ``before``: what the point before said, beside the fields."""

    area: Area
    status: Any
    who: Any
    evidence: Any
    after: Any
    before: str


class OutcomesForm(FormKey):
    """One fieldset for each area, filled in with what stands at this point. An area left out stays not yet asked."""

    def __init__(
        self, data: Any, *, areas: Iterable[Area], standing: Mapping[str, OutcomeRecord], before: Mapping[str, str]
    ) -> None:
        super().__init__(data)
        self.areas, self.before, self.standing = list(areas), before, standing
        for area in self.areas:
            self._ask(area, standing.get(area.code))

    def _ask(self, area: Area, row: OutcomeRecord | None) -> None:
        code = area.code
        self.fields[f"{code}-status"] = forms.ChoiceField(
            label="How do things stand?",
            choices=Standing.choices,
            required=False,
            widget=forms.RadioSelect,
            initial=row.stands if row else None,
        )
        self.fields[f"{code}-who"] = forms.ChoiceField(
            label="Who says so?",
            choices=Says.choices,
            required=False,
            widget=forms.RadioSelect,
            initial=row.who_says if row else None,
        )
        evidence = long_text("What shows it?", "In their own words where you can", required=False, rows=2)
        evidence.initial = row.evidence if row else ""
        self.fields[f"{code}-evidence"] = evidence
        after = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)
        after.initial = row.revision if row else 0
        self.fields[f"{code}-after"] = after

    @property
    def by_area(self) -> list[AreaFields]:
        return [
            AreaFields(
                area=area,
                status=self[f"{area.code}-status"],
                who=self[f"{area.code}-who"],
                evidence=self[f"{area.code}-evidence"],
                after=self[f"{area.code}-after"],
                before=self.before.get(area.code, ""),
            )
            for area in self.areas
        ]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        for area in self.areas:
            status, who = said.get(f"{area.code}-status"), said.get(f"{area.code}-who")
            if not status and (who or said.get(f"{area.code}-evidence")):
                self.add_error(f"{area.code}-status", f"{area.label}: choose how things stand")
            if status and status != Standing.NOT_KNOWN and not who:
                self.add_error(f"{area.code}-who", f"{area.label}: choose who says so")
        return said

    def answers(self) -> dict[str, Answer]:
        """Area to what was answered; an area without a standing is left out."""
        said = self.cleaned_data
        return {
            area.code: Answer(
                status=said[f"{area.code}-status"],
                who_says=said[f"{area.code}-who"],
                evidence=said[f"{area.code}-evidence"],
                after=said[f"{area.code}-after"] or 0,
            )
            for area in self.areas
            if said[f"{area.code}-status"]
        }

    def beside(self, standing: Mapping[str, OutcomeRecord]) -> None:
        """Somebody saved first: the next sending goes over what stands now."""
        typed = dict(self.data.items())
        for area in self.areas:
            row = standing.get(area.code)
            typed[f"{area.code}-after"] = str(row.revision if row else 0)
        self.data = typed


class ChallengeForm(FormKey):
    """What a manager asks before the work ends without having reached the young person."""

    reason = forms.ChoiceField(
        label="Why is the work to end?",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose why the work is to end"},
    )
    tried = long_text(
        "What was tried, where and with whom?",
        "Not how they answered: what we did, at which times and places",
        "Enter what was tried",
    )
    what_else = long_text("What else could be tried?", missing="Enter what else could be tried")
    who_else = long_text(
        "Who else could try?", "Somebody they trust already, or another agency", "Enter who else could try"
    )
    young_person_said = long_text(
        "What did the young person say about it?",
        "In their own words; if nobody could ask them, say how you tried",
        "Enter what the young person said, or how you tried to ask",
    )
    may_close = forms.TypedChoiceField(
        label="What do you decide?",
        choices=[("yes", "The work may end"), ("no", "The work goes on: try what is written above")],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose whether the work may end"},
    )
    decided_why = long_text("Why do you decide so?", missing="Enter why you decide so")

    def __init__(self, data: Any, *, reasons: Mapping[str, str]) -> None:
        only = next(iter(reasons)) if len(reasons) == 1 else None
        super().__init__(data, initial={"reason": only})
        self.fields["reason"].choices = list(reasons.items())  # type: ignore[attr-defined]

    def told(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "form_key"}


class SchoolToldForm(FormKey):
    """The school or college was told, or was not, and why."""

    was_told = forms.ChoiceField(
        label="Was the school or college told that the work ends?",
        choices=[("yes", "Yes"), ("no", "No")],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose whether the school or college was told"},
    )
    told_on = DayField(label="On which day?", called="Day they were told", required=False, past=True)
    name = forms.CharField(label="Who was told?", required=False, max_length=200)
    how = forms.CharField(label="How?", required=False, max_length=200, help_text="A letter, a call, a meeting")
    why_not = long_text("If not, why not?", required=False)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("was_told") == "yes":
            for name, words in (("told_on", "Enter the day they were told"), ("name", "Enter who was told")):
                if not said.get(name) and name not in self.errors:
                    self.add_error(name, words)
        if said.get("was_told") == "no" and not said.get("why_not"):
            self.add_error("why_not", "Enter why they were not told")
        return said

    def told(self) -> dict[str, Any]:
        said = self.cleaned_data
        if said["was_told"] == "no":
            return {"why_not": said["why_not"]}
        return {name: said[name] for name in ("told_on", "name", "how")}


class ReceiptForm(FormKey):
    """The other area said that it has taken over."""

    name = forms.CharField(
        label="Who has taken over?",
        max_length=200,
        help_text="Name, team and area of whoever said so",
        error_messages={"required": "Enter who has taken over"},
    )
    told_on = DayField(label="On which day did they say so?", called="Day they said so", past=True)
    how = forms.CharField(label="How did they say so?", required=False, max_length=200)

    def told(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("told_on", "name", "how")}


class NotReachedForm(forms.Form):
    why_not = long_text(
        "Why could nobody be asked?",
        "They did not want it, or could not be reached: say what was tried",
        "Enter why nobody could be asked",
    )


class LookForm(FormKey):
    """A second look at a closure after a referral that came soon."""

    learnt = long_text(
        "Looking at the closure again, what do you see?",
        "Did the help end too soon, was something missed, or is this new?",
        "Enter what you see",
    )
    change = long_text("What is to be different this time?", required=False)

    def told(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("learnt", "change")}
