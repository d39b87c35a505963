"""A form for each section of a person's details. Validates input only; what it writes has the section's field names."""

from __future__ import annotations

from typing import Any

from django import forms

from trellis.core.clocks import today
from trellis.core.forms import DayField, FormKey
from trellis.core.reference_data import labels
from trellis.core.widgets import OwnWords
from trellis.people.completeness import ANSWERS, BY_CODE, Answer
from trellis.people.details.sections import Section
from trellis.people.identifiers import (
    WrongNumber,
    read_nhs_number,
    read_practice_code,
    read_registration,
    read_social_care_number,
    read_upn,
)
from trellis.people.models import (
    AddressKind,
    DefinedBy,
    Interpreter,
    Mother,
    NumberSource,
    Provision,
    RelationshipKind,
    SendSupport,
    Sex,
    StatusKind,
)

UNSAID, CHOOSE = ("", "Not recorded"), ("", "Choose")
NO_DISABILITY = "NONE"
NOT_OBTAINED, REFUSED = "NOBT", "REFU"
ELSEWHERE = "ELSEWHERE"
POSTCODE_LONGEST = 8


def text(label: str, longest: int, *, help_text: str = "", required: bool = False, rows: int = 0) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows}) if rows else forms.TextInput()
    return forms.CharField(label=label, max_length=longest, required=required, help_text=help_text, widget=widget)


def one_of(label: str, choices: Any = (), *, help_text: str = "", unsaid: bool = True) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label, choices=[UNSAID if unsaid else CHOOSE, *choices], required=not unsaid, help_text=help_text
    )


class SectionForm(FormKey):
    """``seen`` is a mark of what the writer had before them; ``why`` goes into the history."""

    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    why = text("Why, or who told you", 200, help_text="Kept in the history of this record")

    # Fields whose choices are a code list of the database.
    coded: dict[str, str] = {}

    def __init__(self, data: Any = None, **options: Any) -> None:
        super().__init__(data, **options)
        for name, code_list in self.coded.items():
            field: Any = self.fields[name]
            several = isinstance(field, forms.MultipleChoiceField)
            unsaid = [] if several else [CHOOSE if field.required else UNSAID]
            field.choices = [*unsaid, *labels(code_list).items()]
        self.order_fields([name for name in self.fields if name not in ("why", "form_key", "seen")])

    def written(self, section: Section) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in section.fields}


class VoiceForm(SectionForm):
    own_words = forms.CharField(
        label="What matters to them, in their own words",
        max_length=2000,
        required=False,
        widget=OwnWords(4),
        help_text="As they say it, unchanged",
    )
    safe_contact = text("How and when is it safe to contact them?", 500, rows=2)


class NamesForm(SectionForm):
    given_name = text("Given name", 100, required=True)
    family_name = text("Family name", 150, required=True)
    known_as = text("Known as", 100)
    pronouns = text("Pronouns", 40, help_text="As they say: she/her, they/them")
    date_of_birth = DayField(label="Date of birth", past=True)
    sex = one_of("Sex", Sex.choices, unsaid=False)
    gender_identity = text(
        "Gender identity", 60, help_text="In their words. It is apart from sex; leave empty if unasked"
    )


class AliasForm(SectionForm):
    name = text("Name", 200, required=True, help_text="Another name they go by, a nickname, a name online")


class NumbersForm(SectionForm):
    nhs_number = text("NHS number", 20, help_text="10 digits")
    nhs_source = one_of("Where was the NHS number read?", NumberSource.choices)
    upn = text("Unique pupil number", 20, help_text="A letter and 12 digits; a temporary one ends with a letter")
    upn_source = one_of("Where was the unique pupil number read?", NumberSource.choices)

    def clean_nhs_number(self) -> str | None:
        return read(read_nhs_number, self.cleaned_data["nhs_number"]) or None

    def clean_upn(self) -> str:
        return read(read_upn, self.cleaned_data["upn"])

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        for number, source, called in (
            ("nhs_number", "nhs_source", "NHS number"),
            ("upn", "upn_source", "unique pupil number"),
        ):
            if said.get(number) and not said.get(source):
                self.add_error(source, f"Choose where the {called} was read")
        return said


