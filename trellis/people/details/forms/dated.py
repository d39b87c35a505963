"""What is true of somebody from a day until a day: people around them, statuses, placements, education, addresses."""

from __future__ import annotations

from typing import Any

from django import forms

from trellis.core.forms import DayField
from trellis.people.details.forms.fields import (
    DatedForm,
    SectionForm,
    one_of,
    plain,
    read,
    text,
)
from trellis.people.identifiers import (
    read_practice_code,
    read_registration,
    read_social_care_number,
)
from trellis.people.models import (
    AddressKind,
    Mother,
    Provision,
    RelationshipKind,
    SendSupport,
    StatusKind,
)

ELSEWHERE = "ELSEWHERE"


class RelationshipForm(DatedForm):
    other_name = text("Name", 200, required=True, help_text="As the young person calls them, if no more is known")
    kind = one_of("What are they to the young person?", RelationshipKind.choices, unsaid=False)
    note = text("In a line", 200, help_text="What a colleague needs to know: where they met, what they look after")


class EndedForm(DatedForm):
    """A row with a reason for its end: none while it goes on."""

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("ended_because") and not said.get("ends_on") and "ends_on" not in self.errors:
            self.add_error("ends_on", "Enter the day it ended, or take out why it ended")
        return said


class StatusForm(EndedForm):
    coded = {"authority": "authority", "need": "category_of_need", "ended_because": "care_end_reason"}
    kind = one_of("Legal status", StatusKind.choices, unsaid=False)
    authority = one_of("Authority that answers for it", unsaid=False)
    need = one_of("Category of need", help_text="Of a looked-after child: the main reason, for the yearly return")
    ended_because = one_of("Why did being looked after end?", help_text="For the yearly return; only once it has ended")


class PlacementForm(EndedForm):
    coded = {
        "kind": "placement_kind",
        "authority": "authority",
        "legal_status": "care_legal_status",
        "placement_type": "placement_type",
        "provider": "placement_provider",
        "ended_because": "placement_change_reason",
    }
    kind = one_of("Kind of placement", unsaid=False)
    place_name = text("Name of the home or carers", 150, help_text="No address here: it is kept apart, under Addresses")
    authority = one_of("Authority where it lies", unsaid=False)
    legal_status = one_of(
        "On what legal basis?", help_text="For the yearly return. When it changes, end this and add a new one"
    )
    placement_type = one_of("Type of placement in the yearly return")
    provider = one_of("Who provides it?")
    registration = text("Registration number of the provider", 12, help_text="As the inspectorate lists it (URN)")
    ended_because = one_of("Why did it change?", help_text="Only once it has ended and another followed")

    def clean_registration(self) -> str:
        return read(read_registration, self.cleaned_data["registration"])


class ReturnForm(SectionForm):
    coded = {"upn_unknown": "upn_unknown"}
    social_care_number = text(
        "Number in social care", 20, help_text="The authority's own number of the child: letters and digits"
    )
    upn_unknown = one_of("If there is no unique pupil number, why?")
    mother = one_of("Is she a mother?", Mother.choices, help_text="The return asks it of every girl in care")
    own_child_born_on = DayField(
        label="When was her child born?", called="Day her child was born", required=False, past=True
    )

    def clean_social_care_number(self) -> str:
        return read(read_social_care_number, self.cleaned_data["social_care_number"])

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("own_child_born_on") and said.get("mother") != Mother.YES:
            self.add_error("mother", "Choose Yes, or take out the day her child was born")
        return said


class EducationForm(DatedForm):
    provision = one_of("Where they learn", Provision.choices, unsaid=False)
    place_name = text("Name of the school, college or provider", 150)
    send = one_of("Extra support in learning", SendSupport.choices, unsaid=False)
    alongside = forms.BooleanField(
        label="They go here as well as to their main place of education",
        required=False,
        help_text="For example, college on some days beside alternative provision. Figures count the main place",
    )


class AddressForm(DatedForm):
    kind = one_of("What is there", AddressKind.choices, unsaid=False)
    lines = text("Address", 300, required=True, rows=3)
    postcode = text("Postcode", 10)
    kept_apart = forms.BooleanField(
        label="Keep this address apart",
        required=False,
        help_text="Pages and copies leave it out, and each opening is in the log. A placement is always kept apart",
    )
    who_may_know = text("Who may know it, and who must not", 300, rows=2)

    def clean_postcode(self) -> str:
        return plain(self.cleaned_data["postcode"])

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        if said.get("kind") == AddressKind.PLACEMENT:
            said["kept_apart"] = True
        return said


class PracticeForm(DatedForm):
    practice_name = text("Name of the practice", 150, required=True)
    practice_code = text("Practice code", 10, help_text="A letter and 5 digits, if you have it")
    phone = text("Phone", 20)

    def clean_practice_code(self) -> str:
        return read(read_practice_code, self.cleaned_data["practice_code"])
