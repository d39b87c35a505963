"""People, what is true of them from when to when, and how what is recorded of them changed."""

from trellis.people.models.changes import PersonChange, RelationshipChange
from trellis.people.models.episodes import (
    Address,
    AddressKind,
    Education,
    Episode,
    LegalStatus,
    Placement,
    PracticeRegistration,
    Provision,
    SendSupport,
    StatusKind,
)
from trellis.people.models.particulars import Interpreter, Mother, NumberSource, Particulars
from trellis.people.models.person import Alias, DefinedBy, Person, PossibleMatch, Sex
from trellis.people.models.relationships import Relationship, RelationshipKind

__all__ = [
    "Address",
    "AddressKind",
    "Alias",
    "DefinedBy",
    "Education",
    "Episode",
    "Interpreter",
    "LegalStatus",
    "Mother",
    "NumberSource",
    "Particulars",
    "Person",
    "PersonChange",
    "Placement",
    "PossibleMatch",
    "PracticeRegistration",
    "Provision",
    "Relationship",
    "RelationshipChange",
    "RelationshipKind",
    "SendSupport",
    "Sex",
    "StatusKind",
]
