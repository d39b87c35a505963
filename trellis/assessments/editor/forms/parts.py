"""A form for each part of a draft: reads the part's plain data into its fields, and gives plain data back."""

import re
from collections.abc import Mapping
from typing import Any

from django import forms

from trellis.assessments.editor.words import COUNTED, INFORMANTS, KINDS, PER, QUESTIONS, RULES, SCALES
from trellis.assessments.instruments.drafting import Data, new_code

MOST_LEVELS, MOST_WINDOWS, MOST_BANDS, MOST_DAYS, MOST_SCORE = 8, 3, 6, 730, 1_000
LINE, LONG = 300, 2_000
NONE = ("", "None")
# level3_label and level3_score stand beside one another.
IN_A_ROW = re.compile(r"^((?:level|band|time)\d+)_\w+$")


def whole(label: str, least: int = 0, most: int = MOST_SCORE, **options: Any) -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=least, max_value=most, **options)


def words(label: str, rows: int = 3, **options: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=LONG, widget=forms.Textarea(attrs={"rows": rows}), **options)


def several(label: str, choices: Any, **options: Any) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label, choices=choices, widget=forms.CheckboxSelectMultiple, required=False, **options
    )


class PartForm(forms.Form):
    """``draft`` is the whole definition, ``value`` what stands, empty for something new."""

    called = ""

    def __init__(self, data: Any, *, draft: Data, value: Data, areas: Mapping[str, str], home: str = "") -> None:
        self.draft, self.value = draft, value
        super().__init__(data, initial=self.shown(value) | ({"domain": home} if home else {}))
        self.offer(areas)

    def shown(self, value: Data) -> dict[str, Any]:
        """The fields' values for what stands."""
        return dict(value)

    def offer(self, areas: Mapping[str, str]) -> None:
        """Fill the choices that depend on the rest of the draft."""

    def values(self) -> Data:
        """What was typed, as the definition holds it."""
        return {name: value for name, value in self.cleaned_data.items() if value not in (None, "")}

    def rows(self) -> list[tuple[str, str]]:
        """What stands, field by field in words, to be shown beside what somebody typed over it."""
        asked = [(bound.label, in_words(bound.field, self.initial.get(bound.name))) for bound in self.visible_fields()]
        return [(str(label), value) for label, value in asked if value]

    def laid_out(self) -> list[list[forms.BoundField]]:
        """Its fields in rows: those of one answer, time or band beside one another."""
        rows: dict[str, list[forms.BoundField]] = {}
        for bound in self:
            rows.setdefault(IN_A_ROW.sub(r"\1", bound.name), []).append(bound)
        return list(rows.values())

    def choose(self, name: str, choices: list[tuple[str, str]]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]


def in_words(field: forms.Field, value: Any) -> str:
    if isinstance(value, bool):
        return "Yes" if value else ""
    labels = dict(getattr(field, "choices", ()))
    many = value if isinstance(value, list | tuple) else [value]
    return ", ".join(str(labels.get(one, one)) for one in many if one not in (None, ""))


class DomainForm(PartForm):
    called = "domain"
    label = forms.CharField(label="Name of the domain", max_length=LINE, help_text="For example: School and education")


class ItemForm(PartForm):
    called = "item"
    text = words(
        "The question, or what is looked at", help_text="Say what happens to the young person, not what they are."
    )
    help = words("Help beside it", rows=2, required=False)
    kind = forms.ChoiceField(label="What kind of item is it?", choices=KINDS)
    scale = forms.ChoiceField(label="How is it answered?")
    domain = forms.ChoiceField(label="In which domain?")
    weight = whole("Weight", 1, 100, initial=1, help_text="Counts only where the rule is “weighted”.")
    area = forms.ChoiceField(
        label="Outcome area", required=False, help_text="By this, assessments with different tools are compared."
    )
    informants = several("Who is asked?", INFORMANTS, help_text="Nobody chosen: anybody may say it.")
    evidence = forms.BooleanField(label="Ask for evidence beside the answer", required=False)

    def offer(self, areas: Mapping[str, str]) -> None:
        self.choose("scale", [(one["code"], one["label"]) for one in self.draft.get("scales", [])])
        self.choose("domain", [(one["code"], one["label"]) for one in self.draft.get("domains", [])])
        self.choose("area", [NONE, *areas.items()])

    def values(self) -> Data:
        made = super().values()
        made.pop("domain")
        return {"help": "", "area": "", **made}


