"""Reads for the page that sets the statutory return beside the police count.

Every report is counted for whoever may compare, and a child's rows open to those who see the child. Who is kept from
a child is told nothing of them: not even by a count.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet

from trellis.accounts.models import User
from trellis.core.clocks import today
from trellis.exchange.ssda903.comparison import Comparison, Origin, Unready, compare
from trellis.exchange.ssda903.periods import Fate
from trellis.measures.periods import report_year, year_of
from trellis.missing.access import episodes_visible_to
from trellis.missing.models import MissingEpisode
from trellis.need_to_know.access import all_kept_from, people_visible_to
from trellis.people.models import Person

YEARS_SHOWN = 8


@dataclass(frozen=True)
class Named:
    """A child whose facts are not complete, for somebody who sees the child."""

    person: Person
    what: tuple[str, ...]


def years() -> list[str]:
    """The return years there is a page for, the present one first."""
    first = int(year_of(today())[:4])
    return [f"{start}/{(start + 1) % 100:02d}" for start in range(first, first - YEARS_SHOWN, -1)]


def comparison_for(user: User, year: str) -> Comparison:
    """The comparison of a return year, of the authority this hub is of."""
    return compare(report_year(year), settings.AUTHORITY, apart=all_kept_from(user))


def reports_of(found: Comparison, what: str) -> Collection[UUID]:
    """The reports behind one number: a fate or an origin by its code. Raises ValueError for another."""
    if what in set(Origin):
        return found.origins[Origin(what)]
    fate = Fate(what)
    return [key for key, its in found.fates.items() if its == fate]


def visible_reports(user: User, keys: Collection[UUID]) -> QuerySet[MissingEpisode]:
    """Those of the reports that the user may see, the latest first."""
    return episodes_visible_to(user).filter(id__in=keys).select_related("person").order_by("-reported_at", "id")


def named(user: User, unready: Collection[Unready]) -> list[Named]:
    """Those whose facts are missing, as far as the user sees them, by name."""
    what = {row.person: row.what for row in unready}
    seen = people_visible_to(user).filter(id__in=what).order_by("family_name", "given_name", "id")
    return [Named(person, what[person.id]) for person in seen]
