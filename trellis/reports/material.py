"""Gathers what a report is made of: published figures of several periods, definitions, labels, limits, annotations."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from django.conf import settings

from trellis.accounts.models import Agency
from trellis.core.clocks import london_date
from trellis.core.errors import Unusable
from trellis.core.models import Code
from trellis.core.reference_data import labels, limit
from trellis.measures import registry
from trellis.measures.disclosure import DEFAULT_RULE
from trellis.measures.editions import published_figures, published_totals
from trellis.measures.figures import HUNDREDTH, Figure
from trellis.measures.periods import month, report_year
from trellis.measures.tables import Snapshot
from trellis.missing.lifecycle import INTERVIEW
from trellis.missing.models import Kind
from trellis.outcomes.models import Standing
from trellis.people.models import Sex, StatusKind
from trellis.referrals.models import ExploitationType
from trellis.reports.book import Material, months_compared, year_before, years_compared
from trellis.reports.models import Edition
from trellis.reports.month.labels import MONTH_LABELS

INTERVIEW_LIMIT = "missing.return_interview"
LIMITS = (INTERVIEW_LIMIT, "missing.repeat_count", "missing.repeat_days")
# What the monthly report says of the last full year: whom the reports were about, and whether all are answered alike.
OF_THE_YEAR = frozenset(
    {
        "missing.reports",
        "missing.children",
        "missing.repeat_children",
        "missing.reports_profile",
        "missing.reasons",
        "missing.return_interviews.delay_reasons",
        "equity.interview_offered",
        "equity.interview_within_72h",
        "equity.graded_high",
    }
)
MARKING = "OFFICIAL-SENSITIVE until published"
INVENTED = "SYNTHETIC: nobody here is real"
COMMON = {"not_known": "Not known", "not_listed": "Not on the list"}


def gather(snapshot: Snapshot, period: str, local: Mapping[str, Any]) -> Material:
    """The material of the annual report of ``period`` ("2022/23"), from a snapshot and the reference data.

    Raises Unusable for a year nobody can read or one without four years of referrals.
    """
    last_day = year_or_unusable(period)
    figures = [figure for year in years_compared(period) for figure in published_figures(snapshot, year)]
    check_four_years(figures)
    return Material(
        period=period,
        as_at=datetime.fromisoformat(snapshot.as_at).astimezone(UTC),
        snapshot=snapshot.id,
        figures=figures,
        definitions=definitions_of(figures, last_day),
        local=local,
    )


def gather_month(snapshot: Snapshot, period: str, earlier: Sequence[Figure]) -> Material:
    """The material of the missing report of ``period`` ("2023-02"): the month in full, the totals of the twelve before
    it, and who the children were in the last report year that was over. ``earlier``: what other editions published.

    Raises Unusable for what is no month, one that is not over, or one without a missing report.
    """
    last_day = month_or_unusable(period)
    as_at = datetime.fromisoformat(snapshot.as_at).astimezone(UTC)
    if last_day >= london_date(as_at):
        raise Unusable(f"{period} is not over; a missing report is made of a whole month")
    *before, _ = months_compared(period)
    figures = published_figures(snapshot, period, earlier=earlier)
    if not any(figure.value != 0 for figure in figures if figure.measure == "missing.reports"):
        raise Unusable(f"the record holds no missing report of {period}; give a month that has some")
    for name in before:
        figures += published_totals(snapshot, name, earlier=earlier)
    figures += [one for one in published_figures(snapshot, year_before(period)) if one.measure in OF_THE_YEAR]
    return Material(
        period=period,
        as_at=as_at,
        snapshot=snapshot.id,
        figures=figures,
        definitions=definitions_of(figures, last_day),
        local={},
    )


def definitions_of(figures: Iterable[Figure], last_day: date) -> dict[str, Any]:
    """What is kept with an edition, so that it can be read years later: how these figures were made, and the words."""
    asked = {figure.measure for figure in figures}
    return {
        "measures": {code: explained(code) for code in registry.MEASURES if code in asked},
        "labels": all_labels(),
        "limits": {
            **{name: limit(name, last_day) for name in LIMITS},
            "disclosure.largest_hidden": DEFAULT_RULE.largest_hidden,
        },
        "annotations": standing_annotations(),
        "marking": INVENTED if settings.DEMONSTRATION else MARKING,
    }


def month_or_unusable(period: str) -> date:
    """The last day of a month. Raises Unusable with what to write instead."""
    try:
        return month(period).ends_on
    except ValueError as problem:
        raise Unusable(str(problem)) from None


def year_or_unusable(period: str) -> date:
    """The last day of a report year. Raises Unusable with what to write instead."""
    try:
        return report_year(period).ends_on
    except ValueError as problem:
        raise Unusable(str(problem)) from None


def check_four_years(figures: list[Figure]) -> None:
    empty = [f.year for f in figures if f.measure == "referrals.received" and not f.breakdown and f.value == 0]
    if empty:
        raise Unusable(
            f"the record holds no referrals of {', '.join(empty)}; the annual report compares four years that do"
        )


def explained(code: str) -> dict[str, Any]:
    """What the registry says of a measure, as kept with an edition."""
    return {key: value for key, value in registry.explain(code).items() if key != "measure"}


def all_labels() -> dict[str, dict[str, str]]:
    """Category to words, for each breakdown; as they stood when the report was made."""
    agencies = dict(Agency.objects.values_list("code", "name"))
    return {
        "exploitation_type": dict(ExploitationType.choices) | COMMON,
        "source_agency": agencies | COMMON,
        "ethnicity_group": labels("ethnicity_group") | COMMON,
        "sex": dict(Sex.choices) | COMMON,
        "legal_status": dict(StatusKind.choices) | {"none": "None of these"},
        "reason": labels("missing_reason")
        | labels("interview_delay_reason")
        | labels("interview_decline_reason")
        | COMMON,
        "risk_grade": labels("missing_risk_grade") | COMMON,
        "found_place": labels("missing_found_place") | {"not_known": "Not recorded", "not_listed": "Somewhere else"},
        "kind": dict(Kind.choices),
        "outcome": dict(INTERVIEW.statuses) | labels("outcome_area") | labels("closure_area"),
        "status": dict(Standing.choices),
        **MONTH_LABELS,
        "closure_reason": labels("case_closure_reason") | COMMON,
        "age": COMMON,
    }


def standing_annotations() -> list[dict[str, str]]:
    """What a reader must know of a year before comparing it; rows of the code list ``report_annotation``."""
    return [{"year": row.group, "words": row.label} for row in Code.objects.filter(list="report_annotation")]


def material_of(edition: Edition) -> Material:
    """The material an edition was made of, from the edition alone."""
    return Material(
        period=edition.period,
        as_at=edition.as_at,
        snapshot=edition.snapshot,
        figures=[figure_from(row) for row in edition.figures],
        definitions=edition.definitions,
        local=edition.local,
    )


def figure_from(row: Mapping[str, Any]) -> Figure:
    """A figure from its JSON shape; the inverse of ``Figure.as_json``."""
    value = row["value"]
    if value is not None and row["unit"] != "count":
        value = Decimal(str(value)).quantize(HUNDREDTH)
    first, last = (date.fromisoformat(day) for day in row["period"])
    return Figure(**{**row, "period": (first, last), "value": value})