class ScaleForm(PartForm):
    called = "scale"
    label = forms.CharField(label="Name of the scale", max_length=LINE)
    kind = forms.ChoiceField(label="What kind of scale is it?", choices=SCALES)
    minimum = whole("Lowest number", required=False, initial=0)
    maximum = whole("Highest number", 1, required=False, initial=10)

    def offer(self, areas: Mapping[str, str]) -> None:
        for place in range(MOST_LEVELS):
            self.fields[f"level{place}_label"] = forms.CharField(
                label=f"Answer {place + 1}", max_length=LINE, required=False
            )
            self.fields[f"level{place}_score"] = whole(f"Score of answer {place + 1}", required=False)
            self.fields[f"level{place}_code"] = forms.SlugField(widget=forms.HiddenInput, required=False)
        for place in range(MOST_WINDOWS):
            self.fields[f"time{place}_label"] = forms.CharField(
                label=f"Time {place + 1}", max_length=LINE, required=False
            )
            self.fields[f"time{place}_code"] = forms.SlugField(widget=forms.HiddenInput, required=False)

    def shown(self, value: Data) -> dict[str, Any]:
        shown: dict[str, Any] = {name: value[name] for name in ("label", "kind", "minimum", "maximum") if name in value}
        for called, rows in (("level", value.get("levels", [])), ("time", value.get("windows", []))):
            for place, row in enumerate(rows):
                shown |= {f"{called}{place}_{name}": row.get(name) for name in row}
        return shown

    def values(self) -> Data:
        said = self.cleaned_data
        made: Data = {"label": said["label"], "kind": said["kind"], "levels": [], "windows": []}
        if said["kind"] == "number":
            made |= {"minimum": said["minimum"] or 0, "maximum": 10 if said["maximum"] is None else said["maximum"]}
        if said["kind"] in ("ordinal", "choice"):
            made["levels"] = [{**row, "score": score} for row, score in self._rows("level", MOST_LEVELS)]
        made["windows"] = [row for row, _ in self._rows("time", MOST_WINDOWS, most=20)]
        return made

    def _rows(self, called: str, number: int, most: int = 40) -> list[tuple[Data, int | None]]:
        said = self.cleaned_data
        taken: set[str] = set()
        rows: list[tuple[Data, int | None]] = []
        for place in range(number):
            label = said[f"{called}{place}_label"]
            if label:
                code = said[f"{called}{place}_code"] or new_code(label, taken, most)
                taken.add(code)
                rows.append(({"code": code, "label": label}, said.get(f"{called}{place}_score")))
        return rows


class RuleForm(PartForm):
    called = "rule"
    kind = forms.ChoiceField(label="How is it counted?", choices=RULES)
    kinds = several("Which kinds of item count?", COUNTED)
    per = forms.ChoiceField(label="What counts once?", choices=PER, required=False)
    level = whole("Count from this score", 1, required=False, help_text="Only for “count answers at a level”.")
    window = forms.ChoiceField(label="Which time counts?", required=False)
    completeness_at_least = whole(
        "No band below this percentage of answers",
        0,
        100,
        initial=80,
        help_text="“Not known” is no answer: it is never counted as nought.",
    )

    def offer(self, areas: Mapping[str, str]) -> None:
        windows = {w["code"]: w["label"] for one in self.draft.get("scales", []) for w in one.get("windows", [])}
        self.choose("window", [("", "No scale asks of several times"), *windows.items()])


