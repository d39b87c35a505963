"""The monthly report's sections, in order."""

from __future__ import annotations

from collections.abc import Callable

from trellis.reports.annual.content import HUB
from trellis.reports.annual.made import made
from trellis.reports.book import Book, Material, in_full
from trellis.reports.document.parts import Report, Section
from trellis.reports.month.completeness import completeness
from trellis.reports.month.equity import equity
from trellis.reports.month.opening import opening, over_months
from trellis.reports.month.returns import interviews, returns
from trellis.reports.month.who import circumstances, last_year

TITLE = "Missing from home and care"
SECTIONS: tuple[Callable[[Book], Section], ...] = (
    opening,
    over_months,
    circumstances,
    returns,
    interviews,
    last_year,
    equity,
    completeness,
    made,
)


def missing_report(material: Material) -> Report:
    """The report of ``material``, and nothing else: the same material gives the same report."""
    book = Book(material)
    return Report(
        title=f"{TITLE}, {in_full(material.period).text}",
        hub=HUB,
        period=in_full(material.period).text,
        marking=str(material.definitions["marking"]),
        as_at=material.as_at,
        snapshot=material.snapshot,
        sections=[section(book) for section in SECTIONS],
        figures=material.figures,
    )
