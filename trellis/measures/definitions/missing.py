"""Children reported missing from home or care."""

import ibis
import ibis.expr.types as ir
from ibis import _

from trellis.measures.definitions.breakdowns import by_ethnicity_group
from trellis.measures.shape import (
    BY_BOTH,
    BY_MONTH,
    WHOLE,
    Count,
    Cut,
    Distribution,
    Mean,
    Months,
    Population,
    Sum,
    Tally,
    any_true,
)
from trellis.measures.tables import HIGHEST_LEGAL_STATUSES, missing_reports, return_interviews
from trellis.measures.timing import in_the_year, report_year_of

HELD = ("completed", "covered")


def followed_up(reports: ir.Table) -> ir.Table:
    """Missing reports, and whether a return interview was held after each, at all and in time.

    A report may have more than one interview record (declined, then held): any that was held counts, and so does one
    conversation that covered this report with another. The semi-join changes no answer; it spares the engine the
    interviews of other years.
    """
    held = (
        return_interviews.filter(return_interviews.status.isin(HELD))
        .semi_join(reports, "report_key")
        .group_by("report_key")
        .agg(
            interview_held=ibis.literal(True),
            interview_in_time=any_true(_.completed_at.coalesce(_.covered_at) <= _.due_at),
        )
    )
    return reports.left_join(held, "report_key")


_reported = missing_reports.filter(in_the_year(missing_reports.reported_on))

received = Population("missing reports received in the year", followed_up(_reported))

_first_days = missing_reports.group_by("child_key", report_year=report_year_of(missing_reports.reported_on)).agg(
    first_on=_.reported_on.min()
)
_first_now = _first_days.filter(in_the_year(_first_days.first_on)).select("child_key").distinct()

children = Population(
    "children reported missing in the year",
    _reported.group_by("child_key")
    .agg(reports=_.count(), repeatedly=any_true(_.recent_reports >= _.repeat_limit))
    .left_join(_first_now.mutate(first_this_year=ibis.literal(True)), "child_key"),
)

MEASURES = (
    Count(
        code="missing.reports",
        version="1.1.0",
        editions=BY_BOTH,
        title="Missing reports",
        why="How often children were reported missing: the hub's largest demand, and an early sign of harm.",
        of=received,
        by=(
            Months(_.reported_on),
            Cut("legal_status", _.legal_status, HIGHEST_LEGAL_STATUSES),
            by_ethnicity_group,
        ),
    ),
    Count(
        code="missing.children",
        version="1.1.0",
        editions=BY_BOTH,
        adds_up=False,
        title="Children reported missing",
        why="How many children the reports are about; each counts once however often, so months do not add up.",
        of=children,
    ),
    Count(
        code="missing.children_first_this_year",
        editions=BY_MONTH,
        title="Children reported missing for the first time this report year",
        why="Who is new: over the months of a report year these add up to the children of the year.",
        of=children,
        only=Tally("for the first time in the report year", _.first_this_year),
    ),
    Count(
        code="missing.children_repeatedly",
        editions=BY_MONTH,
        adds_up=False,
        title="Children missing repeatedly",
        why="So many reports within so many days (the limits missing.repeat_count and missing.repeat_days in force on "
        "the day) say that what draws or drives a child away goes on.",
        of=children,
        only=Tally("with a report that made it repeatedly, under the limits in force", _.repeatedly),
    ),
    Count(
        code="missing.repeat_children",
        version="1.1.0",
        adds_up=False,
        title="Children reported missing more than once",
        why="Going missing again in the same period says the first response did not remove the reason.",
        of=children,
        only=Tally("with two or more reports", _.reports >= 2),
    ),
    Mean(
        code="missing.mean_age",
        version="1.1.0",
        title="Mean age at missing report",
        why="Which age to plan for; reports without a known age are left out and the base says how many were in.",
        of=received,
        quantity=_.age,
        quantity_words="age at the report",
    ),
    Distribution(
        code="missing.reasons",
        version="1.1.0",
        title="Main reasons for going missing",
        why="What draws or drives children away, from those reports whose reason was found.",
        of=received,
        among=Tally("with a known reason", _.reason.notnull(), about_recording=True),
        by=(Cut("reason", _.reason, may_be_unknown=False),),
    ),
)

SUMS = (
    Sum(
        "reports are each child's first, second, or a later one",
        whole=("missing.reports", WHOLE),
        parts=(("missing.children", WHOLE), ("missing.repeat_children", WHOLE)),
        rest=True,
    ),
)
