"""Gathers what a report is made of: published figures of four years, definitions, labels, limits, annotations."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from django.conf import settings

from trellis.accounts.models import Agency
from trellis.core.errors import Unusable
from trellis.core.models import Code
from trellis.core.reference_data import labels, limit
from trellis.measures import registry
from trellis.measures.disclosure import DEFAULT_RULE, published_figures
from trellis.measures.figures import HUNDREDTH, Figure
from trellis.measures.periods import report_year
from trellis.measures.tables import Snapshot
from trellis.people.models import Sex, StatusKind
from trellis.referrals.models import ExploitationType
from trellis.reports.book import Material, years_compared
from trellis.reports.models import Edition

INTERVIEW_LIMIT = "missing.return_interview"
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
        definitions={
            "measures": {code: explained(code) for code in registry.MEASURES},
            "labels": all_labels(),
            "limits": {
                INTERVIEW_LIMIT: limit(INTERVIEW_LIMIT, last_day),
                "disclosure.largest_hidden": DEFAULT_RULE.largest_hidden,
            },
            "annotations": standing_annotations(),
            "marking": INVENTED if settings.DEMONSTRATION else MARKING,
        },
        local=local,
    )


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
        "reason": labels("missing_reason") | labels("interview_delay_reason") | COMMON,
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
