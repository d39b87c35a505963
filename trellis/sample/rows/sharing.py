"""Rows of sharing: what partners from elsewhere see of some young people, what was withheld, who is pointed to.

Which cases are shared follows from their identifiers, and when from the case: no cut changes what another wrote.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from trellis.need_to_know.parts import parts_in_words
from trellis.sample.moments import DAY, HOUR, WorkingDays, end_of, london_day, midnight, stamp, stamp_or_none
from trellis.sample.part import Part
from trellis.sample.records import Case, Child
from trellis.sample.rows.cut import Cut
from trellis.sample.streams import id_from

ONE_IN = 16
A_SHARE = 92 * DAY
JOINT_PLAN = 27 * DAY
# By agency: the parts it sees, what for, and why it needs them.
QUARTERLY = {
    "education": (
        ("chronology", "family", "identity"),
        "education",
        "School plans the days with them and must know what frightens them",
    ),
    "youth_justice": (
        ("chronology", "identity", "missing", "referrals"),
        "justice",
        "They meet every week and plan together round the court's order",
    ),
}
PURPOSES = {
    "education": "School or training and the support they have there",
    "justice": "Support while police, courts or youth justice are involved",
}
SUMMER, AUTUMN = (8, 31), (9, 1)
NAMES = {
    "education": "Education",
    "youth_justice": "Youth justice",
    "housing": "Housing",
    "voluntary": "Voluntary and community",
}
KNOWN_TO = (("health", "Health", "Maureen Achebe-Holt"), ("youth_justice", "Youth justice", "Marcus Thewlis"))
ASKED_BY = "Sunita Hale"


@dataclass(frozen=True)
class Share:
    """Parts of one young person's record, shared with an agency from a moment until a moment."""

    child: Child
    agency: str
    start: int
    end: int
    recalled_at: int | None
    by: str

    @property
    def parts(self) -> tuple[str, ...]:
        return QUARTERLY[self.agency][0]


def write_sharing(part: Part, cut: Cut) -> None:
    for case in part.book.all:
        for agency in QUARTERLY:
            if chosen(case, agency):
                for share in _while_open(case, agency, cut):
                    _write_share(share, cut)
        if chosen(case, "withheld") and cut.has(case.allocated_at):
            _write_withheld(case, "housing", "Where they sleep is not for a landlord to know.", cut)
    pointed = [case for case in part.book.all if chosen(case, "pointer") and cut.has(case.allocated_at)]
    for case in pointed:
        _write_pointer(case, cut)
    if part.number == 0:
        _write_questions([case for case in pointed if not cut.has(case.closed_at)], part.working, cut)
    if part.told:
        for share in _school_years(part.told.case, cut):
            _write_share(share, cut)
        why = "The man he fears helps out at that youth club, and would learn where he is."
        _write_withheld(part.told.case, "voluntary", why, cut)


def chosen(case: Case, word: str) -> bool:
    """One case in so many, by its identifier."""
    return int(id_from(case.id, word)[:8], 16) % ONE_IN == 0


def _while_open(case: Case, agency: str, cut: Cut) -> Iterator[Share]:
    """A partner sees parts from the joint plan on, a quarter at a time, until the case closes."""
    start, closed_at = case.allocated_at + JOINT_PLAN, case.closed_at
    while cut.has(start) and (closed_at is None or start < closed_at):
        end = end_of(london_day(start + A_SHARE))
        recalled_at = closed_at if closed_at is not None and closed_at < end else None
        yield Share(case.child, agency, start, end, recalled_at, case.worker)
        start = end


def _school_years(case: Case, cut: Cut) -> Iterator[Share]:
    """Education sees a part of the story's record, a school year at a time."""
    start, year = case.allocated_at + JOINT_PLAN, london_day(case.allocated_at).year + 1
    while cut.has(start):
        end = end_of(date(year, *SUMMER))
        yield Share(case.child, "education", start, end, None, case.worker)
        start, year = midnight(date(year, *AUTUMN)) + 9 * HOUR, year + 1


