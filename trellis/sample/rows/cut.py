"""Where the area is cut: what had happened by then is written, what had not is still open."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from trellis.cases.chronology import part_told
from trellis.sample.directory import Directory
from trellis.sample.moments import DAY, london_day, stamp
from trellis.sample.streams import id_from
from trellis.sample.users import Workforce
from trellis.sample.writing import Writer

MANAGERS_LONGER = 365 * DAY


@dataclass
class Cut:
    """The moment, and all a row needs to be written."""

    moment: int
    writer: Writer
    directory: Directory
    staff: Workforce

    @cached_property
    def day(self) -> date:
        """The last day the cut knows."""
        return london_day(self.moment - 1)

    def has(self, moment: int | None) -> bool:
        return moment is not None and moment < self.moment

    def known(self, moment: int | None) -> str | None:
        """The moment as text if it has come."""
        return stamp(moment) if moment is not None and moment < self.moment else None

    def known_day(self, day: date | None) -> date | None:
        return day if day is not None and day <= self.day else None

    def move(self, model: str, subject: str, old: str, new: str, moment: int, user: str | None, why: str = "") -> None:
        """A status row, if it has come to that."""
        if moment < self.moment:
            text = stamp(moment)
            self.writer.add(model, id_from(subject, old, new), text, old, new, text, why, subject, user)

    def entry(
        self,
        person: str,
        moment: int,
        kind: str,
        title: str,
        *,
        agency: str,
        body: str = "",
        significance: int = 1,
        subject: str | None = None,
        user: str | None = None,
        key: str = "",
        limited_to: Sequence[str] = (),
    ) -> None:
        """A chronology entry, if it has come to that."""
        if moment < self.moment:
            text = stamp(moment)
            self.writer.add(
                "cases.ChronologyEntry",
                key or id_from(subject, kind),
                person,
                text,
                kind,
                part_told(kind),
                title,
                body,
                significance,
                self.directory.agencies[agency],
                *self.directory.codings[agency],
                list(limited_to) or "{}",
                "public_task",
                "safeguarding",
                subject,
                None,
                text,
                user,
            )

    def grant(
        self,
        person: str,
        reason: str,
        start: int,
        end: int | None,
        *,
        team: str = "",
        user: str | None = None,
        agency: str = "",
        source: str | None = None,
        known_end: int | None = None,
        parts: Sequence[str] = (),
    ) -> None:
        """Sight of a child, or of parts of the record, from a moment until a moment, or on; ``known_end``: an end to
        come, settled already."""
        if start < self.moment:
            self.writer.add(
                "need_to_know.Grant",
                id_from(person, reason, source, team, user, agency),
                stamp(start),
                person,
                user,
                self.directory.teams[team] if team else None,
                self.directory.agencies[agency] if agency else None,
                list(parts) or "{}",
                reason,
                source,
                stamp(start),
                stamp(known_end) if known_end is not None else self.known(end),
                self.staff.manager.id,
            )

    def managers_grant(self, person: str, reason: str, start: int, end: int | None, source: str) -> None:
        """Managers answer for what is over, too: their sight ends a year later."""
        later = end + MANAGERS_LONGER if self.has(end) and end is not None else None
        if start < self.moment and (later is None or later >= self.moment):
            self.grant(person, reason, start, None, team="management", source=source, known_end=later)
