"""What may be asked of a chronology, a worker's own entry in it, and how an entry is handled."""

from typing import Any

from django import forms

from trellis.accounts.models import Agency
from trellis.cases.chronology import KINDS, NOTE, WRITTEN
from trellis.cases.models import Significance
from trellis.cases.queries import SOURCES, ChronologyFilter
from trellis.core.forms import DayField, FormKey, MomentField
from trellis.core.presenters import day
from trellis.core.reference_data import labels
from trellis.core.widgets import OwnWords
from trellis.need_to_know.codes import CodeBook, Coding, short_code
from trellis.need_to_know.protective_marking import MarkedTooHigh, check_marking

ANY = ("", "All")
MOST_CONDITIONS = 300


class ChronologyFilterForm(forms.Form):
    """Codes and a day only: nothing personal stands in the address."""

    agency = forms.ChoiceField(label="Agency", required=False)
    kind = forms.ChoiceField(label="Kind", required=False)
    significance = forms.ChoiceField(
        label="Significance",
        required=False,
        choices=[("", "All"), (Significance.NOTABLE, "Notable and critical"), (Significance.CRITICAL, "Critical")],
    )
    source = forms.ChoiceField(
        label="Where it comes from",
        required=False,
        choices=[ANY, *((key, words) for key, (words, _) in SOURCES.items())],
    )
    as_at = DayField(label="As it was known on", called="Day", required=False, past=True)

    def __init__(self, data: object, agencies: list[tuple[str, str]]) -> None:
        super().__init__(data)  # type: ignore[arg-type]
        self.fields["agency"].choices = [ANY, *agencies]  # type: ignore[attr-defined]
        self.fields["kind"].choices = [ANY, *sorted(KINDS.items(), key=lambda kind: kind[1])]  # type: ignore[attr-defined]

    def wanted(self) -> ChronologyFilter:
        """What was asked for; anything that cannot be read is left out and said beside its field."""
        self.is_valid()
        asked = {name: value for name, value in self.cleaned_data.items() if value}
        return ChronologyFilter(**{**asked, "significance": int(asked.get("significance", Significance.ROUTINE))})

    def in_words(self, wanted: ChronologyFilter) -> list[str]:
        """``Agency: Police``, a line for each filter in force."""
        said = []
        for name, none in (("agency", ""), ("kind", ""), ("source", ""), ("significance", Significance.ROUTINE)):
            value = getattr(wanted, name)
            if value != none:
                choices = {str(key): words for key, words in self.fields[name].choices}  # type: ignore[attr-defined]
                said.append(
                    f"{self.fields[name].label}: {choices[str(int(value) if name == 'significance' else value)]}"
                )
        return said + ([f"As it was known at the end of {day(wanted.as_at)}"] if wanted.as_at else [])


class CodingFields(forms.Form):
    """What may be done with an item of ``owner``. Nothing said means what ``now`` says: the owner's own rule, or how
    the item is handled already."""

    handling = forms.ChoiceField(label="Handling code", required=False, widget=forms.RadioSelect)
    conditions = forms.CharField(
        label="Conditions",
        required=False,
        max_length=MOST_CONDITIONS,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="What somebody must do before it goes further, in words they can follow",
    )
    limited_to = forms.MultipleChoiceField(
        label="Limited to these agencies",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Choose none for every agency that may hold the code. Your own agency always sees what it owns",
    )

    def __init__(self, data: Any, *, owner: Agency, now: Coding | None = None, **options: Any) -> None:
        self.book = CodeBook()
        self.owner = owner
        self.now = now or self.book.default_of(owner.id)
        self.agency_codes = {agency.id: agency.code for agency in self.book.agencies.values()}
        limited = [self.agency_codes[a] for a in self.now.limited_to if a in self.agency_codes]
        coding = {"handling": self.now.handling, "conditions": self.now.conditions, "limited_to": limited}
        super().__init__(data, initial={**coding, **options.pop("initial", {})}, **options)
        self.fields["handling"].choices = self.code_choices()  # type: ignore[attr-defined]
        self.fields["limited_to"].choices = [  # type: ignore[attr-defined]
            (agency.code, agency.name) for agency in self.book.agencies.values() if agency.id != owner.id
        ]

    def code_choices(self) -> list[tuple[str, str]]:
        """The codes of new items, and the one the item has: one of an older scheme may stay."""
        codes = {code.code: code for code in self.book.for_new_items()}
        present = self.book.codes.get(self.now.handling)
        if present:
            codes.setdefault(present.code, present)
        return [(code.code, f"{short_code(code.code)}: {code.label}") for code in codes.values()]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        code = said.get("handling") or self.now.handling
        conditions = said.get("conditions", "") if said.get("handling") else self.now.conditions
        if not self.book.needs_conditions(code) and conditions == self.now.conditions:
            conditions = ""
        if self.book.needs_conditions(code) and not conditions:
            self.add_error("conditions", "Enter the conditions: this code does not say enough by itself")
        if conditions and not self.book.needs_conditions(code):
            self.add_error("conditions", "This code has no conditions: take them out, or choose the code that has some")
        ids = {code: agency for agency, code in self.agency_codes.items()}
        limited = tuple(sorted(ids[agency] for agency in said.get("limited_to", [])))
        outside = set(limited) - self.book.holders(code)
        if outside:
            names = self.book.names(outside)
            self.add_error("limited_to", f"{names} may not hold this code: take them out, or choose another code")
        said["coding"] = Coding(code, conditions, limited)
        return said

    @property
    def said_now(self) -> str:
        """``Police, C: Lawful sharing permitted with conditions ...``, as it is before anything is chosen."""
        return f"{self.owner}, {short_code(self.now.handling)}: {self.book.coding_in_words(self.now)}"

    @property
    def coding(self) -> Coding:
        coding: Coding = self.cleaned_data["coding"]
        return coding


