"""Rows of panels: of each part of the area its meetings and the one to come, who was talked about, what was agreed.

Each meeting draws from a stream of its own, named by its day: no cut changes what another wrote, but what was still
open then.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from trellis.core.presenters import day as in_words
from trellis.meetings.lifecycle import (
    ASKED,
    DONE,
    GIVEN,
    HELD,
    PLANNED,
    TALKED_ABOUT,
    TO_DO,
    TO_TALK_ABOUT,
    WAITING,
)
from trellis.sample.moments import DAY, HOUR, at, london_day, stamp
from trellis.sample.part import Part
from trellis.sample.records import Case
from trellis.sample.rows.cut import Cut
from trellis.sample.streams import Stream, id_from, stream
from trellis.sample.words import words

EVERY = 28
STARTS = 10
TURN = 1 / 12
FIRST_MEETING = date(2023, 1, 9)
TALKED = 4
REFERRED_DAYS = (4, 20)
REVIEW = timedelta(days=28)
UPDATES_BEFORE = timedelta(days=4)
AGENCIES = ("health", "police")
PANEL = "edge-of-care"


@dataclass(frozen=True)
class Day:
    """A meeting: the day and what everything about it is named by."""

    id: str
    on: date
    starts_at: int


def days_of(part: Part, cut: Cut) -> list[Day]:
    """Every meeting until the cut and the next after it, four weeks apart. Parts take turns: a panel meets one at a
    time."""
    days = [FIRST_MEETING + timedelta(days=past) for past in range(0, (cut.day - FIRST_MEETING).days + EVERY, EVERY)]
    starts = STARTS + part.number * TURN
    return [Day(id_from("panel", part.people.authority, part.number, day), day, at(day, starts)) for day in days]


def write_panels(part: Part, cut: Cut) -> None:
    """What the panel for families at the edge of care talked about."""
    for day in days_of(part, cut):
        _write_meeting(day, part, cut)


def _write_meeting(day: Day, part: Part, cut: Cut) -> None:
    planned_at = day.starts_at - EVERY * DAY
    if not cut.has(planned_at):
        return
    manager, held = cut.staff.manager.id, cut.has(day.starts_at)
    cut.writer.add(
        "meetings.PanelMeeting",
        day.id,
        stamp(planned_at),
        cut.directory.panels[PANEL],
        stamp(day.starts_at),
        day.on - UPDATES_BEFORE,
        "Meeting room 2",
        manager,
        HELD if held else PLANNED,
        ["health", "police", "social_care"] if held else "{}",
        None,
    )
    cut.move("meetings.PanelMeetingMove", day.id, "", PLANNED, planned_at, manager)
    cut.move("meetings.PanelMeetingMove", day.id, PLANNED, HELD, day.starts_at + 2 * HOUR, manager)
    by = stream("panel", day.id)
    for rank, case in enumerate(_talked_about(day, part, by), 1):
        _write_turn(day, rank, case, stream("panel", day.id, case.id), cut)


def _talked_about(day: Day, part: Part, by: Stream) -> list[Case]:
    """Open then, and long enough to be known."""
    known = day.starts_at - EVERY * DAY
    told = part.told.case if part.told else None
    lasting = [
        case
        for case in part.book.all
        if case is not told and case.allocated_at < known and (case.closed_at is None or case.closed_at > day.starts_at)
    ]
    by.shuffle(lasting)
    return lasting[:TALKED]


def _write_turn(day: Day, rank: int, case: Case, by: Stream, cut: Cut) -> None:
    """One young person: referred, asked about, talked about; and what somebody does."""
    referred_at = day.starts_at - by.between(*REFERRED_DAYS) * DAY
    if not cut.has(referred_at):
        return
    held, said = cut.has(day.starts_at), words("panels")
    referral, item = id_from(day.id, case.id, "referral"), id_from(day.id, case.id, "item")
    cut.writer.add(
        "meetings.PanelReferral",
        referral,
        stamp(referred_at),
        case.child.id,
        cut.directory.panels[PANEL],
        by.one(said["why"]),
        by.one(said["childs_view"]),
        "",
        "",
        "",
        None,
        TALKED_ABOUT if held else WAITING,
        stamp(referred_at),
        case.worker,
        None,
    )
    cut.move("meetings.PanelReferralMove", referral, "", WAITING, referred_at, case.worker)
    moment = day.starts_at + rank * 10
    cut.move("meetings.PanelReferralMove", referral, WAITING, TALKED_ABOUT, moment, cut.staff.manager.id)
    cut.entry(
        case.child.id, referred_at, "panel.referred", "Referred to: Edge of care panel", agency="social_care",
        significance=2, subject=referral, user=case.worker,
    )  # fmt: skip
    _write_item(day, rank, case, referral, item, referred_at, by, cut)
    _write_updates(day, case, by, cut)
    if held:
        _write_action(day, case, item, moment, by, cut)


def _write_item(
    day: Day, rank: int, case: Case, referral: str, item: str, referred_at: int, by: Stream, cut: Cut
) -> None:
    manager, built_at, moment = cut.staff.manager.id, day.starts_at - 3 * DAY, day.starts_at + rank * 10
    said, decision, why = by.one(words("panels")["minute"])
    if not cut.has(built_at):
        return
    held = cut.has(moment)
    cut.writer.add(
        "meetings.AgendaItem",
        item,
        stamp(built_at),
        2 if held else 1,
        case.child.id,
        day.id,
        referral,
        rank,
        f"Referred on {in_words(london_day(referred_at))}",
        TALKED_ABOUT if held else TO_TALK_ABOUT,
        said if held else "",
        decision if held else "",
        why if held else "",
        day.on + REVIEW if held else None,
        cut.known(moment),
    )
    cut.move("meetings.AgendaItemMove", item, "", TO_TALK_ABOUT, built_at, manager)
    cut.move("meetings.AgendaItemMove", item, TO_TALK_ABOUT, TALKED_ABOUT, moment, manager)
    cut.entry(
        case.child.id, moment, "panel.talked_about", "Talked about at: Edge of care panel", agency="social_care",
        significance=2, subject=item, user=manager,
    )  # fmt: skip


def _write_updates(day: Day, case: Case, by: Stream, cut: Cut) -> None:
    """What two agencies are asked four days before, and tell."""
    asked_at = day.starts_at - 3 * DAY + HOUR
    tellers = {"health": "Maureen Achebe-Holt", "police": "Gareth Olliver"}
    for code in AGENCIES:
        given_at = asked_at + by.between(4, 40) * HOUR
        text, well = by.one(words("panels")[code])
        if cut.has(asked_at):
            _write_update(day, case, code, (asked_at, given_at), (text, well), cut.staff.named(tellers[code]).id, cut)


def _write_update(
    day: Day, case: Case, code: str, moments: tuple[int, int], told: tuple[str, str], teller: str, cut: Cut
) -> None:
    (asked_at, given_at), manager = moments, cut.staff.manager.id
    request, agency = id_from(day.id, case.id, "asked", code), cut.directory.agencies[code]
    given = cut.has(given_at)
    cut.writer.add(
        "meetings.UpdateRequest",
        request,
        stamp(asked_at),
        case.child.id,
        day.id,
        agency,
        [agency],
        "What has changed since we last met, what worries you, and what goes well?",
        GIVEN if given else ASKED,
        day.on - timedelta(days=1),
        stamp(asked_at),
        manager,
        None,
    )
    cut.move("meetings.UpdateRequestMove", request, "", ASKED, asked_at, manager)
    cut.move("meetings.UpdateRequestMove", request, ASKED, GIVEN, given_at, teller)
    if given:
        cut.writer.add(
            "meetings.PanelUpdate",
            id_from(request, "given"),
            stamp(given_at),
            case.child.id,
            request,
            agency,
            *cut.directory.codings[code],
            "{}",
            "public_task",
            "safeguarding",
            *told,
            stamp(given_at),
            teller,
            None,
        )


def _write_action(day: Day, case: Case, item: str, moment: int, by: Stream, cut: Cut) -> None:
    action, due = id_from(item, "action"), by.between(7, 40)
    done_at = moment + by.between(3, due) * DAY
    what, effect = by.one(words("panels")["action"])
    done = cut.has(done_at)
    cut.writer.add(
        "meetings.PanelAction",
        action,
        stamp(moment),
        2 if done else 1,
        case.child.id,
        item,
        what,
        case.worker,
        day.on + timedelta(days=due),
        DONE if done else TO_DO,
        effect if done else "",
        None,
        stamp(moment),
        cut.staff.manager.id,
    )
    cut.move("meetings.PanelActionMove", action, "", TO_DO, moment, cut.staff.manager.id)
    cut.move("meetings.PanelActionMove", action, TO_DO, DONE, done_at, case.worker, effect)
