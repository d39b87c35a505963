"""Rows of profiles for when somebody is missing: of everybody who is out there at the cut, and of some who were."""

from __future__ import annotations

from collections.abc import Sequence

from trellis.sample.moments import DAY, london_day, stamp
from trellis.sample.records import Child, Episode
from trellis.sample.rows.cut import Cut
from trellis.sample.streams import id_from, stream
from trellis.sample.words import words

SHARE = 0.12
BEFORE = (3, 110)
PARTS = ("looks_like", "marks", "usual_clothes", "how_to_speak", "health", "friends", "places", "travel_and_money")


def write_profiles(episodes: Sequence[Episode], cut: Cut) -> None:
    """``episodes``: those of the last years; each young person has one profile at most."""
    reported = [episode for episode in episodes if cut.has(episode.reported_at)]
    latest = {episode.child: episode for episode in reported}
    for child, episode in latest.items():
        out = not cut.has(episode.returned_at)
        if out or stream("profile", child.id).happens(SHARE):
            _write_profile(child, episode, cut)


def _write_profile(child: Child, episode: Episode, cut: Cut) -> None:
    by, said = stream("profile", child.id, "words"), words("profiles")
    written_at = episode.reported_at - by.between(*BEFORE) * DAY
    texts = [by.one(said[part]) for part in PARTS]
    phone = f"07700 900{by.between(0, 999):03d}"
    cut.writer.add(
        "missing.MissingProfile",
        id_from(child.id, "profile"),
        stamp(written_at),
        1,
        child.id,
        *texts,
        f"{phone}, answers messages sooner than calls",
        by.one(said["online"]),
        by.one(said["who_to_call"]),
        london_day(written_at),
        None,
        cut.staff.interviewers[0].id,
    )
