"""The hub's cases: opened, closed, and open on the last day of the year."""

from ibis import _

from trellis.measures.shape import WHOLE, Count, Cut, Population, Sum, Tally
from trellis.measures.tables import cases
from trellis.measures.timing import in_force_at_year_end, in_force_during_the_year, in_the_year

held = Population(
    "cases open at any time in the year",
    cases.filter(in_force_during_the_year(cases.opened_on, cases.closed_on)),
)

MEASURES = (
    Count(
        code="cases.open_at_year_end",
        title="Cases open at the end of the year",
        why="How many children the hub is holding; a case that closed on the last day is not among them.",
        of=held,
        only=Tally("open on the last day", in_force_at_year_end(_.opened_on, _.closed_on)),
    ),
    Count(
        code="cases.opened",
        title="Cases opened",
        why="How much new work the hub took on.",
        of=held,
        only=Tally("opened in the year", in_the_year(_.opened_on)),
    ),
    Count(
        code="cases.closed",
        title="Cases closed",
        why="How much work came to an end, and why.",
        of=held,
        only=Tally("closed in the year", in_the_year(_.closed_on)),
        by=(Cut("closure_reason", _.closure_reason),),
    ),
)

SUMS = (
    Sum(
        "open at the end = open at the start + opened - closed, and the start stands in last year's report",
        whole=("cases.opened", WHOLE),
        parts=(("cases.open_at_year_end", WHOLE), ("cases.closed", WHOLE)),
        balance=True,
    ),
)
