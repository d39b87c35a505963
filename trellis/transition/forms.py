"""What is asked on the way to adulthood, and about the move to secondary school."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms

from trellis.core.clocks import today
from trellis.core.forms import DayField, FormKey
from trellis.core.reference_data import labels
from trellis.plans.forms.plan import OverForm, Told, words
from trellis.transition.models import CapacityAssessment
from trellis.transition.queries import InArea

YES, NO = "yes", "no"
HUB, PARTNERS = "hub", "partners"
NAME = 150


def name_field(label: str, missing: str, hint: str = "") -> forms.CharField:
    return forms.CharField(label=label, max_length=NAME, help_text=hint, error_messages={"required": missing})


class BasisForm(FormKey, Told):
    """On what the work goes on from 18: in their words where they can say it."""

    kind = forms.ChoiceField(
        label="On what does the work go on from 18?",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose on what the work goes on"},
    )
    words = words(
        "What did they say?",
        "In their own words: what they agree to, and what they do not. For another basis, say why it holds",
        4,
        True,
        required=True,
        error_messages={"required": "Enter what they said, or why the basis holds"},
    )
    reach = forms.ChoiceField(
        label="Who may go on seeing their record?",
        choices=[(HUB, "The hub’s own workers only"), (PARTNERS, "Also partners, as far as it is shared with them")],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose who may go on seeing their record"},
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["kind"].choices = list(labels("adult_basis").items())  # type: ignore[attr-defined]

    def told(self) -> dict[str, Any]:
        told = super().told()
        told["with_partners"] = told.pop("reach") == PARTNERS
        return told


class EndBasisForm(Told):
    why = words(
        "Why does it end?",
        "In their own words where they said no",
        3,
        True,
        required=True,
        error_messages={"required": "Enter why it ends"},
    )


class OwnWordsForm(FormKey, OverForm):
    what_i_want = words("What I want from 18", "Ask them, and write it as they say it", 4, True)
    who_beside_me = words("Who I want beside me", "People, and who should stay when others change", 3, True)
    what_worries_me = words("What worries me", rows=3, own=True)
    own_words = forms.BooleanField(label="These are their own words", required=False)
    said_on = DayField(label="When did they say it?", called="The day", required=False, past=True)
    review_due_on = DayField(
        label="When do you look at it together again?",
        called="The day",
        required=False,
        help_text="Leave it empty for the latest day that our rule allows",
    )

    def clean(self) -> None:
        said = ("what_i_want", "who_beside_me", "what_worries_me")
        if not any(self.cleaned_data.get(name) for name in said):
            self.add_error("what_i_want", "Enter at least one thing they said")
        day = self.cleaned_data.get("review_due_on")
        if day and day < today() and "review_due_on" in self.changed_data:
            self.add_error("review_due_on", "The next look must be today or later")


class AreasForm(FormKey, Told):
    """Each area of a list: a status and words. Areas without a status are left as they are."""

    looked_on = DayField(label="When did you look at it together?", called="The day", past=True)

    def __init__(
        self,
        *args: Any,
        areas: Mapping[str, str],
        statuses: Mapping[str, str],
        stood: Mapping[str, InArea],
        **more: Any,
    ) -> None:
        super().__init__(*args, **more)
        self.areas = areas
        self.only_if = tuple(f"{area}_{part}" for area in areas for part in ("status", "words"))
        for area, label in areas.items():
            before = stood.get(area)
            self.fields[f"{area}_status"] = forms.ChoiceField(
                label=label,
                choices=list(statuses.items()),
                widget=forms.RadioSelect,
                required=False,
                initial=before.standing if before else None,
            )
            self.fields[f"{area}_words"] = words(
                f"{label}: what they say about it", rows=2, own=True, initial=before.words if before else ""
            )
        self.order_fields(["form_key", *self.only_if, "looked_on"])

    def clean(self) -> None:
        if not self._said():
            self.add_error(self.only_if[0], "Choose an answer for at least one area; “not known” is one, too")
        for area, label in self.areas.items():
            if self.cleaned_data.get(f"{area}_words") and not self.cleaned_data.get(f"{area}_status"):
                self.add_error(f"{area}_status", f"{label}: choose an answer beside what they said")

    def _said(self) -> dict[str, tuple[str, str]]:
        told = self.cleaned_data
        return {
            area: (told[f"{area}_status"], told.get(f"{area}_words") or "")
            for area in self.areas
            if told.get(f"{area}_status")
        }

    def told(self) -> dict[str, Any]:
        return {
            "key": self.cleaned_data["form_key"],
            "looked_on": self.cleaned_data["looked_on"],
            "areas": self._said(),
        }


class CapacityForm(FormKey, Told):
    decision = forms.CharField(
        label="Which decision?",
        max_length=300,
        help_text="One decision: “whether to move in with a friend”",
        error_messages={"required": "Enter the decision it was about"},
    )
    assessed_on = DayField(label="When was it assessed?", called="The day", past=True)
    assessed_by = name_field("Who assessed it?", "Enter who assessed it")
    outcome = forms.ChoiceField(
        label="What came of it?",
        choices=CapacityAssessment.Outcome.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what came of it"},
    )
    help_given = words("What helped them to decide?", "Who was there, how it was explained", 2)
    why = words("Why is it so?", rows=2)


class AnswerFields(Told):
    """What adult services answered, and when."""

    answer = forms.ChoiceField(label="What did they answer?", required=False, widget=forms.RadioSelect)
    answered_on = DayField(label="When did they answer?", called="The day they answered", required=False, past=True)
    words = words("What else did they say?", rows=2)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["answer"].choices = list(labels("threshold_answer").items())  # type: ignore[attr-defined]

    def clean(self) -> None:
        told = self.cleaned_data
        answer, day = told.get("answer"), told.get("answered_on")
        if answer and not day and "answered_on" not in self.errors:
            self.add_error("answered_on", "Enter the day they answered")
        if day and not answer:
            self.add_error("answer", "Choose what they answered")
        asked_on = told.get("asked_on")
        if day and asked_on and day < asked_on:
            self.add_error("answered_on", "The answer cannot be older than the question: check the day")


class ThresholdForm(FormKey, AnswerFields):
    field_order = ("kind", "asked_of", "asked_on")
    only_if = ("answer", "answered_on")

    kind = forms.ChoiceField(
        label="What are they asked?",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what they are asked"},
    )
    asked_of = name_field("Who is asked?", "Enter who is asked", "A team or a name")
    asked_on = DayField(label="When were they asked?", called="The day they were asked", past=True)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["kind"].choices = list(labels("adult_threshold").items())  # type: ignore[attr-defined]
        self.fields["answer"].label = "If they have answered, what?"


class AnswerForm(AnswerFields, OverForm):
    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name, missing in (("answer", "Choose what they answered"), ("answered_on", "Enter the day they answered")):
            self.fields[name].required = True
            self.fields[name].error_messages["required"] = missing


class AdultWorkerForm(FormKey, Told):
    only_if = ("agency",)

    name = name_field("Who works with them from 18?", "Enter the name of the adult worker")
    agency_id = forms.ChoiceField(label="Which agency?", required=False)
    service = forms.CharField(label="Team or service", max_length=NAME, required=False)
    phone = forms.CharField(label="Telephone", max_length=40, required=False)

    def __init__(self, *args: Any, agencies: Iterable[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["agency_id"].choices = [("", "None of these"), *agencies]  # type: ignore[attr-defined]

    def told(self) -> dict[str, Any]:
        told = super().told()
        return {**told, "agency_id": told["agency_id"] or None}


class JointMeetingForm(FormKey, Told):
    met_on = DayField(label="When did you meet?", called="The day", past=True)
    young_person_came = forms.TypedChoiceField(
        label="Was the young person there?",
        choices=[(YES, "Yes"), (NO, "No")],
        coerce=lambda answer: answer == YES,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose whether the young person was there"},
    )
    who_took_part = words("Who else took part?", rows=2)
    childs_words = words("What did the young person say?", "In their own words", own=True)


class HandOverForm(FormKey, Told):
    what = words(
        "What is handed over?",
        "What they know now and should not have to ask the young person again",
        4,
        required=True,
        error_messages={"required": "Enter what is handed over"},
    )
    to_whom = name_field("To whom?", "Enter to whom it is handed over")
    handed_on = DayField(label="When?", called="The day", past=True)


class ReceiptForm(OverForm):
    received_by = name_field("Who received it?", "Enter who received it")
    received_on = DayField(label="When did they say so?", called="The day", past=True)


class SchoolMoveForm(FormKey, OverForm):
    childs_words = words("What do they say about it?", "In their own words", 3, True)
    from_school = forms.CharField(label="Which primary school?", max_length=NAME, required=False)
    to_school = forms.CharField(
        label="Which secondary school?",
        max_length=NAME,
        required=False,
        help_text="Leave it empty while it is not known",
    )
    moves_on = DayField(label="When do they start there?", called="The day", required=False)
    who_knows_them = words("Who knows them there?", "An adult who will look out for them, brothers or sisters, friends")
    what_helps = words("What helps?", "What calms them, how they come to school, where they can go at break")
    visits = words("Which visits were made?", rows=2)
    received_by = forms.CharField(
        label="Who at the new school has taken over?", max_length=NAME, required=False, help_text="Once they said so"
    )
    received_on = DayField(label="When did they say so?", called="The day", required=False, past=True)

    def clean(self) -> None:
        by, on = self.cleaned_data.get("received_by"), self.cleaned_data.get("received_on")
        if by and not on and "received_on" not in self.errors:
            self.add_error("received_on", "Enter when they said so")
        if on and not by:
            self.add_error("received_by", "Enter who has taken over")
