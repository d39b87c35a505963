"""Who somebody is: names, numbers, ethnicity, languages, disability, home, and what came of asking."""

from __future__ import annotations

from typing import Any

from django import forms

from trellis.core.clocks import today
from trellis.core.forms import DayField
from trellis.core.widgets import OwnWords
from trellis.people.completeness import ANSWERS, BY_CODE, Answer
from trellis.people.details.forms.fields import (
    SectionForm,
    one_of,
    plain,
    read,
    text,
)
from trellis.people.identifiers import (
    read_nhs_number,
    read_upn,
)
from trellis.people.models import (
    DefinedBy,
    Interpreter,
    NumberSource,
    Sex,
)

NO_DISABILITY = "NONE"
NOT_OBTAINED, REFUSED = "NOBT", "REFU"


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
