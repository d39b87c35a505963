"""An entry of the list, as somebody writes it."""

from typing import Any

from django import forms

from trellis.core.forms import FormKey
from trellis.core.widgets import OwnWords
from trellis.wording.models import Nudge
from trellis.wording.phrases import Unreadable, read_phrases

TAKEN = ("new", "advice")


class NudgeForm(FormKey):
    after = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    words = forms.CharField(
        label="The words",
        max_length=4_000,
        widget=OwnWords(4),
        help_text=(
            "Phrases with a semicolon between them. Each word is found in all its forms: put finds puts and putting. "
            "man/woman finds either; put ... risk leaves up to four words between; [self] is himself, herself and so on"
        ),
    )
    unless = forms.CharField(
        label="Not when the sentence also says",
        max_length=500,
        required=False,
        help_text="Words, with commas between them, that make the sentence harmless",
    )
    wrong = forms.CharField(
        label="What is wrong with it",
        max_length=300,
        widget=OwnWords(2),
        help_text="One kind sentence: it is read by somebody in the middle of their work",
    )
    better = forms.CharField(
        label="A better way to say it",
        max_length=300,
        widget=OwnWords(2),
    )
    source = forms.CharField(
        label="Who says so", max_length=500, help_text="A guide, a group of young people, this hub"
    )
    withdrawn = forms.BooleanField(label="Take it out of the list", required=False)
    why = forms.CharField(label="Why it changes", max_length=200)

    def __init__(self, *args: Any, nudge: Nudge | None = None, **options: Any) -> None:
        kept = ("words", "unless", "wrong", "better", "source", "withdrawn")
        initial = {"after": nudge.revision, **{name: getattr(nudge, name) for name in kept}} if nudge else {"after": 0}
        super().__init__(*args, **{**options, "initial": initial})

    def clean_words(self) -> str:
        words: str = self.cleaned_data["words"]
        try:
            list(read_phrases(words))
        except Unreadable as problem:
            raise forms.ValidationError(f"The words cannot be looked for: {problem}") from None
        return words

    def written(self) -> dict[str, Any]:
        names = ("words", "unless", "wrong", "better", "source", "withdrawn", "why")
        return {name: self.cleaned_data[name] for name in names}


class NewNudgeForm(NudgeForm):
    code = forms.SlugField(label="A short name for it", max_length=40, help_text="For example, hard_to_reach")

    field_order = ["form_key", "after", "code"]

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        del self.fields["withdrawn"]

    def clean_code(self) -> str:
        code: str = self.cleaned_data["code"]
        if code in TAKEN or Nudge.objects.filter(code=code).exists():
            raise forms.ValidationError("There is advice of this name already. Change that, or choose another name")
        return code

    def written(self) -> dict[str, Any]:
        self.cleaned_data["withdrawn"] = False
        return super().written()
