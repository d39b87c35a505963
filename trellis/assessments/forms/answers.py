"""A domain of a tool as a form: for each item its answer, the evidence beside it, who says so."""

from collections.abc import Iterator, Mapping
from typing import Any

from django import forms
from django.http import QueryDict

from trellis.assessments.instruments.definition import INFORMANTS, Domain, Item, ScaleKind
from trellis.assessments.models import Answer
from trellis.assessments.services import Given

NOT_ANSWERED = "-"
LONGEST = 20_000
LOOSE = "This form had come loose from the page. Nothing was saved: open it again and send it"
Standing = Mapping[tuple[str, str], Answer]


class DomainForm(forms.Form):
    """Fields by place: ``a3_value``, ``a3_evidence``, ``a3_informant`` of the fourth answer asked.

    ``seen``: of each answer, in the same order, the revision it was typed over; 0 when there was none.
    """

    seen = forms.RegexField(r"^\d{1,6}(,\d{1,6})*$", widget=forms.HiddenInput, error_messages={"invalid": LOOSE})

    def __init__(self, data: Any = None, *, domain: Domain, standing: Standing) -> None:
        super().__init__(data)
        self.domain, self.standing = domain, standing
        self.asked = [(item, window) for item in domain.items for window in item.scale.window_codes]
        self.fields["seen"].initial = ",".join(str(revision_of(standing, *key)) for key in self.keys)
        for place, (item, window) in enumerate(self.asked):
            self._add(f"a{place}", item, window, standing.get((item.code, window)))

    @property
    def keys(self) -> list[tuple[str, str]]:
        return [(item.code, window) for item, window in self.asked]

    def clean_seen(self) -> list[int]:
        revisions = [int(number) for number in self.cleaned_data["seen"].split(",")]
        if len(revisions) != len(self.asked):
            raise forms.ValidationError(LOOSE)
        return revisions

    def _add(self, name: str, item: Item, window: str, answer: Answer | None) -> None:
        self.fields[f"{name}_value"] = value_field(item, window, answer)
        if item.scale.kind is not ScaleKind.TEXT:
            self.fields[f"{name}_evidence"] = text_field(evidence_label(item), answer.evidence if answer else "")
        self.fields[f"{name}_informant"] = forms.ChoiceField(
            label="Who says so",
            choices=informants(item),
            required=False,
            initial=answer.informant if answer else Answer.Informant.PROFESSIONAL,
        )

    @property
    def parts(self) -> Iterator[dict[str, Any]]:
        """For each answer asked, its bound fields, for the page."""
        for place, (item, window) in enumerate(self.asked):
            yield {
                "item": item,
                "window": window,
                "key": (item.code, window),
                **{
                    part: self[f"a{place}_{part}"]
                    for part in ("value", "evidence", "informant")
                    if f"a{place}_{part}" in self.fields
                },
            }

    def given(self) -> list[Given]:
        """What was typed, once it is valid. What a page did not send (an item it never showed) is left as it is."""
        return [
            self._given(place, item, window)
            for place, (item, window) in enumerate(self.asked)
            if f"a{place}_value" in self.data
        ]

    def _given(self, place: int, item: Item, window: str) -> Given:
        said, name = self.cleaned_data, f"a{place}"
        return Given(
            item=item.code,
            window=window,
            value=said[f"{name}_value"],
            evidence=said.get(f"{name}_evidence", ""),
            informant=said[f"{name}_informant"] or Answer.Informant.PROFESSIONAL,
            after=said["seen"][place],
        )


def typed_over(data: QueryDict, form: DomainForm, theirs: Standing) -> QueryDict:
    """What was typed, now over the answers that others saved meanwhile: sent again it is saved."""
    again = data.copy()
    seen = zip(form.keys, form.cleaned_data["seen"], strict=True)
    again["seen"] = ",".join(str(theirs[key].revision if key in theirs else revision) for key, revision in seen)
    return again


def revision_of(standing: Standing, item: str, window: str) -> int:
    answer = standing.get((item, window))
    return answer.revision if answer else 0


def value_field(item: Item, window: str, answer: Answer | None) -> forms.Field:
    scale, label = item.scale, item.text
    called = next((one.label for one in scale.windows if one.code == window), "")
    label = f"{label} ({called[:1].lower()}{called[1:]})" if called else label
    said = answer.value if answer else None
    match scale.kind:
        case ScaleKind.TEXT:
            field = text_field(label, said or "", empty=None)
            field.help_text = item.help
            return field
        case ScaleKind.NUMBER:
            choices = [(str(n), str(n)) for n in range(scale.minimum, scale.maximum + 1)]
            coerce: Any = int
        case _:
            choices = [(level.code, level.label) for level in scale.levels]
            coerce = str
    return forms.TypedChoiceField(
        label=label,
        help_text=item.help,
        choices=[*choices, (NOT_ANSWERED, "Not answered yet")],
        coerce=lambda chosen: None if chosen == NOT_ANSWERED else coerce(chosen),
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
        initial=NOT_ANSWERED if said is None else str(said),
    )


def text_field(label: str, initial: str, empty: str | None = "") -> forms.CharField:
    rows = forms.Textarea(attrs={"rows": 3})
    return forms.CharField(
        label=label, required=False, max_length=LONGEST, widget=rows, initial=initial, empty_value=empty
    )


def evidence_label(item: Item) -> str:
    return "What was seen or heard, when, and by whom" if item.evidence else "What this rests on"


def informants(item: Item) -> list[tuple[str, str]]:
    allowed = item.informants or INFORMANTS
    return [(value, label) for value, label in Answer.Informant.choices if value in allowed]