class NoteForm(CodingFields, FormKey):
    kind = forms.ChoiceField(
        label="What kind of entry is it?", choices=list(WRITTEN.items()), initial=NOTE, required=False
    )
    happened_at = MomentField(label="When it happened", called="When it happened", past=True)
    title = forms.CharField(
        label="What happened, in one line",
        max_length=200,
        error_messages={"required": "Enter what happened, in one line"},
    )
    body = forms.CharField(
        label="More about it",
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 7}),
        help_text="What you saw and heard, their own words in quotation marks. They may read this one day.",
    )
    significance = forms.TypedChoiceField(
        label="How significant is it for the young person's story?",
        choices=Significance.choices,
        coerce=int,
        initial=Significance.ROUTINE,
        widget=forms.RadioSelect,
    )
    raw = forms.CharField(
        label="The source's own words",
        required=False,
        max_length=20_000,
        widget=OwnWords(4),
        help_text="Only where the words themselves would tell who the source is. Your agency alone can open them, and "
        "each opening is logged. Write above what others may know.",
    )
    lawful_basis = forms.ChoiceField(label="Lawful basis", required=False)
    purpose = forms.ChoiceField(label="Purpose", required=False)

    HANDLING = ("handling", "conditions", "limited_to", "lawful_basis", "purpose", "raw")

    def __init__(self, data: Any, **options: Any) -> None:
        initial = {"lawful_basis": "public_task", "purpose": "safeguarding", **options.pop("initial", {})}
        super().__init__(data, initial=initial, **options)
        self.fields["lawful_basis"].choices = list(labels("holding_basis").items())  # type: ignore[attr-defined]
        self.fields["purpose"].choices = list(labels("handling_purpose").items())  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        for name in ("title", "body", "raw"):
            try:
                check_marking(said.get(name, ""))
            except MarkedTooHigh as refusal:
                self.add_error(name, str(refusal))
        return said

    def clean_kind(self) -> str:
        return self.cleaned_data["kind"] or NOTE

    @property
    def shows_handling(self) -> bool:
        """Whether the handling stands open: something in it is wrong or was changed."""
        return self.is_bound and any(name in self.errors or name in self.changed_data for name in self.HANDLING)

    def written(self) -> dict[str, Any]:
        """What the service takes; the key goes beside it."""
        taken = ("kind", "happened_at", "title", "body", "significance", "raw", "coding", "lawful_basis", "purpose")
        return {name: self.cleaned_data[name] for name in taken}


class CloseForm(forms.Form):
    """Why the work with a young person ends."""

    reason = forms.ChoiceField(
        label="Why does the work end?",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose why the work ends"},
    )
    why = forms.CharField(
        label="What was reached, and whom they can turn to now",
        max_length=5_000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="They may read this one day",
        error_messages={"required": "Enter what was reached, and whom they can turn to now"},
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["reason"].choices = list(labels("case_closure_reason").items())  # type: ignore[attr-defined]


class HandlingForm(CodingFields):
    """A new coding for an entry that is there. ``after``: the last recoding this page showed."""

    after = forms.UUIDField(required=False, widget=forms.HiddenInput)
    why = forms.CharField(
        label="Why it changes",
        max_length=200,
        error_messages={"required": "Enter why the handling changes"},
    )
