"""Assessments completed, and how many of them in time.

An assessment is completed at the moment a manager signs it off: what was submitted may still come back, and what was
stopped never counts. It is in time when the London day of the sign-off is not after `due_on`, which carries the limit
that was in force when its clock started: 15 days in a hub's annual report, of a kind the report does not say (working
days unless the limit's unit says otherwise).
"""

from ibis import _

from trellis.measures.shape import WHOLE, Count, Population, Share, Sum, Tally
from trellis.measures.tables import assessments
from trellis.measures.timing import in_the_year

completed = Population(
    "assessments signed off in the year",
    assessments.filter(_.status == "signed_off", in_the_year(_.signed_off_on)),
)

in_time = Tally("signed off by the day they were due", (_.signed_off_on <= _.due_on).fill_null(False))

MEASURES = (
    Count(
        code="assessments.completed",
        title="Assessments completed",
        why="How many young people's worries and strengths were understood as a whole, and answered for by a manager.",
        of=completed,
    ),
    Share(
        code="assessments.within_15_days",
        title="Assessments completed within 15 days, of assessments completed",
        why="A young person should not wait long to be understood; those never completed are not in this base.",
        of=completed,
        numerator_is=in_time,
    ),
)

SUMS = (
    Sum(
        "every completed assessment was completed in time or late",
        whole=("assessments.completed", WHOLE),
        parts=(("assessments.within_15_days", WHOLE),),
        rest=True,
    ),
)
