"""What the monthly missing report adds: the reports described, how long children were away, what followed a return."""

import ibis
import ibis.expr.types as ir
from ibis import _

from trellis.measures.definitions.breakdowns import by_send, by_sex
from trellis.measures.definitions.missing import received
from trellis.measures.definitions.return_interviews import OUTCOMES, WAITING, interview_held, returns
from trellis.measures.shape import (
    BY_BOTH,
    BY_MONTH,
    INSIDE,
    WHOLE,
    Count,
    Cut,
    Distribution,
    Population,
    Share,
    Slice,
    Sum,
    Tally,
)
from trellis.measures.tables import AREAS, MISSING_KINDS, missing_reports
from trellis.measures.timing import year_end

AGE_BANDS = ("under_12", "12_to_13", "14_to_15", "16_to_17")
LENGTHS = ("under_6_hours", "6_to_24_hours", "24_to_48_hours", "over_48_hours")
GRADES = ("no_apparent_risk", "very_low", "low", "medium", "high")
HOURS_OF_A_PART = 4
PARTS_OF_A_WEEK = tuple(f"{day}-{hour:02d}" for day in range(1, 8) for hour in range(0, 24, HOURS_OF_A_PART))
UNDER_12, OF_14, OF_16 = 12, 14, 16
SIX, DAY, TWO_DAYS = 6, 24, 48


def after(hours: int) -> ir.TimestampValue:
    """So many elapsed hours after the child was last seen."""
    return _.began_at + ibis.interval(hours=hours)


age_band = ibis.cases(
    (_.age < UNDER_12, AGE_BANDS[0]),
    (_.age < OF_14, AGE_BANDS[1]),
    (_.age < OF_16, AGE_BANDS[2]),
    (_.age.notnull(), AGE_BANDS[3]),
)
length = ibis.cases(
    (_.returned_at < after(SIX), LENGTHS[0]),
    (_.returned_at < after(DAY), LENGTHS[1]),
    (_.returned_at <= after(TWO_DAYS), LENGTHS[2]),
    (_.returned_at > after(TWO_DAYS), LENGTHS[3]),
)
part_of_week = (
    _.reported_weekday.cast("string")
    + "-"
    + (_.reported_hour - _.reported_hour % HOURS_OF_A_PART).cast("string").lpad(2, "0")
)
outcome = ibis.cases(*((_[status].fill_null(False), status) for status in OUTCOMES), else_=WAITING)

still_missing = Population(
    "children missing at the end of the last day of the year",
    missing_reports.filter(
        missing_reports.reported_on <= year_end(),
        missing_reports.returned_on.isnull() | (missing_reports.returned_on > year_end()),
    ),
)

offered = Tally(
    "whose interview was offered", outcome.isin(["completed", "covered", "accepted", "offered", "declined"])
)
without = Tally("whose interview was declined or not offered", outcome.isin(["declined", "not_offered"]))
graded_high = Tally("graded high", (_.risk_grade == "high").fill_null(False))

DESCRIBED, RETURNS = "missing.reports_described", "missing.returns"
RI = "missing.return_interviews."
OFFERED, HELD, OUTCOME = f"{RI}offered_of_returns", f"{RI}completed_of_returns", f"{RI}outcomes"
WITHOUT, HIGH = f"{RI}none_by_reason", "missing.graded_high"

MEASURES = (
    Count(
        code=DESCRIBED,
        editions=BY_MONTH,
        title="Missing reports described",
        why="From where, of what age, when in the week and how grave: what the desk and the patrols are planned by.",
        of=received,
        by=(
            Cut("kind", _.kind, MISSING_KINDS, may_be_unknown=False, editions=BY_MONTH),
            Cut("area", _.area, AREAS, may_be_unknown=False, editions=BY_MONTH),
            Cut("age_band", age_band, AGE_BANDS, editions=BY_MONTH),
            Cut("risk_grade", _.risk_grade, GRADES, editions=BY_MONTH),
            Cut("part_of_week", part_of_week, PARTS_OF_A_WEEK, may_be_unknown=False, editions=BY_MONTH),
            Cut("hour", _.reported_hour, may_be_unknown=False, editions=INSIDE),
            Cut("weekday", _.reported_weekday, may_be_unknown=False, editions=INSIDE),
        ),
    ),
    Count(
        code="missing.reports_profile",
        title="Missing reports by sex and special educational needs",
        why="Whom the reports are about, beside their ethnicity group and legal status.",
        of=received,
        by=(by_sex, by_send),
    ),
    Share(
        code=HIGH,
        editions=BY_BOTH,
        title="Missing reports graded high risk",
        why="How often serious harm was thought very likely.",
        of=received,
        numerator_is=graded_high,
    ),
    Count(
        code="missing.still_missing",
        editions=INSIDE,
        adds_up=False,
        title="Children missing at the end",
        why="Who was still out there. Seldom many, and tied to the months before it, so it stays inside the hub.",
        of=still_missing,
    ),
    Count(
        code=RETURNS,
        editions=BY_BOTH,
        title="Returns of missing children",
        why="How long children were away, from last being seen to being back, and where they were found.",
        of=returns,
        by=(
            Cut("length", length, LENGTHS, editions=BY_MONTH),
            Cut("found_place", _.found_place, editions=BY_MONTH),
        ),
    ),
    Distribution(
        code=OUTCOME,
        title="What became of the interview after each return",
        why="Each return is owed an offer; here every one is accounted for, as the record stood.",
        of=returns,
        by=(Cut("outcome", outcome, (*OUTCOMES, WAITING), may_be_unknown=False, editions=BY_MONTH),),
    ),
    Share(
        code=OFFERED,
        editions=BY_BOTH,
        title="Returns after which an interview was offered",
        why="Every child found must be offered one, however short the time away.",
        of=returns,
        numerator_is=offered,
    ),
    Share(
        code=HELD,
        editions=BY_BOTH,
        title="Returns followed by a return interview",
        why="Of the children who came back, how many were listened to, in time or late.",
        of=returns,
        numerator_is=interview_held,
    ),
    Count(
        code=WITHOUT,
        editions=BY_BOTH,
        title="Returns without an interview, by reason",
        why="A decision not to interview, the child's or ours, has a reason somebody can act on.",
        of=returns,
        only=without,
        by=(Cut("reason", _.no_interview_reason, editions=BY_MONTH),),
    ),
)


def _at(outcomes: tuple[str, ...]) -> tuple[tuple[str, Slice], ...]:
    return tuple((OUTCOME, Slice("outcome", one)) for one in outcomes)


SUMS = (
    Sum(
        "those graded high are the reports of that grade",
        whole=(HIGH, WHOLE),
        parts=((DESCRIBED, Slice("risk_grade", "high")),),
    ),
    Sum(
        "an interview was offered where one was held, covered, accepted, open or declined",
        whole=(OFFERED, WHOLE),
        parts=_at(("completed", "covered", "accepted", "offered", "declined")),
    ),
    Sum("held are those completed and those covered", whole=(HELD, WHOLE), parts=_at(("completed", "covered"))),
    Sum(
        "without are those declined and those not offered",
        whole=(WITHOUT, WHOLE),
        parts=_at(("declined", "not_offered")),
    ),
    Sum(
        "of the returns with an interview, some interviews were late",
        whole=(HELD, WHOLE),
        parts=((f"{RI}within_72h_of_returns", WHOLE),),
        rest=True,
    ),
    Sum(
        "of the returns with an offer, some interviews were not held",
        whole=(OFFERED, WHOLE),
        parts=((HELD, WHOLE),),
        rest=True,
    ),
)