class EthnicityForm(SectionForm):
    coded = {"ethnicity": "ethnicity"}
    ethnicity = one_of("Ethnicity", unsaid=False, help_text="Ask; never guess from a name or a look")
    ethnicity_defined_by = one_of("Who said so?", DefinedBy.choices, unsaid=False)
    ethnicity_recorded_on = DayField(label="When was it said?", called="Day it was said", required=False, past=True)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        answered = said.get("ethnicity") not in (NOT_OBTAINED, None)
        if answered and said.get("ethnicity_defined_by") == DefinedBy.UNKNOWN:
            self.add_error("ethnicity_defined_by", "Choose who said so")
        if answered and not said.get("ethnicity_recorded_on") and "ethnicity_recorded_on" not in self.errors:
            said["ethnicity_recorded_on"] = today()
        return said


class LanguagesForm(SectionForm):
    first_language = text("First language", 60)
    other_languages = text("Other languages", 200)
    interpreter = one_of("Interpreter", Interpreter.choices, help_text="Never a friend, never another child")


class DisabilityForm(SectionForm):
    coded = {"disabilities": "disability"}
    disabilities = forms.MultipleChoiceField(
        label="Disability", required=False, widget=forms.CheckboxSelectMultiple, help_text="Choose all that apply"
    )
    disability_note = text("What helps, in a line", 300)

    def clean_disabilities(self) -> list[str]:
        chosen: list[str] = sorted(self.cleaned_data["disabilities"])
        if NO_DISABILITY in chosen and len(chosen) > 1:
            raise forms.ValidationError("Choose “No disability” alone, or take it out")
        return chosen


class HomeForm(SectionForm):
    coded = {"authority": "authority"}
    postcode = text("Postcode", 10)
    locality = text("Locality", 60, help_text="The area whose local team works with them")
    authority = one_of("Authority they belong to", unsaid=False)

    def clean_postcode(self) -> str:
        return plain(self.cleaned_data["postcode"])


class DatedForm(SectionForm):
    """A row that is true from a day until a day."""

    starts_on = DayField(label="From", called="First day", past=True)
    ends_on = DayField(
        label="Until", called="Last day", required=False, help_text="Leave empty while it goes on; the day it ended"
    )

    def __init__(self, data: Any = None, **options: Any) -> None:
        super().__init__(data, **options)
        self.order_fields([name for name in self.fields if name not in ("starts_on", "ends_on", "why", "form_key")])

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        start, end = said.get("starts_on"), said.get("ends_on")
        if start and end and end <= start:
            self.add_error("ends_on", "The day it ended must be after the day it began")
        return said


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


class AskedForm(SectionForm):
    """What came of asking about each question that has no answer on the record."""

    def __init__(self, data: Any = None, *, unanswered: Any = (), **options: Any) -> None:
        kept = (options.get("initial") or {}).get("asked") or {}
        super().__init__(data, **options)
        for code in unanswered:
            self.fields[code] = forms.ChoiceField(
                label=BY_CODE[code].label,
                help_text=f"{BY_CODE[code].why}: {BY_CODE[code].ask}".capitalize(),
                choices=list(ANSWERS.items()),
                widget=forms.RadioSelect,
                initial=kept.get(code, {}).get("outcome", Answer.NOT_ASKED),
            )
        self.codes = list(unanswered)
        self.order_fields([*self.codes, "why"])

    def outcomes(self) -> dict[str, str]:
        return {code: self.cleaned_data[code] for code in self.codes}


FORMS: dict[str, type[SectionForm]] = {
    "voice": VoiceForm,
    "names": NamesForm,
    "aliases": AliasForm,
    "numbers": NumbersForm,
    "ethnicity": EthnicityForm,
    "languages": LanguagesForm,
    "disability": DisabilityForm,
    "people": RelationshipForm,
    "statuses": StatusForm,
    "placements": PlacementForm,
    "return": ReturnForm,
    "education": EducationForm,
    "home": HomeForm,
    "addresses": AddressForm,
    "gp": PracticeForm,
    "asked": AskedForm,
}


def read(reader: Any, typed: str) -> str:
    """A number as it is stored; empty stays empty. Raises ValidationError in the reader's words."""
    try:
        return str(reader(typed)) if typed else ""
    except WrongNumber as wrong:
        raise forms.ValidationError(str(wrong)) from None


def plain(postcode: str) -> str:
    bare = "".join(postcode.split()).upper()
    if len(bare) > POSTCODE_LONGEST:
        raise forms.ValidationError("Postcode is too long: enter one like M14 0AA")
    return bare
