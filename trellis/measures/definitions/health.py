"""What health told the daily meeting, and whose GP was told. Each child counts once in a year, however often."""

from ibis import _

from trellis.measures.shape import Count, Population
from trellis.measures.tables import gp_letters, health_updates
from trellis.measures.timing import in_the_year

updated = Population(
    "children with a health update for the meeting in the year",
    health_updates.filter(in_the_year(_.told_on)).select("child_key").distinct(),
)

gp_notified = Population(
    "children about whom a letter went out to their GP practice in the year",
    gp_letters.filter(in_the_year(_.told_on)).select("child_key").distinct(),
)

MEASURES = (
    Count(
        code="health.children_updated",
        adds_up=False,
        title="Children updated on by health at the daily meeting",
        why="Whether health is heard in the meeting: of how many children it told what keeps them safe and well.",
        of=updated,
    ),
    Count(
        code="health.children_gp_notified",
        adds_up=False,
        title="Children whose GP was told",
        why="A GP who knows can see a child alone and ring when worried. Each child counts once, whether told of an "
        "opening, a closing or a referral.",
        of=gp_notified,
    ),
)

SUMS = ()
