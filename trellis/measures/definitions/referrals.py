"""The front door: referrals a partner made to the hub, and what became of them."""

from ibis import _

from trellis.measures.definitions.breakdowns import by_ethnicity_group, by_sex
from trellis.measures.shape import WHOLE, Count, Cut, Distribution, Months, Population, Share, Sum, Tally
from trellis.measures.tables import EXPLOITATION_TYPES, referrals
from trellis.measures.timing import in_the_year

received = Population(
    "referrals received in the year",
    referrals.filter(in_the_year(referrals.received_on)),
)

by_exploitation_type = Cut("exploitation_type", _.primary_type, EXPLOITATION_TYPES)
by_age = Cut("age", _.age)

decided = Tally("with a decision recorded", _.decision.notnull())
waiting = Tally("with no decision recorded yet", _.decision.isnull())
in_time = Tally("decided no later than the day the decision was due", _.decided_on <= _.decision_due_on)

MEASURES = (
    Count(
        code="referrals.received",
        title="Referrals received",
        why="How often partners asked the hub to help a child, and about what.",
        of=received,
        by=(
            by_exploitation_type,
            Months(_.received_on),
            Cut("source_agency", _.source_agency),
            by_ethnicity_group,
            by_sex,
            by_age,
        ),
    ),
    Distribution(
        code="referrals.share_by_type",
        title="Referrals by main exploitation type",
        why="Which harms partners see; each referral counts once, under its main type, so the shares sum to 100.",
        of=received,
        by=(by_exploitation_type,),
    ),
    Count(
        code="referrals.decided",
        title="Referrals decided",
        why="A referral without a decision is a child without an answer.",
        of=received,
        only=decided,
    ),
    Count(
        code="referrals.waiting",
        title="Referrals still waiting for a decision",
        why="What is not yet decided; with those decided it makes up all that was received.",
        of=received,
        only=waiting,
    ),
    Share(
        code="referrals.decided_within_limit",
        title="Referrals decided within the time limit",
        why="How quickly the front door answers, against the limit in force on the day of receipt.",
        of=received,
        among=decided,
        numerator_is=in_time,
    ),
)

SUMS = (
    Sum(
        "every referral received is decided or waiting",
        whole=("referrals.received", WHOLE),
        parts=(("referrals.decided", WHOLE), ("referrals.waiting", WHOLE)),
    ),
)
