"""Input for drafting, changing and releasing a case study."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

from django import forms

from trellis.case_studies.checking import Finding
from trellis.case_studies.models import CaseStudy, Story, StudyConsent
from trellis.cases.models import Significance
from trellis.core.clocks import today
from trellis.core.forms import DayField, FormKey

Key = tuple[str, str]
RELEASE, SEND_BACK = "release", "send_back"
ENTRIES = [
    (Significance.CRITICAL, "Critical ones"),
    (Significance.NOTABLE, "Notable and critical ones"),
    (Significance.ROUTINE, "All"),
]
HELP = {
    "before": "How things were, before help began to work",
    "turning_point": "What changed, and who noticed",
    "what_helped": "What adults did, and what the young person did",
    "now": "How things are",
    "own_words": "Only what they said, and want to have read by others",
}


class DraftForm(FormKey):
    since = DayField(label="From which day?", called="First day", past=True)
    until = DayField(label="Until which day?", called="Last day", past=True)
    least = forms.TypedChoiceField(
        label="Which entries of the chronology?",
        choices=ENTRIES,
        coerce=int,
        initial=Significance.NOTABLE,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose which entries are told"},
    )

    def clean(self) -> None:
        said = self.cleaned_data
        if said.get("since") and said.get("until") and said["until"] < said["since"]:
            self.add_error("until", "Last day must be the first day or later")


class StoryForm(forms.Form):
    """The words of a story. ``after``: the revision that was on the page."""

    after = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    title = forms.CharField(label="Title", max_length=120, error_messages={"required": "Enter a title"})
    pseudonym = forms.CharField(
        label="Invented name",
        max_length=40,
        help_text="It stands for the young person's own, and is nobody's in the record",
        error_messages={"required": "Enter an invented name"},
    )

    def __init__(self, *args: Any, study: CaseStudy, **options: Any) -> None:
        texts = {name: getattr(study, name) for name in ("title", "pseudonym", *Story.SECTIONS)}
        super().__init__(*args, **{**options, "initial": {"after": study.revision, **texts}})
        for name, label in Story.SECTIONS.items():
            self.fields[name] = forms.CharField(
                label=label,
                help_text=HELP[name],
                required=False,
                max_length=20_000,
                widget=forms.Textarea(attrs={"rows": 9}),
            )

    def texts(self) -> dict[str, str]:
        return {name: self.cleaned_data[name] for name in ("title", "pseudonym", *Story.SECTIONS)}


def field_name(key: Key) -> str:
    return f"why_{hashlib.sha256(repr(key).encode()).hexdigest()[:16]}"


class ReasonsForm(forms.Form):
    """One line for each possible finding that has no reason yet; those left empty stay open."""

    def __init__(self, *args: Any, waiting: Mapping[Key, list[Finding]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.keys = {field_name(key): key for key in waiting}
        for name, key in self.keys.items():
            first, times = waiting[key][0], len(waiting[key])
            often = f" ({times} times)" if times > 1 else ""
            self.fields[name] = forms.CharField(
                label=f"“{first.matched}”{often}: why does it tell nothing?",
                help_text=f"{first.why}. Leave it empty and change the words if it does",
                required=False,
                max_length=300,
            )

    def clean(self) -> None:
        if not self.errors and not any(self.cleaned_data.get(name) for name in self.keys):
            self.add_error(next(iter(self.keys), None), "Enter one reason at least, or change the words")

    def reasons(self) -> dict[Key, str]:
        return {key: self.cleaned_data[name] for name, key in self.keys.items() if self.cleaned_data[name]}


class ConsentForm(FormKey):
    who = forms.ChoiceField(
        label="Who was asked?",
        choices=StudyConsent.Who.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose who was asked"},
    )
    asked_on = DayField(label="When?", called="Day they were asked", past=True, initial=today)
    answer = forms.ChoiceField(
        label="What did they say?",
        choices=StudyConsent.Answer.choices,
        widget=forms.RadioSelect,
        help_text="Taken back, the story leaves the list and every later report at once",
        error_messages={"required": "Choose what they said"},
    )
    words = forms.CharField(
        label="In what words?",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2_000,
        help_text="As they said it, and whether they read the story first",
        error_messages={"required": "Enter what they said"},
    )


class DecideForm(forms.Form):
    decision = forms.ChoiceField(
        label="What do you decide?",
        choices=[(RELEASE, "Release it: nothing tells who it is"), (SEND_BACK, "Send it back, with words")],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what you decide"},
    )
    why = forms.CharField(
        label="What should change?",
        required=False,
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Needed when you send it back",
    )

    def clean(self) -> None:
        if self.cleaned_data.get("decision") == SEND_BACK and not self.cleaned_data.get("why"):
            self.add_error("why", "Enter what should change")


class WithdrawForm(forms.Form):
    why = forms.CharField(
        label="Why is it withdrawn?",
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Enter why it is withdrawn"},
    )
