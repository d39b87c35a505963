"""A form for each section of a person's details. Validates input only; what it writes has the section's field names."""

from trellis.people.details.forms.dated import (
    AddressForm,
    EducationForm,
    PlacementForm,
    PracticeForm,
    RelationshipForm,
    ReturnForm,
    StatusForm,
)
from trellis.people.details.forms.fields import SectionForm
from trellis.people.details.forms.who import (
    AliasForm,
    AskedForm,
    DisabilityForm,
    EthnicityForm,
    HomeForm,
    LanguagesForm,
    NamesForm,
    NumbersForm,
    VoiceForm,
)

__all__ = ["FORMS", "AskedForm", "SectionForm"]

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
