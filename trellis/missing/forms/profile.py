"""Writing the profile for when somebody is missing. What fits is bounded, so that it is two sheets of paper at most."""

from typing import Any

from django import forms
from django.http import QueryDict

from trellis.core.forms import DayField, FormKey
from trellis.missing.models import MissingProfile

LONGEST, LONGEST_LINE = 700, 300
LINES = ("marks", "usual_clothes", "phones", "online")
HINTS = {
    "looks_like": "Height, build, hair, eyes, glasses, how they walk",
    "how_to_speak": "What calms them, what frightens them, language, sign; what to call them",
    "health": "Only what those who look for them need to know now",
    "friends": "Names, and where they may be. Information, not yet checked",
    "places": "Where they went before, where they feel safe",
    "travel_and_money": "Passes, cards, how they get about",
    "phones": "Numbers, and which one they answer",
    "who_to_call": "Who comes for them, by day and by night",
}


class ProfileForm(FormKey):
    """``after``: the revision the writer saw; 0 when there was none."""

    after = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    checked_on = DayField(
        label="When did you look it over with them or their carer?", called="Day it was looked over", past=True
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name, label in MissingProfile.HEADINGS.items():
            line = name in LINES
            self.fields[name] = forms.CharField(
                label=label,
                required=False,
                max_length=LONGEST_LINE if line else LONGEST,
                help_text=HINTS.get(name, ""),
                widget=forms.TextInput() if line else forms.Textarea(attrs={"rows": 3}),
            )

    def clean(self) -> None:
        if not self.errors and not any(self.cleaned_data[name] for name in MissingProfile.TEXTS):
            self.add_error("looks_like", "Write in one part at least; the others may follow later")

    def said(self) -> dict[str, Any]:
        said = self.cleaned_data
        return {name: said[name] for name in ("after", "checked_on", *MissingProfile.TEXTS)} | {"key": said["form_key"]}

    def beside(self, revision: int) -> None:
        """Sent again it is written over this revision, which is shown beside what was typed."""
        typed = QueryDict(mutable=True)
        typed.update(self.data)
        typed["after"] = str(revision)
        self.data = typed
