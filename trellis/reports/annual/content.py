"""The annual report's sections, in the order both published editions keep."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from trellis.reports.annual.interviews import interviews
from trellis.reports.annual.local import local_paragraphs, priorities
from trellis.reports.annual.made import made
from trellis.reports.annual.missing import missing
from trellis.reports.annual.need import need
from trellis.reports.annual.opening import opening
from trellis.reports.annual.profile import profile
from trellis.reports.annual.work import work
from trellis.reports.annual.years import years
from trellis.reports.book import Book, Material
from trellis.reports.document.parts import Report, Section, Typed, plain

SECTIONS: tuple[Callable[[Book], Section], ...] = (opening, need, profile, work, missing, interviews, years)
KEYS = ("overview", "need", "profile", "cases", "missing", "interviews", "years")
TITLE, HUB = "Annual report", "Complex Safeguarding Hub"


def annual_report(material: Material, findings: tuple[str, ...] = ()) -> Report:
    """The report of ``material``, and nothing else: the same material gives the same report.

    Raises UnknownFigure when a sentence of the edition asks for a figure there is none of.
    """
    book = Book(material)
    sections = [with_local(book, section(book)) for section in SECTIONS]
    return Report(
        title=f"{TITLE} {material.period}",
        hub=str(material.local.get("hub", HUB)),
        period=material.period,
        marking=str(material.local.get("marking") or material.definitions["marking"]),
        as_at=material.as_at,
        snapshot=material.snapshot,
        sections=[*sections, *priorities(book), made(book)],
        findings=findings,
        figures=material.figures,
    )


def with_local(book: Book, section: Section) -> Section:
    return replace(section, parts=[*section.parts, *local_paragraphs(book, section.key)])


def typed_numbers(report: Report) -> list[str]:
    """One line for each number somebody typed into the edition's sentences."""
    return [
        f"“{run.text}” was typed by hand in: {plain(words)}"
        for words in report.narrative()
        for run in words
        if isinstance(run, Typed)
    ]