def _write_share(share: Share, cut: Cut) -> None:
    key = id_from(share.child.id, "share", share.agency, share.start)
    _, purpose, need = QUARTERLY[share.agency]
    parents_know = int(key[:2], 16) % 4 > 0
    recalled = cut.has(share.recalled_at)
    cut.writer.add(
        "sharing.SharingDecision",
        key,
        stamp(share.start),
        share.child.id,
        "power",
        list(share.parts),
        "",
        cut.directory.agencies[share.agency],
        None,
        "",
        "public_task",
        purpose,
        need,
        True,
        "",
        parents_know,
        "" if parents_know else "They are asked at the next visit",
        "",
        stamp(share.start),
        share.by,
        stamp(share.end),
        cut.known(share.recalled_at),
        share.by if recalled else None,
        "The case closed" if recalled else "",
    )
    end = share.recalled_at if recalled else share.end
    source = {"agency": share.agency, "source": key, "parts": share.parts, "known_end": end}
    cut.grant(share.child.id, f"Shared: {PURPOSES[purpose]}", share.start, None, **source)  # type: ignore[arg-type]
    until = f"until {_day(share.end)}: {parts_in_words(share.parts)}"
    _tell(
        share.child,
        share.start,
        "decided",
        f"Shared with {NAMES[share.agency]} {until}",
        key,
        share.by,
        cut,
        share.agency,
    )
    if share.recalled_at is not None:
        title = f"Recalled what was shared with {NAMES[share.agency]}"
        _tell(share.child, share.recalled_at, "recalled", title, key, share.by, cut)


def _write_withheld(case: Case, agency: str, why: str, cut: Cut) -> None:
    at = case.allocated_at + JOINT_PLAN + 2 * DAY
    if not cut.has(at):
        return
    key = id_from(case.id, "withheld", agency)
    what = ("withheld", ["identity"], "", cut.directory.agencies[agency], None, "", "", "", "", None, "", None, "", why)
    decided = (stamp(at), case.worker, None, None, None, "")
    cut.writer.add("sharing.SharingDecision", key, stamp(at), case.child.id, *what, *decided)
    _tell(case.child, at, "decided", f"Decided not to share with {NAMES[agency]}", key, case.worker, cut)


def _pointer_of(case: Case) -> tuple[str, str, str, str]:
    """Its identifier, and who knows the young person: code, name and whom to ask."""
    return (id_from(case.id, "pointer"), *KNOWN_TO[int(case.id[:2], 16) % len(KNOWN_TO)])


def _write_pointer(case: Case, cut: Cut) -> None:
    key, knows, name, contact = _pointer_of(case)
    child, told, at = case.child, sorted((knows, "education")), case.allocated_at + 3 * HOUR
    if not cut.has(at):
        return
    cut.writer.add(
        "sharing.Pointer",
        key,
        stamp(at),
        child.id,
        f"{child.given} {child.family_name}",
        child.born,
        cut.directory.agencies[knows],
        [cut.directory.agencies[code] for code in told],
        cut.staff.named(contact).id,
        "",
        "",
        stamp(at),
        cut.known(case.closed_at),
        case.worker,
    )
    for code in told:
        cut.grant(
            child.id, f"Pointer: known to {name}", at, case.closed_at, agency=code, source=key, parts=("pointer",)
        )
    _tell(child, at, "pointer", f"Pointer placed: known to {name}", key, case.worker, cut, *told)


def _write_questions(pointed: list[Case], working: WorkingDays, cut: Cut) -> None:
    """Education asked some days ago and was answered; it asked again within the day and waits."""
    answers = ("Yes, every other Thursday. We told him that you ask, and he agreed.", "")
    for case, hours, answer in zip(pointed, (6 * 24, 3), answers, strict=False):
        pointer, knows, _, contact = _pointer_of(case)
        asked_at, key = cut.moment - hours * HOUR, id_from(pointer, "question", cut.moment)
        asking, asked = (cut.directory.agencies[code] for code in ("education", knows))
        by, answering = cut.staff.named(ASKED_BY).id, cut.staff.named(contact).id
        answered_at = asked_at + 5 * HOUR if answer else None
        cut.writer.add(
            "sharing.PointerRequest",
            key,
            stamp(asked_at),
            case.child.id,
            pointer,
            "answered" if answer else "asked",
            asking,
            [asking, asked],
            "Is somebody meeting this young person regularly now? School wants to plan the week around it.",
            stamp(asked_at),
            by,
            stamp(end_of(working.after(london_day(asked_at), 1))),
            answer,
            stamp_or_none(answered_at),
            answering if answer else None,
            None,
        )
        cut.move("sharing.PointerRequestMove", key, "", "asked", asked_at, by)
        if answered_at is not None:
            cut.move("sharing.PointerRequestMove", key, "asked", "answered", answered_at, answering)


def _tell(child: Child, at: int, kind: str, title: str, subject: str, by: str, cut: Cut, *also: str) -> None:
    """Told to the agencies of the hub, and to those it was shared with."""
    limited = sorted({*cut.directory.hub, *(cut.directory.agencies[code] for code in also)})
    told = {"agency": "social_care", "subject": subject, "user": by, "limited_to": limited}
    cut.entry(child.id, at, f"sharing.{kind}", title, **told)  # type: ignore[arg-type]


def _day(end: int) -> str:
    """The last day before the moment at which something is over."""
    last = london_day(end - 1)
    return f"{last.day} {last:%B %Y}"
