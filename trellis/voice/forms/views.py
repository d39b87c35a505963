"""A view, what changed because of it, and feedback on the service."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms

from trellis.core.clocks import today
from trellis.core.forms import DayField, FormKey
from trellis.core.reference_data import labels
from trellis.core.widgets import OwnWords
from trellis.voice.models import ChangeMade, Feedback, FeedbackQuestion
from trellis.voice.models.feedback import FACES

LONGEST = 5000
SAID_SOMETHING = ("", "They said something: it stands above")
NO_WORDS = ("", "Nothing in particular")


def own(label: str, hint: str = "", rows: int = 4, **options: Any) -> forms.CharField:
    """A field for the young person's own words."""
    options.setdefault("required", False)
    return forms.CharField(label=label, help_text=hint, max_length=LONGEST, widget=OwnWords(rows), **options)


class Told(forms.Form):
    """Gives a service its arguments. ``only_if``: fields that are asked of some answers only."""

    only_if: Sequence[str] = ()

    def told(self) -> dict[str, Any]:
        told = dict(self.cleaned_data)
        told["key"] = told.pop("form_key")
        return told


class ViewForm(FormKey, Told):
    only_if = ("not_said", "not_said_why", "how", "heard_by", "asked")

    step = forms.ChoiceField(label="At which step?", error_messages={"required": "Choose at which step it was"})
    said_on = DayField(label="When was it?", called="The day", past=True)
    asked = forms.CharField(label="What were they asked, or spoke of?", max_length=300, required=False)
    words = own("What did they say?", "In their own words. Leave out the quotation marks")
    not_said = forms.ChoiceField(label="If they did not say anything, why?", required=False)
    not_said_why = forms.CharField(
        label="More about why not", max_length=300, required=False, help_text="Not wanting to say is an answer, too"
    )
    how = forms.ChoiceField(label="How was it heard?", required=False)
    heard_by = forms.CharField(
        label="Who heard it?", max_length=150, required=False, help_text="Leave it empty if it was you"
    )
    confirmed = forms.BooleanField(label="I read it back, and they said that this is what they meant", required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["step"].choices = [("", "Choose a step"), *labels("voice_step").items()]  # type: ignore[attr-defined]
        self.fields["not_said"].choices = [SAID_SOMETHING, *labels("voice_not_said").items()]  # type: ignore[attr-defined]
        self.fields["how"].choices = [("", "Choose how"), *labels("voice_how").items()]  # type: ignore[attr-defined]

    def clean(self) -> None:
        said, not_said = self.cleaned_data.get("words"), self.cleaned_data.get("not_said")
        if "words" in self.errors:
            return
        if not said and not not_said:
            self.add_error("words", "Enter what they said, or choose why they did not")
        if said and not_said:
            self.add_error("not_said", "Choose why not only where they said nothing")
        if said and not self.cleaned_data.get("how"):
            self.add_error("how", "Choose how it was heard")


class CorrectViewForm(ViewForm):
    why = forms.CharField(
        label="Why is it put right?",
        max_length=300,
        help_text="What it says now is kept below it",
        error_messages={"required": "Enter why it is put right"},
    )


class ChangeForm(FormKey, Told):
    only_if = ("because", "told_on", "told_how")

    what = forms.CharField(
        label="What changed?",
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="“Nothing could change, because …” is worth telling them, too",
        error_messages={"required": "Enter what changed"},
    )
    where = forms.ChoiceField(
        label="Where?",
        choices=ChangeMade.Where.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose where it changed"},
    )
    changed_on = DayField(label="When?", called="The day it changed", past=True)
    because = forms.ChoiceField(label="Because of what they said when?", required=False)
    told_on = DayField(label="When were they told?", called="The day they were told", required=False, past=True)
    told_how = forms.CharField(
        label="How were they told?", max_length=300, required=False, help_text="Leave both empty until they know"
    )

    def __init__(self, *args: Any, because: Iterable[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["because"].choices = [NO_WORDS, *because]  # type: ignore[attr-defined]

    def clean(self) -> None:
        told_on, told_how = self.cleaned_data.get("told_on"), self.cleaned_data.get("told_how")
        if told_on and not told_how:
            self.add_error("told_how", "Enter how they were told")
        if told_how and not told_on and "told_on" not in self.errors:
            self.add_error("told_on", "Enter when they were told")


class ToldForm(forms.Form):
    told_on = DayField(label="When were they told?", called="The day they were told", past=True)
    told_how = forms.CharField(
        label="How were they told?", max_length=300, error_messages={"required": "Enter how they were told"}
    )
    only_if = ()

    def told(self) -> dict[str, Any]:
        return dict(self.cleaned_data)


class FeedbackForm(FormKey, Told):
    """A face and words for each question, none of them a must; and words besides."""

    by_whom = forms.ChoiceField(
        label="Who says it?", choices=Feedback.By.choices, widget=forms.RadioSelect, initial=Feedback.By.YOUNG_PERSON
    )
    given_on = DayField(label="When?", called="The day", past=True)

    def __init__(self, *args: Any, questions: Iterable[FeedbackQuestion], **options: Any) -> None:
        super().__init__(*args, **options)
        self.questions = list(questions)
        self.only_if = [f"words_{question.code}" for question in self.questions]
        faces = [("", "Not asked, or no answer"), *((str(face), label) for face, label in reversed(FACES.items()))]
        for question in self.questions:
            self.fields[f"face_{question.code}"] = forms.ChoiceField(
                label=question.words, choices=faces, widget=forms.RadioSelect, required=False
            )
            self.fields[f"words_{question.code}"] = own(f"Their words on “{question.words}”", rows=2)
        self.fields["words"] = own("Anything else they want to say about us", rows=3)

    def clean(self) -> None:
        if self.errors or self.cleaned_data.get("words"):
            return
        if not any(face or said for face, said in self.answers().values()):
            self.add_error("words", "Enter at least one answer: a face, or words")

    def answers(self) -> dict[FeedbackQuestion, tuple[int | None, str]]:
        return {
            question: (
                int(self.cleaned_data.get(f"face_{question.code}") or 0) or None,
                self.cleaned_data.get(f"words_{question.code}") or "",
            )
            for question in self.questions
        }

    def told(self) -> dict[str, Any]:
        kept = ("by_whom", "given_on", "words")
        told = {name: self.cleaned_data[name] for name in kept}
        return {**told, "answers": self.answers(), "key": self.cleaned_data["form_key"]}


def now_there() -> dict[str, Any]:
    """What most often is so: it was today."""
    return {"said_on": today(), "changed_on": today(), "given_on": today(), "told_on": today()}
