"""Links among the young people a reader sees: a few statements, however many young people there are."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection

from trellis.accounts.models import User
from trellis.core.clocks import london_date, now
from trellis.core.reference_data import labels, limit
from trellis.missing.access import episodes_visible_to
from trellis.missing.mention_keys import name_key
from trellis.missing.patterns.matches import MATCHES
from trellis.missing.patterns.rules import COMMON, DAYS, OFTEN, Evidence, Link, links_of
from trellis.missing.queries.interviews import mentions_seen
from trellis.people.models import Person

TOGETHER_HOURS = "missing.found_together_hours"


def together_hours(moment: datetime) -> int:
    return limit(TOGETHER_HOURS, london_date(moment))


def links(user: User, moment: datetime | None = None, child: Person | None = None) -> list[Link]:
    """Whom what links in the year before ``moment``: with ``child`` as the first of each pair, or everybody the user
    sees. Both episodes of every piece of evidence are ones the user sees: of nobody else is there a trace."""
    moment = moment or now()
    recent = episodes_visible_to(user).counted().filter(reported_at__gt=moment - timedelta(days=DAYS))
    recent = recent.filter(reported_at__lte=moment)
    asked = {
        "episodes": list(recent.order_by().values_list("id", flat=True)),
        "mentions": list(mentions_seen(user).order_by().values_list("id", flat=True)),
        "child": child.id if child else None,
        "kinds": [name_key(label) for label in labels("missing_found_place").values()],
        "seconds": together_hours(moment) * 3600,
        "common": COMMON,
        "often": OFTEN,
        "now": moment,
    }
    with connection.cursor() as cursor:
        cursor.execute(MATCHES, asked)
        return links_of([Evidence(*row) for row in cursor.fetchall()])


def people_by_id(shown: Sequence[Link]) -> dict[UUID, Person]:
    """The people of these links, for the page that shows them."""
    ids = {id for link in shown for id in (link.one, link.other)}
    return {person.id: person for person in Person.objects.filter(id__in=ids)}
