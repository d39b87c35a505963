"""The guardian, and the defence in court."""

from collections.abc import Sequence

from django import forms

from trellis.core.forms import DayField, FormKey
from trellis.nrm.forms.referrals import radios, yes_no
from trellis.nrm.models import Section45
from trellis.plans.forms.plan import OverForm, Told


class GuardianFields(Told):
    only_if: Sequence[str] = ("first_contact_on",)

    service = forms.CharField(
        label="Which service?", max_length=150, error_messages={"required": "Enter which service was asked"}
    )
    name = forms.CharField(
        label="The guardian's name", max_length=150, required=False, help_text="Leave it empty until you know it"
    )
    phone = forms.CharField(label="How to reach them", max_length=40, required=False)
    first_contact_on = DayField(label="When did they first meet or speak?", called="The day", required=False, past=True)


class GuardianForm(FormKey, GuardianFields):
    field_order = ("asked_on",)

    asked_on = DayField(label="When was a guardian asked for?", called="The day", past=True)

    def clean(self) -> None:
        met, asked = self.cleaned_data.get("first_contact_on"), self.cleaned_data.get("asked_on")
        if met and asked and met < asked:
            self.add_error("first_contact_on", "Enter a day on or after the one on which a guardian was asked for")


class ChangeGuardianForm(GuardianFields, OverForm):
    only_if = ("first_contact_on", "ended_on", "ended_why")

    ended_on = DayField(label="If it has ended: on which day?", called="The day", required=False, past=True)
    ended_why = forms.CharField(label="Why did it end?", max_length=300, required=False)

    def clean(self) -> None:
        told = self.cleaned_data
        if told.get("ended_on") and not told.get("ended_why"):
            self.add_error("ended_why", "Enter why it ended")
        if told.get("ended_why") and not told.get("ended_on") and "ended_on" not in self.errors:
            self.add_error("ended_on", "Enter the day on which it ended")


class Section45Fields(Told):
    only_if = ("outcome_on",)

    raised = yes_no("Was the defence raised?")
    solicitor_told = yes_no("Does their solicitor know?")
    cps_told = yes_no("Does the Crown Prosecution Service know?")
    schedule_4 = yes_no(
        "Is the offence one of schedule 4?", help_text="To these the defence does not apply: ask the solicitor"
    )
    used_in_court = yes_no("Did the court hear of the NRM decision?")
    outcome = radios("What came of it?", Section45.Outcome.choices, "Choose what came of it")
    outcome_on = DayField(label="If it is decided: on which day?", called="The day", required=False, past=True)

    def clean(self) -> None:
        told = self.cleaned_data
        if told.get("outcome") == Section45.Outcome.WAITING and told.get("outcome_on"):
            self.add_error("outcome_on", "Leave the day empty while it is not decided")


class Section45Form(FormKey, Section45Fields):
    field_order = ("matter", "considered_on")

    matter = forms.CharField(
        label="Which matter?",
        max_length=150,
        help_text="The reference of the police or the court",
        error_messages={"required": "Enter which matter it is"},
    )
    considered_on = DayField(label="When was the defence considered?", called="The day", past=True)

    def clean(self) -> None:
        super().clean()
        on, considered = self.cleaned_data.get("outcome_on"), self.cleaned_data.get("considered_on")
        if on and considered and on < considered:
            self.add_error("outcome_on", "Enter a day on or after the one on which it was considered")


class ChangeSection45Form(Section45Fields, OverForm):
    pass
