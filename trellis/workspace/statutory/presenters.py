"""The two counts in words: each by its own name, and what lies between them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from trellis.exchange.ssda903.comparison import ORIGINS, Comparison
from trellis.exchange.ssda903.periods import AWAY, FATES, MISSING, Row
from trellis.missing.models import MissingEpisode

KINDS = {MISSING: "Missing", AWAY: "Away without authorisation"}


def counts(found: Comparison, opens: bool) -> dict[str, Any]:
    """Both sums, line by line; ``opens``: each number leads to its rows."""
    counted = found.fate_counts
    return {
        "reports": found.reports,
        "fates": [_line(FATES[fate], counted[fate], fate, found, opens) for fate in FATES],
        "rows": found.row_count,
        "children": len(found.rows),
        "open": found.still_open,
        "origins": [_line(words, len(found.origins[code]), code, found, opens) for code, words in ORIGINS.items()],
    }


def _line(words: str, count: int, code: str, found: Comparison, opens: bool) -> dict[str, Any]:
    return {"words": words, "count": count, "url": address(found.year.name, code) if opens and count else ""}


def address(year: str, what: str = "") -> str:
    if not what:
        return f"{reverse('statutory-return')}?{urlencode({'year': year})}"
    return f"{reverse('statutory-rows')}?{urlencode({'year': year, 'what': what})}"


def title_of(what: str) -> str:
    known = [*FATES.items(), *ORIGINS.items()]
    return next(words for code, words in known if code == what)


def report_lines(episodes: Iterable[MissingEpisode], found: Comparison) -> list[dict[str, Any]]:
    """Each report with the rows it made, in days as the return has them."""
    return [
        {
            "episode": episode,
            "name": episode.person.name,
            "url": reverse("missing-episode", args=[episode.id]),
            "rows": [{"kind": KINDS[row.code], "start": row.start, "end": row.end} for row in rows_of(episode, found)],
        }
        for episode in episodes
    ]


def rows_of(episode: MissingEpisode, found: Comparison) -> list[Row]:
    return [row for row in found.rows.get(episode.person_id, ()) if row.report == episode.id]
