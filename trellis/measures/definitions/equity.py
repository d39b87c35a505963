"""Is the response the same for all: the decisions after a report, by ethnicity group and by sex.

Each is a share with its own base, so that a group is compared on the stage that feeds the stage. The report sets each
group beside the rest with a rate ratio (`trellis.measures.ratios`), worked out from the published shares alone.
"""

from trellis.measures.definitions.breakdowns import by_ethnicity_group, by_sex
from trellis.measures.definitions.missing import received
from trellis.measures.definitions.missing_month import graded_high, offered
from trellis.measures.definitions.return_interviews import interview_in_time, returns
from trellis.measures.shape import Share, Sum

WHY = "A group that is answered less often is let down twice. Compare with the number not recorded before concluding."

MEASURES = (
    Share(
        code="equity.interview_offered",
        title="Interview offered, by ethnicity group and sex",
        why=WHY,
        of=returns,
        numerator_is=offered,
        by=(by_ethnicity_group, by_sex),
    ),
    Share(
        code="equity.interview_within_72h",
        title="Interview held in time, by ethnicity group and sex",
        why=WHY,
        of=returns,
        numerator_is=interview_in_time,
        by=(by_ethnicity_group, by_sex),
    ),
    Share(
        code="equity.graded_high",
        title="Report graded high risk, by ethnicity group and sex",
        why=WHY,
        of=received,
        numerator_is=graded_high,
        by=(by_ethnicity_group, by_sex),
    ),
)

SUMS: tuple[Sum, ...] = ()
