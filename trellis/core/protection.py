"""How a model's rows are protected, said in one line on the model: ``protection = OfPerson()``.

The word is read twice: by the access functions, which filter lists, and by row-level security, whose policies are made
from it when the database is prepared. A model that says nothing stops the preparation.
"""

from dataclasses import dataclass
from enum import StrEnum


class Part(StrEnum):
    """A part of a child's record that a share may open by itself. A whole grant opens RECORD."""

    RECORD = "record"
    IDENTITY = "identity"
    FAMILY = "family"
    CHRONOLOGY = "chronology"
    MISSING = "missing"
    REFERRALS = "referrals"
    ASSESSMENTS = "assessments"
    PLAN = "plan"
    PANELS = "panels"
    HEALTH = "health"
    VOICE = "voice"
    NRM = "nrm"
    OUTCOMES = "outcomes"
    TRANSITION = "transition"
    EMERGENCY = "emergency"
    POINTER = "pointer"


@dataclass(frozen=True)
class OfPerson:
    """Rows about one person, seen by whoever has sight of this part of that person's record.

    ``handled``: the rows carry a handling code, and the reader's agency must be one that may hold it.
    ``about``: a column that names another part the row tells of, which must be open as well.
    ``also``: another person the row names; unless seen, that person must not be sealed.
    ``named``: the rows list agencies; who does not have the whole record must be of one of those, too.
    """

    part: Part
    person: str = "person"
    handled: bool = False
    about: str = ""
    also: str = ""
    named: str = ""


@dataclass(frozen=True)
class Follows:
    """Rows seen by whoever sees the row that the foreign key ``parent`` names; ``owner``: by that agency only."""

    parent: str
    owner: str = ""


@dataclass(frozen=True)
class OnDuty:
    """Rows that only the system reads on duty. ``anybody_adds``: rows may be added by whoever asks."""

    why: str
    anybody_adds: bool = False


@dataclass(frozen=True)
class OwnSight:
    """Rows that tell what one user sees, seen by that user."""


@dataclass(frozen=True)
class Open:
    """Rows that hold nothing about a person whom the hub works with; ``why`` says so."""

    why: str


Protection = OfPerson | Follows | OnDuty | OwnSight | Open
