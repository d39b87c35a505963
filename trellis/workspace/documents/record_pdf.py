"""The copy as a tagged PDF (PDF/UA-1): marking, name, who took it and when, and page n of m on each page."""

from __future__ import annotations

from itertools import groupby
from pathlib import Path
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string

from trellis.cases.models import ChronologyEntry, Significance
from trellis.cases.presenters import SYNTHETIC, facts_of, full_name, owner_and_code, statuses_in_words
from trellis.core.clocks import LONDON, london_date
from trellis.core.presenters import moment
from trellis.core.protection import Part
from trellis.core.reference_data import labels
from trellis.core.typeface import typeface
from trellis.missing.presenters.episodes import episode_rows
from trellis.workspace.documents.record import PlanCopy, RecordCopy
from trellis.workspace.documents.sections import all_assessment_words, plan_words
from trellis.workspace.presenters import overview as overview_words

VARIANT = "pdf/ua-1"
STYLES = Path(__file__).with_name("record.css")
MARKING = "OFFICIAL-SENSITIVE"
PARTS = {
    Part.REFERRALS: "the latest referral",
    Part.FAMILY: "family, education and legal status",
    Part.MISSING: "missing episodes",
    Part.ASSESSMENTS: "assessments",
    Part.PLAN: "the plan",
    Part.CHRONOLOGY: "the chronology",
}


def pdf_of(copy: RecordCopy) -> bytes:
    return made_of("workspace/document/record.html", context_of(copy))


def plan_pdf_of(copy: PlanCopy) -> bytes:
    return made_of("workspace/document/plan.html", plan_context_of(copy))


def made_of(template: str, context: dict[str, Any]) -> bytes:
    """The document. Nothing is fetched from disk or network: the typeface is inside."""
    from weasyprint import CSS, HTML  # loaded for whoever takes a record, not with every page
    from weasyprint.text.fonts import FontConfiguration
    from weasyprint.urls import URLFetcher

    inside_only, fonts = URLFetcher(allowed_protocols=("data",)), FontConfiguration()
    style = f"{typeface()}\n{STYLES.read_text(encoding='utf-8')}"
    text = render_to_string(template, context)
    made: bytes = HTML(string=text, url_fetcher=inside_only).write_pdf(
        stylesheets=[CSS(string=style, url_fetcher=inside_only, font_config=fonts)],
        font_config=fonts,
        pdf_variant=VARIANT,
    )
    return made


def cover_of(copy: RecordCopy | PlanCopy) -> dict[str, Any]:
    """What stands on the first sheet and at the edge of each: whose it is, how it is marked, who took it."""
    person = copy.person
    invented = person.is_synthetic or settings.DEMONSTRATION
    return {
        "copy": copy,
        "person": person,
        "name": full_name(person),
        "marking": f"{MARKING} · {SYNTHETIC}" if invented else MARKING,
        "taken": f"Taken by {copy.taken_by.name}, {copy.taken_by.agency}, on {moment(copy.taken_at)}",
    }


def plan_context_of(copy: PlanCopy) -> dict[str, Any]:
    return {**cover_of(copy), "plan": plan_words(copy.plan, london_date(copy.taken_at))}


def context_of(copy: RecordCopy) -> dict[str, Any]:
    header = copy.overview.header
    parts = header.parts
    return {
        **cover_of(copy),
        "facts": facts_of(header),
        "status": ", ".join(text for text, _ in [*header.tags, *statuses_in_words(header)]),
        "workers": header.workers,
        "parts": [words for part, words in PARTS.items() if part in parts],
        "whole": set(Part) <= parts,
        "referrals_open": Part.REFERRALS in parts,
        "family_open": Part.FAMILY in parts,
        "missing_open": Part.MISSING in parts,
        "chronology_open": Part.CHRONOLOGY in parts,
        "details": copy.details,
        "assessments_open": Part.ASSESSMENTS in parts,
        "assessments": all_assessment_words(copy.assessments),
        "plan_open": Part.PLAN in parts,
        "plan": plan_words(copy.plan, london_date(copy.taken_at)),
        "referral": copy.overview.referral,
        "groups": overview_words.people_groups(copy.overview),
        "education": overview_words.education_rows(copy.overview),
        "statuses": [(s.get_kind_display(), overview_words.span(s)) for s in header.statuses],
        "episodes": episode_rows(copy.episodes, labels("missing_risk_grade"), copy.taken_at),
        "months": months_of(copy),
    }


def months_of(copy: RecordCopy) -> list[dict[str, Any]]:
    """The chronology month by month, latest first, each entry with whose it is and what may be done with it."""
    return [
        {"name": name, "entries": [entry_words(entry, copy) for entry in entries]}
        for name, entries in groupby(copy.entries, key=lambda entry: f"{entry.happened_at.astimezone(LONDON):%B %Y}")
    ]


def entry_words(entry: ChronologyEntry, copy: RecordCopy) -> dict[str, Any]:
    return {
        "when": moment(entry.happened_at),
        "title": entry.title,
        "body": entry.body,
        "by": entry.recorded_by.name if entry.recorded_by else "",
        "significant": entry.significance > Significance.ROUTINE,
        "corrected": moment(entry.recorded_at) if entry.supersedes_id else "",
        "code": owner_and_code(entry),
        "handling": copy.book.in_words(entry),
    }
