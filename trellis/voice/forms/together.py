"""Sitting together: what to ask, and afterwards what was meant."""

from collections.abc import Iterable
from typing import Any

from django import forms

from trellis.core.clocks import today
from trellis.core.forms import FormKey
from trellis.core.reference_data import labels, limit
from trellis.voice.forms.views import own
from trellis.voice.models import TogetherStep

KEEP, ASIDE = "keep", "aside"


class BeginForm(FormKey):
    """``plan`` is asked only where there is a copy to read."""

    questions = forms.MultipleChoiceField(label="Which questions?", widget=forms.CheckboxSelectMultiple, required=False)
    other = forms.CharField(
        label="A question of your own",
        max_length=300,
        required=False,
        help_text="In short, plain words. Name nobody in it: it stands on the screen you hand over",
    )
    with_plan = forms.BooleanField(label="Read the copy of their plan first", required=False)

    def __init__(self, *args: Any, questions: Iterable[tuple[str, str]], has_plan: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        self.offered = dict(questions)
        self.most = limit("voice.together_questions", today())
        field = self.fields["questions"]
        field.choices = list(self.offered.items())  # type: ignore[attr-defined]
        field.help_text = f"At most {self.most} at a time"
        if not has_plan:
            del self.fields["with_plan"]

    def clean(self) -> None:
        chosen = len(self.asked())
        if not chosen and not self.cleaned_data.get("with_plan"):
            self.add_error("questions", "Choose at least one question, or the plan")
        if chosen > self.most:
            self.add_error("questions", f"Choose at most {self.most} questions, your own among them")

    def asked(self) -> list[str]:
        """The questions as they will be read."""
        chosen = [self.offered[code] for code in self.cleaned_data.get("questions") or []]
        return [*chosen, *filter(None, [self.cleaned_data.get("other", "").strip()])]


class KeepForm(forms.Form):
    """What was typed, and what was meant by it. The words may be put as the young person puts them now."""

    only_if = ("why",)

    what = forms.ChoiceField(
        label="Is this what they meant?",
        choices=[
            (KEEP, "Yes, or it is now as they say it: keep it"),
            (ASIDE, "No, or they do not want it kept: set it aside"),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Ask them, and choose"},
    )
    words = own("Their words", "Change them only to what they say now")
    step = forms.ChoiceField(label="At which step?", required=False)
    how = forms.ChoiceField(label="How was it heard?", required=False)
    confirmed = forms.BooleanField(label="I read it back, and they said that this is what they meant", required=False)
    why = forms.CharField(label="If it is set aside, why?", max_length=300, required=False)

    def __init__(self, *args: Any, said: TogetherStep, **options: Any) -> None:
        super().__init__(*args, **options)
        self.said = said
        self.fields["step"].choices = list(labels("voice_step").items())  # type: ignore[attr-defined]
        self.fields["how"].choices = list(labels("voice_how").items())  # type: ignore[attr-defined]
        if said.is_plan:
            for name in ("step", "how", "confirmed"):
                del self.fields[name]

    def clean(self) -> None:
        if self.cleaned_data.get("what") == ASIDE and not self.cleaned_data.get("why"):
            self.add_error("why", "Enter why it is set aside")
