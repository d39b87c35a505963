"""Referrals to the National Referral Mechanism, by how they stood at the end of the year.

A referral counts in the year in which it was sent, once, where it stood on the last day: at the latest stage that was
decided by then (reasonable grounds, conclusive grounds; before any decision it is "referred", and "withdrawn" once it
was), with the outcome that stood then ("waiting" before any decision). A reconsidered decision counts as it was decided
again; one that is suspended, or asked to be looked at again, stands where it stood. A later year does not move it: a
decision that came after the last day is not in this year's figure. What is counted is referrals, not young people: a
young person referred twice in a year counts twice. An adult of whom the Home Office was notified without a referral is
not counted. Stages sum to the total, and so do outcomes.
"""

from ibis import _

from trellis.measures.shape import Count, Cut, Population
from trellis.measures.tables import NRM_OUTCOMES, NRM_STAGES, nrm_stages
from trellis.measures.timing import in_force_at_year_end, in_the_year

referred = Population(
    "referrals to the National Referral Mechanism sent in the year",
    nrm_stages.filter(in_the_year(_.submitted_on), in_force_at_year_end(_.starts_on, _.ends_on)),
)

MEASURES = (
    Count(
        code="nrm.referred",
        title="Referrals to the National Referral Mechanism",
        why="Whether young people who were exploited are named as such, and what is decided of them.",
        of=referred,
        by=(
            Cut("stage", _.stage, codes=NRM_STAGES, may_be_unknown=False),
            Cut("outcome", _.outcome, codes=NRM_OUTCOMES),
        ),
    ),
)

SUMS = ()
