"""What is asked about a letter: its words, where it goes, and what became of it."""

from collections.abc import Iterable
from typing import Any

from django import forms

from trellis.core.forms import DayField, FormKey
from trellis.letters.lifecycle import COLLECTED, OTHER_WAY, READY, RETURNED, SENT
from trellis.letters.models import HowSent

LONGEST = 10_000
AGAIN, WAY, ASKED, BACK, HAVE, NONE = "again", "way", "asked", "back", "have", "none"
STEPS = {
    AGAIN: "Send the link anew, to this address or another",
    WAY: "It was sent another way",
    ASKED: "They were asked by telephone to collect it",
    BACK: "It came back",
    HAVE: "They told us that they have it",
    NONE: "It is not sent, because",
}
# What may come next, by how the letter stands.
NEXT = {
    READY: (WAY, AGAIN, NONE),
    SENT: (ASKED, AGAIN, HAVE, WAY, BACK),
    RETURNED: (AGAIN, WAY, NONE),
    COLLECTED: (HAVE,),
    OTHER_WAY: (HAVE,),
}
OTHER_WAYS = [(value, label) for value, label in HowSent.choices if value != HowSent.EMAIL]


def address_field(label: str, help_text: str) -> forms.EmailField:
    return forms.EmailField(
        label=label,
        help_text=help_text,
        max_length=254,
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        error_messages={"invalid": "Enter an e-mail address such as name@practice.example"},
    )


class LetterForm(FormKey):
    recipient = forms.CharField(
        label="Who is it for?",
        max_length=150,
        help_text="The name of the practice, school or whoever it is for",
        error_messages={"required": "Enter whom the letter is for"},
    )
    address = address_field(
        "Their e-mail address", "They get a link, and nothing else. Leave it empty to send it by post"
    )
    words = forms.CharField(
        label="What the letter says",
        max_length=LONGEST,
        help_text="Say no more than they need. It cannot be changed once it is on its way",
        widget=forms.Textarea(attrs={"rows": 16}),
        error_messages={"required": "Enter what the letter says"},
    )

    def told(self) -> dict[str, Any]:
        said = dict(self.cleaned_data)
        return {"key": said.pop("form_key"), **said}


class StepForm(forms.Form):
    """What became of a letter. Each answer asks for its own field and no other."""

    only_if = ("address", "how", "on", "words")

    step = forms.ChoiceField(
        label="What happened?", widget=forms.RadioSelect, error_messages={"required": "Choose what happened"}
    )
    address = address_field("E-mail address", "For a link sent anew")
    how = forms.ChoiceField(label="How was it sent?", choices=[("", "Choose"), *OTHER_WAYS], required=False)
    on = DayField(label="On which day was it sent?", called="Day it was sent", past=True, required=False)
    words = forms.CharField(
        label="In words",
        max_length=500,
        required=False,
        help_text="Who said it, or why. For example: rang the practice, they look for it today",
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, status: str, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["step"].choices = [(step, STEPS[step]) for step in NEXT.get(status, ())]  # type: ignore[attr-defined]

    def clean(self) -> None:
        step = self.cleaned_data.get("step")
        if step == AGAIN and not self.cleaned_data.get("address") and "address" not in self.errors:
            self.add_error("address", "Enter the e-mail address the link goes to")
        if step == WAY and not self.cleaned_data.get("how"):
            self.add_error("how", "Choose how it was sent")
        if step == WAY and not self.cleaned_data.get("on") and "on" not in self.errors:
            self.add_error("on", "Enter the day it was sent")
        if step in (ASKED, BACK, HAVE, NONE) and not self.cleaned_data.get("words"):
            self.add_error("words", "Say in a few words who said it, or why")


class NoLetterForm(forms.Form):
    reason = forms.ChoiceField(
        label="Why is nobody told?", widget=forms.RadioSelect, error_messages={"required": "Choose why nobody is told"}
    )
    words = forms.CharField(
        label="In words",
        max_length=1000,
        required=False,
        help_text="What was asked, thought and decided, and with whom",
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, reasons: Iterable[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["reason"].choices = list(reasons)  # type: ignore[attr-defined]

    def clean(self) -> None:
        if self.cleaned_data.get("reason") == "other" and not self.cleaned_data.get("words"):
            self.add_error("words", "Say what the reason is")
