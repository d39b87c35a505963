"""What is asked about a young person's health."""

from collections.abc import Iterable
from typing import Any

from django import forms

from trellis.core.clocks import today
from trellis.core.forms import DayField, FormKey

LONGEST = 5000


def words(label: str, help_text: str = "", rows: int = 4, required: str = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        max_length=LONGEST,
        required=bool(required),
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages={"required": required} if required else None,
    )


class Told(forms.Form):
    """Gives a service its arguments. ``only_if``: fields that may be left empty."""

    only_if: tuple[str, ...] = ()

    def told(self) -> dict[str, Any]:
        said = dict(self.cleaned_data)
        if "form_key" in said:
            said["key"] = said.pop("form_key")
        return said


class UpdateForm(FormKey, Told):
    words = words(
        "What should the meeting know?",
        "What helps to keep them safe and well. Leave out what the others do not need",
        required="Enter what the meeting should know",
    )
    told_on = DayField(label="For the meeting of", called="Day of the meeting")


class CorrectionForm(FormKey, Told):
    words = words("What it should say", required="Enter what it should say")


class QuestionForm(FormKey, Told):
    question = words(
        "What do you need to know?",
        "And what for, so that health can answer just that",
        3,
        "Enter what you need to know",
    )
    due_on = DayField(label="By when?", called="Day of the answer")

    def clean_due_on(self) -> Any:
        day = self.cleaned_data["due_on"]
        if day < today():
            raise forms.ValidationError("The day is today or later", code="day month year")
        return day


class ServiceForm(FormKey, Told):
    only_if = ("name", "contact", "what_for")

    kind = forms.ChoiceField(label="Which service?", error_messages={"required": "Choose the service"})
    name = forms.CharField(label="Its name, or who there", max_length=150, required=False)
    contact = forms.CharField(
        label="How to reach them", max_length=200, required=False, help_text="A telephone number, or a team"
    )
    what_for = words("What for?", "In plain words; what the young person wants from it", 2)
    starts_on = DayField(label="Since when?", called="Day it began", past=True)

    def __init__(self, *args: Any, kinds: Iterable[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["kind"].choices = [("", "Choose"), *kinds]  # type: ignore[attr-defined]


class ServiceCorrectionForm(ServiceForm):
    form_key = None  # type: ignore[assignment]
    why = forms.CharField(label="What was wrong?", max_length=200, error_messages={"required": "Say what was wrong"})


class ServiceEndForm(Told):
    only_if = ("because",)

    ends_on = DayField(label="On which day did it end?", called="Day it ended", past=True)
    because = forms.CharField(label="How did it end?", max_length=200, required=False)
