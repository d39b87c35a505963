"""How things stood in each area when a case closed.

Every case closed in the year has one row for each area, so that each area sums to the cases closed: an area nobody
answered is not known, and never left out. Two sets are read from the same rows: the four areas a hub's annual report
shows at closure, and the six of the evaluation of Achieving Change Together; safe housing and education are in both.
"""

from ibis import _

from trellis.measures.shape import WHOLE, Count, Cut, Population, Slice, Sum, Tally
from trellis.measures.tables import OUTCOME_AREAS, OUTCOME_STATUSES, outcomes
from trellis.measures.timing import in_the_year

AT_CLOSURE = "outcomes.at_closure"
LABELS = {
    "accommodation": "a safe and stable place to live",
    "education": "education, training or employment",
    "trusted_relationship": "a relationship with an adult they trust",
    "positive_activities": "things they enjoy and are part of",
    "emotional_wellbeing": "mental health and emotional wellbeing",
    "missing": "missing episodes",
    "relationships": "relationships with peers and adults outside the family",
    "substances": "alcohol and other substances",
}

said = Population(
    "areas of the cases closed in the year, one row for each area of each case",
    outcomes.filter(in_the_year(_.closed_on), _.area.isin(OUTCOME_AREAS)),
)
# Eight areas of the same few cases hang together by many sums. So an area is published whole or not at all, and what is
# summed over the areas only where each of them is.
by_status = Cut("status", _.status, OUTCOME_STATUSES, may_be_unknown=False, all_or_none=True)


def code_of(area: str) -> str:
    return f"{AT_CLOSURE}.{area}"


MEASURES = (
    Count(
        code=AT_CLOSURE,
        title="Outcomes at closure: areas of the cases closed",
        why="How young people's lives stood when the work ended; what nobody asked is counted as not known.",
        of=said,
        by=(Cut("outcome", _.area, OUTCOME_AREAS, may_be_unknown=False), by_status),
    ),
    *(
        Count(
            code=code_of(area),
            title=f"Outcomes at closure: {LABELS[area]}",
            why="Whether this part of a young person's life stood better when the work ended, for every case closed.",
            of=said,
            only=Tally(f"about {LABELS[area]}", _.area == area, about_recording=True),
            by=(by_status,),
        )
        for area in OUTCOME_AREAS
    ),
)

SUMS = (
    *(
        Sum(
            f"every case closed has one answer about {LABELS[area]}",
            whole=("cases.closed", WHOLE),
            parts=((code_of(area), WHOLE),),
        )
        for area in OUTCOME_AREAS
    ),
    *(
        Sum(
            f"answers about {LABELS[area]} are counted the same way twice",
            whole=(AT_CLOSURE, Slice("outcome", area)),
            parts=((code_of(area), WHOLE),),
        )
        for area in OUTCOME_AREAS
    ),
    *(
        Sum(
            f"answers of {status}, over all areas",
            whole=(AT_CLOSURE, Slice("status", status)),
            parts=tuple((code_of(area), Slice("status", status)) for area in OUTCOME_AREAS),
            all_or_none=True,
        )
        for status in OUTCOME_STATUSES
    ),
)
