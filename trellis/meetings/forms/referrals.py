"""Bringing a young person to a panel, and telling a panel what an agency knows."""

from collections.abc import Iterable
from typing import Any

from django import forms

from trellis.core.forms import DayField, FormKey
from trellis.meetings.models import ConsentBy, Panel
from trellis.supervision.forms.fields import long_text

GIVE, NOTHING = "give", "nothing"
SAID = (
    "panel",
    "why",
    "childs_view",
    "child_not_asked_why",
    "consent_from",
    "consent_name",
    "consented_on",
)


class ReferForm(FormKey):
    panel = forms.ModelChoiceField(
        label="Which panel?",
        queryset=Panel.objects.none(),
        widget=forms.RadioSelect,
        empty_label=None,
        error_messages={"required": "Choose a panel"},
    )
    why = long_text("Why?", "What you hope the panel can do that you cannot", error_messages={"required": "Say why"})
    childs_view = long_text("What do they say to it?", "In their own words", required=False, rows=3)
    child_not_asked_why = forms.CharField(label="If you did not ask them: why?", max_length=300, required=False)
    consent_from = forms.ChoiceField(
        label="Who gave consent?",
        choices=[("", "Nobody was asked"), *ConsentBy.choices],
        widget=forms.RadioSelect,
        required=False,
        help_text="Only some panels need it; each says so",
    )
    consent_name = forms.CharField(label="Name of who gave it", max_length=150, required=False)
    consented_on = DayField(label="When did they give it?", called="Day consent was given", past=True, required=False)

    only_if = ("childs_view", "child_not_asked_why", "consent_from", "consent_name", "consented_on")

    def __init__(self, *args: Any, panels: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        field: Any = self.fields["panel"]
        field.queryset = panels
        field.label_from_instance = named

    def clean(self) -> None:
        said = self.cleaned_data
        if not said.get("childs_view") and not said.get("child_not_asked_why"):
            self.add_error("childs_view", "Write what they say to it, or why you did not ask them")
        if said.get("consent_from"):
            if not said.get("consent_name"):
                self.add_error("consent_name", "Enter the name of who gave consent")
            if not said.get("consented_on") and "consented_on" not in self.errors:
                self.add_error("consented_on", "Enter the day consent was given")

    def said(self) -> dict[str, Any]:
        said = self.cleaned_data
        return {**{name: said[name] for name in SAID}, "key": said["form_key"]}


def named(panel: Panel) -> str:
    return f"{panel} (needs consent)" if panel.consent_from else str(panel)


class WithdrawForm(forms.Form):
    why = forms.CharField(
        label="Why is it taken back?",
        max_length=300,
        help_text="Consent can be taken back at any time, without a reason: then say that",
        error_messages={"required": "Say why it is taken back"},
    )


class UpdateForm(FormKey):
    answer = forms.ChoiceField(
        label="Do you have something to tell?",
        choices=[(GIVE, "Yes"), (NOTHING, "No, nothing here")],
        widget=forms.RadioSelect,
        error_messages={"required": "Say whether you have something to tell"},
    )
    text = long_text("What you know and what worries you", required=False)
    going_well = long_text("What goes well, and who helps", required=False, rows=3)

    only_if: Iterable[str] = ("text",)

    def clean(self) -> None:
        said = self.cleaned_data
        if said.get("answer") == GIVE and not said.get("text"):
            self.add_error("text", "Write down what you tell the panel")
