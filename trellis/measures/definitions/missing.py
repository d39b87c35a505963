"""Children reported missing from home or care."""

import ibis
import ibis.expr.types as ir
from ibis import _

from trellis.measures.definitions.breakdowns import by_ethnicity_group
from trellis.measures.shape import WHOLE, Count, Cut, Distribution, Mean, Months, Population, Sum, Tally, any_true
from trellis.measures.tables import HIGHEST_LEGAL_STATUSES, missing_reports, return_interviews
from trellis.measures.timing import in_the_year


def followed_up(reports: ir.Table) -> ir.Table:
    """Missing reports, and whether a return interview was held after each, at all and in time.

    A report may have more than one interview record (declined, then held): any that was held counts. The semi-join
    changes no answer; it spares the engine the interviews of other years.
    """
    held = (
        return_interviews.filter(return_interviews.status == "completed")
        .semi_join(reports, "report_key")
        .group_by("report_key")
        .agg(interview_held=ibis.literal(True), interview_in_time=any_true(_.completed_at <= _.due_at))
    )
    return reports.left_join(held, "report_key")


_reported = missing_reports.filter(in_the_year(missing_reports.reported_on))

received = Population("missing reports received in the year", followed_up(_reported))

children = Population(
    "children reported missing in the year",
    _reported.group_by("child_key").agg(reports=_.count()),
)

MEASURES = (
    Count(
        code="missing.reports",
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
        title="Children reported missing",
        why="How many children the reports are about; each counts once however often reported.",
        of=children,
    ),
    Count(
        code="missing.repeat_children",
        title="Children reported missing more than once",
        why="Going missing again says the first response did not remove the reason.",
        of=children,
        only=Tally("with two or more reports", _.reports >= 2),
    ),
    Mean(
        code="missing.mean_age",
        title="Mean age at missing report",
        why="Which age to plan for; reports without a known age are left out and the base says how many were in.",
        of=received,
        quantity=_.age,
        quantity_words="age at the report",
    ),
    Distribution(
        code="missing.reasons",
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