class BandsForm(PartForm):
    called = "bands"

    def offer(self, areas: Mapping[str, str]) -> None:
        for place in range(MOST_BANDS):
            self.fields |= {
                f"band{place}_label": forms.CharField(label=f"Band {place + 1}", max_length=LINE, required=False),
                f"band{place}_lowest": whole("From", 0, 100_000, required=False),
                f"band{place}_highest": whole("To", 0, 100_000, required=False),
                f"band{place}_days": whole("Look again after (days)", 1, MOST_DAYS, required=False),
                f"band{place}_code": forms.SlugField(widget=forms.HiddenInput, required=False, max_length=40),
            }

    def shown(self, value: Data) -> dict[str, Any]:
        days = value.get("by_band", {})
        shown: dict[str, Any] = {}
        for place, row in enumerate(value.get("bands", [])):
            shown |= {f"band{place}_{name}": row.get(name) for name in row}
            shown[f"band{place}_days"] = days.get(row.get("code"))
        return shown

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        for place in range(MOST_BANDS):
            if said.get(f"band{place}_label"):
                for end, asked in (("lowest", "starts"), ("highest", "ends")):
                    if said.get(f"band{place}_{end}") is None and f"band{place}_{end}" not in self.errors:
                        self.add_error(f"band{place}_{end}", f"Enter the total at which band {place + 1} {asked}")
        return said

    def values(self) -> Data:
        said = self.cleaned_data
        bands: list[Data] = []
        days: dict[str, int] = {}
        for place in range(MOST_BANDS):
            row = {name: said[f"band{place}_{name}"] for name in ("label", "lowest", "highest", "days", "code")}
            if row["label"]:
                code = row["code"] or new_code(row["label"], {band["code"] for band in bands}, 40)
                bands.append({"code": code, "label": row["label"], "lowest": row["lowest"], "highest": row["highest"]})
                days |= {code: row["days"]} if row["days"] else {}
        return {"bands": bands, "by_band": days}


class FloorForm(PartForm):
    called = "floor"
    why = forms.CharField(label="Why is the band at least this?", max_length=LINE)
    band = forms.ChoiceField(label="At least which band?", error_messages={"required": "Choose a band"})
    age_under = whole("For who is younger than", 1, 26, required=False)
    learning_disability = forms.BooleanField(label="For who has a learning disability", required=False)
    at_least = whole("When some item scores this or more", 1, required=False)
    kinds = several("Which kinds of item?", COUNTED, help_text="None chosen: every item that is counted.")

    def offer(self, areas: Mapping[str, str]) -> None:
        self.choose("band", [("", "Choose one"), *((one["code"], one["label"]) for one in self.draft.get("bands", []))])

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if not self.errors and not any(said.get(name) for name in ("age_under", "learning_disability", "at_least")):
            raise forms.ValidationError("Say when it holds: an age, a learning disability or a score")
        return said

    def values(self) -> Data:
        return {"age_under": None, "at_least": None, **super().values()}


class ReviewForm(PartForm):
    called = "review"
    days = whole(
        "Look again after (days)",
        1,
        MOST_DAYS,
        required=False,
        help_text="Left empty: as the plan says. A band can have its own.",
    )
    questions = several("What does an assessment with this tool ask besides?", QUESTIONS)

    def shown(self, value: Data) -> dict[str, Any]:
        asked = value.get("questions", {})
        return {"days": value.get("days"), "questions": [code for code, _ in QUESTIONS if asked.get(code, True)]}

    def values(self) -> Data:
        chosen = self.cleaned_data["questions"]
        return {"days": self.cleaned_data["days"], "questions": {code: code in chosen for code, _ in QUESTIONS}}


PARTS: dict[str, type[PartForm]] = {
    form.called: form for form in (DomainForm, ItemForm, ScaleForm, FloorForm, RuleForm, BandsForm, ReviewForm)
}


def part_form(part: str, data: Any, **about: Any) -> PartForm:
    return PARTS[part](data, **about)
