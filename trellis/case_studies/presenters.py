"""A case study in words: what is marked in its text, what is open, how it came to stand where it stands. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from trellis.case_studies.checking import Finding, Severity
from trellis.case_studies.lifecycle import CASE_STUDY, CHECKED, DRAFT, PROPOSED, RELEASED, WITHDRAWN
from trellis.case_studies.models import CaseStudy, CaseStudyMove, Story
from trellis.case_studies.queries import Standing

TONES = {DRAFT: "plain", CHECKED: "structure", PROPOSED: "now", RELEASED: "done", WITHDRAWN: "plain"}
LABELS = {"title": "Title", **Story.SECTIONS}


def status_tag(study: CaseStudy) -> tuple[str, str]:
    return CASE_STUDY.statuses[study.status], TONES[study.status]


def pieces(text: str, found: Iterable[Finding]) -> list[tuple[str, Finding | None]]:
    """The text in pieces, each with what was found in it; of findings that overlap the first is marked."""
    made: list[tuple[str, Finding | None]] = []
    at = 0
    for finding in sorted(found, key=lambda f: (f.start, -f.end)):
        if finding.start >= at:
            if finding.start > at:
                made.append((text[at : finding.start], None))
            made.append((text[finding.start : finding.end], finding))
            at = finding.end
    return [*made, (text[at:], None)] if at < len(text) else made


def section_rows(study: CaseStudy, standing: Standing) -> list[dict[str, Any]]:
    """Each section with its text in pieces; a finding with a reason is marked no more."""
    return [
        {"name": name, "label": LABELS[name], "pieces": pieces(text, _open(standing, name))}
        for name, text in study.texts.items()
        if text and name != "title"
    ]


def _open(standing: Standing, name: str) -> list[Finding]:
    return [f for f in standing.found[name] if f.severity > Severity.POSSIBLE or f.key not in standing.reasons]


def finding_rows(standing: Standing) -> list[dict[str, Any]]:
    """What is open, the gravest first, alike ones in one row."""
    rows: dict[tuple[str, str, str], dict[str, Any]] = {}
    for name in LABELS:
        for finding in _open(standing, name):
            row = rows.setdefault(
                (finding.severity.label, *finding.key),
                {"finding": finding, "where": LABELS[name], "times": 0, "severity": finding.severity.label},
            )
            row["times"] += 1
    return sorted(rows.values(), key=lambda row: -row["finding"].severity)


def consent_rows(standing: Standing) -> list[dict[str, Any]]:
    return [
        {"consent": consent, "tone": "done" if consent.answer == "yes" else "now"}
        for consent in sorted(standing.consents.values(), key=lambda one: one.who, reverse=True)
    ]


def steps(moves: Iterable[CaseStudyMove]) -> list[tuple[str, CaseStudyMove]]:
    return [(CASE_STUDY.statuses[move.new], move) for move in moves]


def study_rows(studies: Iterable[CaseStudy]) -> list[dict[str, Any]]:
    return [{"study": study, "status": status_tag(study)[0], "tone": status_tag(study)[1]} for study in studies]
