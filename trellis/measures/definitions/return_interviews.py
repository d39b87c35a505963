"""Independent return interviews, and the 72-hour figure with each of its three denominators side by side.

The limit is 72 elapsed hours after return (DfE, Children who run away or go missing from home or care, 2014,
unverified here); `due_at` carries the limit that was in force for the interview.
"""

from ibis import _

from trellis.measures.definitions.missing import followed_up
from trellis.measures.definitions.missing import received as reports
from trellis.measures.shape import BY_BOTH, WHOLE, Count, Cut, Months, Population, Share, Sum, Tally, any_true
from trellis.measures.tables import missing_reports, return_interviews
from trellis.measures.timing import in_the_year

# What became of the interview after a return, the furthest first; a return without a record waits for an offer.
OUTCOMES = ("completed", "covered", "accepted", "offered", "declined", "not_offered", "withdrawn")
WAITING = "awaiting_offer"

completed = Population(
    "return interviews completed in the year",
    return_interviews.filter(_.status == "completed", in_the_year(_.completed_on)),
)

_reasons = (
    return_interviews.filter(return_interviews.status.isin(["declined", "not_offered"]))
    .group_by("report_key")
    .agg(no_interview_reason=_.decline_reason.min())
)
_outcomes = return_interviews.group_by("report_key").agg(
    **{status: any_true(return_interviews.status == status) for status in OUTCOMES}
)
_returned = followed_up(missing_reports.filter(in_the_year(missing_reports.returned_on)))

returns = Population(
    "missing reports whose child returned in the year",
    _returned.left_join(_outcomes, "report_key").left_join(_reasons, "report_key"),
)

by_month = Months(_.completed_on)

_on_time = (_.completed_at <= _.due_at).fill_null(False)
within_72h = Tally("completed by the time they were due, 72 elapsed hours after return", _on_time)
late = Tally("completed after they were due, or with no due time recorded", ~_on_time)
interview_held = Tally("whose return interview was completed", _.interview_held)
interview_in_time = Tally("whose return interview was completed by the time it was due", _.interview_in_time)

MEASURES = (
    Count(
        code="missing.return_interviews.completed",
        editions=BY_BOTH,
        title="Return interviews completed",
        why="A child who comes back should be asked, by somebody independent, why and what happened.",
        of=completed,
        by=(by_month,),
    ),
    Share(
        code="missing.return_interviews.within_72h",
        editions=BY_BOTH,
        title="Return interviews within 72 hours, of interviews completed",
        why="Of the interviews that took place, how many were in time. It says nothing of those that never did.",
        of=completed,
        numerator_is=within_72h,
        by=(by_month,),
    ),
    Share(
        code="missing.return_interviews.within_72h_of_reports",
        version="1.1.0",
        editions=BY_BOTH,
        title="Return interviews within 72 hours, of missing reports",
        why="Of all reports, how many led to an interview in time: the figure the one above can hide.",
        of=reports,
        numerator_is=interview_in_time,
    ),
    Share(
        code="missing.return_interviews.within_72h_of_returns",
        version="1.1.0",
        editions=BY_BOTH,
        title="Return interviews within 72 hours, of returns",
        why="Of the children who came back, how many had an interview in time: nobody still missing is in the base.",
        of=returns,
        numerator_is=interview_in_time,
    ),
    Share(
        code="missing.return_interviews.completed_of_reports",
        version="1.1.0",
        editions=BY_BOTH,
        title="Missing reports followed by a return interview",
        why="How many reports led to any interview at all.",
        of=reports,
        numerator_is=interview_held,
    ),
    Count(
        code="missing.return_interviews.delay_reasons",
        title="Return interviews completed late, by reason",
        why="What stands in the way: the child's choice, their circumstances, or the service.",
        of=completed,
        only=late,
        by=(Cut("reason", _.delay_reason),),
    ),
)

SUMS = (
    Sum(
        "every completed interview is in time or late",
        whole=("missing.return_interviews.completed", WHOLE),
        parts=(
            ("missing.return_interviews.within_72h", WHOLE),
            ("missing.return_interviews.delay_reasons", WHOLE),
        ),
    ),
    Sum(
        "of the reports with an interview, some interviews were late",
        whole=("missing.return_interviews.completed_of_reports", WHOLE),
        parts=(("missing.return_interviews.within_72h_of_reports", WHOLE),),
        rest=True,
    ),
)
