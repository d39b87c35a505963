"""Rows of a form, as many as are needed: what was mentioned, what somebody will do. A row left open is no row."""

from __future__ import annotations

from typing import Any

from django import forms
from django.forms import BaseFormSet, formset_factory
from django.forms.utils import ErrorDict

from trellis.core.forms import DayField
from trellis.missing.forms.choices import NOT_CHOSEN
from trellis.missing.models import Mention
from trellis.missing.services import Agreed, Mentioned

MOST = 20
MORE = "more"


class MentionForm(forms.Form):
    kind = forms.ChoiceField(label="What is it?", choices=[NOT_CHOSEN, *Mention.Kind.choices], required=False)
    words = forms.CharField(label="As they said it", max_length=200, required=False)
    told = forms.CharField(label="What they said about it", max_length=300, required=False)
    is_adult = forms.BooleanField(label="An adult, or an adult's", required=False)

    def clean(self) -> None:
        if self.cleaned_data.get("words") and not self.cleaned_data.get("kind"):
            self.add_error("kind", "Choose what it is")
        if self.cleaned_data.get("told") and not self.cleaned_data.get("words"):
            self.add_error("words", "Enter the name, place or number as they said it")


class AgreedForm(forms.Form):
    what = forms.CharField(label="What will be done?", max_length=300, required=False)
    who = forms.CharField(label="Who does it?", max_length=150, required=False)
    due_on = DayField(label="By when?", called="The day it is done by", required=False)

    def clean(self) -> None:
        if self.cleaned_data.get("what") and not self.cleaned_data.get("who"):
            self.add_error("who", "Enter who does it")
        if self.cleaned_data.get("who") and not self.cleaned_data.get("what"):
            self.add_error("what", "Enter what will be done")


MentionRows = formset_factory(MentionForm, extra=2, max_num=MOST, absolute_max=MOST)
AgreedRows = formset_factory(AgreedForm, extra=1, max_num=MOST, absolute_max=MOST)


def mention_rows(data: Any = None) -> BaseFormSet[MentionForm]:
    return MentionRows(with_room(data, "mentions"), prefix="mentions")


def agreed_rows(data: Any = None) -> BaseFormSet[AgreedForm]:
    return AgreedRows(with_room(data, "actions"), prefix="actions")


def with_room(data: Any, prefix: str) -> Any:
    """What was sent, with one more row when "Add another" was pressed; rows whose count was lost have one."""
    if data is None:
        return None
    sent, name = data.copy(), f"{prefix}-TOTAL_FORMS"
    count = int(sent[name]) if str(sent.get(name, "")).isdecimal() else 1
    sent[name] = str(min(count + (sent.get(MORE) == prefix), MOST))
    sent[f"{prefix}-INITIAL_FORMS"] = "0"
    return sent


def mentioned_in(rows: BaseFormSet[MentionForm]) -> list[Mentioned]:
    filled = [row.cleaned_data for row in rows.forms if row.cleaned_data.get("words")]
    return [Mentioned(row["kind"], row["words"], row["is_adult"], row["told"]) for row in filled]


def agreed_in(rows: BaseFormSet[AgreedForm]) -> list[Agreed]:
    filled = [row.cleaned_data for row in rows.forms if row.cleaned_data.get("what")]
    return [Agreed(row["what"], row["who"], row["due_on"]) for row in filled]


class FollowingForm(forms.Form):
    """Rows of what was mentioned and of what was agreed."""

    def __init__(self, data: Any = None, **options: Any) -> None:
        super().__init__(data, **options)
        self.mentions, self.actions = mention_rows(data), agreed_rows(data)

    def is_valid(self) -> bool:
        # Each is asked, so that all that is wrong is said at once.
        return all([super().is_valid(), self.mentions.is_valid(), self.actions.is_valid()])

    def only_asks_for_rows(self) -> None:
        """One more row was asked for: what is typed stands in the form, and nothing is said to be wrong yet."""
        for form in [self, *self.mentions.forms, *self.actions.forms]:
            form._errors = ErrorDict()  # type: ignore[attr-defined]
        self.asks_for_rows = True

    def told(self) -> dict[str, Any]:
        return {"mentions": mentioned_in(self.mentions), "actions": agreed_in(self.actions)}
