"""Reads about reports that cross models."""

from trellis.core.clocks import london_date, today
from trellis.core.row_context import Duty, duty
from trellis.measures.periods import report_year, year_of
from trellis.missing.models import MissingEpisode
from trellis.referrals.models import Referral
from trellis.reports.book import YEARS_COMPARED, month_before

MOST_MONTHS = 120


def reportable_years() -> list[str]:
    """Report years that are over and have three years of referrals before them, the latest first."""
    with duty(Duty.SNAPSHOT):
        first = Referral.objects.order_by("received_at").values_list("received_at", flat=True).first()
    if first is None:
        return []
    earliest = int(year_of(london_date(first))[:4]) + YEARS_COMPARED - 1
    latest = int(year_of(today())[:4]) - 1
    years = [f"{year}/{(year + 1) % 100:02d}" for year in range(latest, earliest - 1, -1)]
    return [year for year in years if report_year(year).ends_on < today()]


def reportable_months(most: int = MOST_MONTHS) -> list[str]:
    """Months that are over since the first missing report, the latest first."""
    with duty(Duty.SNAPSHOT):
        first = MissingEpisode.objects.order_by("reported_at").values_list("reported_at", flat=True).first()
    months: list[str] = []
    if first is None:
        return months
    month = month_before(f"{today():%Y-%m}")
    while month >= f"{london_date(first):%Y-%m}" and len(months) < most:
        months.append(month)
        month = month_before(month)
    return months
