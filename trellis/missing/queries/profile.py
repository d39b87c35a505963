"""The profile of a young person as it stands, as it was, and what is known of this time missing."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from trellis.accounts.models import User
from trellis.core.clocks import today
from trellis.core.reference_data import limit
from trellis.missing.access import episodes_visible_to
from trellis.missing.models import MissingEpisode, MissingProfile
from trellis.need_to_know.access import visible_to
from trellis.people.models import Person

CURRENT = "missing.profile_current"
SHOWN = 20


@dataclass(frozen=True)
class WholeProfile:
    """``now``: what stands, ``before`` the revisions before it, the latest first; ``episode``: out there at present."""

    now: MissingProfile | None
    before: list[MissingProfile]
    episode: MissingEpisode | None
    again_on: date | None

    @property
    def stale(self) -> bool:
        return self.again_on is not None and self.again_on < today()


def look_again_on(profile: MissingProfile) -> date:
    """The last day on which the profile counts as looked over (limit ``missing.profile_current``, days).

    Raises NoLimitInForce.
    """
    return profile.checked_on + timedelta(days=limit(CURRENT, profile.checked_on))


def profile_of(user: User, person: Person) -> WholeProfile:
    rows = visible_to(user, MissingProfile).filter(person=person).select_related("recorded_by").order_by("-revision")
    found = list(rows[: SHOWN + 1])
    now = found[0] if found else None
    episode = episodes_visible_to(user).filter(person=person).missing_now().order_by("-reported_at").first()
    return WholeProfile(now, found[1:], episode, look_again_on(now) if now else None)


def has_profile(user: User, person_id: UUID) -> bool:
    """Whether there is one to print, for whoever may read it."""
    return visible_to(user, MissingProfile).filter(person=person_id).exists()
