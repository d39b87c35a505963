"""Rows of assessments: with the scored sample tool until the end of 2022, then with the one that is not scored.

What happens in each follows from the case's identifier alone: no cut, and nothing else that is drawn, changes it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any

from trellis.assessments.editor.samples import FOLDER
from trellis.assessments.instruments.definition import Definition, Item, ItemKind, ScaleKind
from trellis.assessments.instruments.reading import read
from trellis.assessments.instruments.scoring import About, Result, result
from trellis.assessments.lifecycle import IN_PROGRESS, SIGNED_OFF, STOPPED, SUBMITTED
from trellis.sample.moments import DAY, HOUR, WorkingDays, at, london_day, stamp
from trellis.sample.part import Part
from trellis.sample.records import Case
from trellis.sample.rows.cut import Cut
from trellis.sample.streams import Stream, id_from, stream
from trellis.sample.words import words

SCORED, UNSCORED, CHANGED_ON = "sample-scored-exploitation", "sample-strengths", date(2023, 1, 1)
OLDEST = {SCORED: 18, UNSCORED: 25}
YOUNGEST = 10
LIMIT = 15  # working days: the limit assessment.days of the assessments app's reference data
SHARE_ASSESSED, SHARE_IN_TIME, SHARE_AGAIN, SHARE_ASKED, SHARE_KNOWN = 0.72, 0.84, 0.45, 0.5, 0.9
AGAIN = 182 * DAY
AREAS = ("emotional_wellbeing", "missing", "accommodation", "relationships", "education", "substances")
CHANGES = {"improved": 5, "same": 3, "worse": 1, "not_known": 2}


@dataclass(frozen=True)
class Taken:
    """One assessment as it was made. ``ended_at``: the case closed before it was signed off."""

    key: str
    case: Case
    tool: str
    begun_at: int
    due_on: date
    submitted_at: int
    signed_off_at: int
    ended_at: int | None
    by: Stream
    again: bool

    @property
    def about(self) -> About:
        return About(self.case.child.age_on(london_day(self.begun_at)), None)

    @property
    def person(self) -> str:
        return self.case.child.id


@cache
def definition(tool: str) -> Definition:
    return read(json.loads((FOLDER / f"{tool}.json").read_text(encoding="utf-8"))["definition"])


def write_assessments(part: Part, cut: Cut) -> None:
    told = part.told.case if part.told else None
    for case in part.book.all:
        if case is not told and cut.has(case.allocated_at):
            for taken in assessments_of(case, part.working):
                if cut.has(taken.begun_at):
                    _write(taken, cut)


def assessments_of(case: Case, working: WorkingDays) -> Iterator[Taken]:
    """One soon after the case is allocated, and of some another when half a year has gone by."""
    by = stream("assessments", case.id)
    start, last = case.allocated_at + by.between(HOUR, 20 * HOUR), case.closed_at
    if not by.happens(SHARE_ASSESSED):
        return
    yield from _taken(case, start, False, working, stream("assessment", case.id, 1))
    if by.happens(SHARE_AGAIN) and (last is None or start + AGAIN < last):
        yield from _taken(case, start + AGAIN, True, working, stream("assessment", case.id, 2))


def _taken(case: Case, start: int, again: bool, working: WorkingDays, by: Stream) -> Iterator[Taken]:
    day = london_day(start)
    tool = SCORED if day < CHANGED_ON else UNSCORED
    if not YOUNGEST <= case.child.age_on(day) <= OLDEST[tool]:
        return
    low, high = (9, LIMIT) if by.happens(SHARE_IN_TIME) else (LIMIT + 1, 2 * LIMIT)
    signed = at(working.after(day, by.between(low, high)), 15 + by.random() * 2)
    submitted = at(working.after(day, low - 2), 11 + by.random() * 3)
    ended = case.closed_at if case.closed_at is not None and case.closed_at <= signed else None
    yield Taken(
        id_from(case.id, "assessment", again),
        case,
        tool,
        start,
        working.after(day, LIMIT),
        submitted,
        signed,
        ended,
        by,
        again,
    )


def _write(taken: Taken, cut: Cut) -> None:
    by = taken.by
    answers = [(item, value, _said(by, item)) for item in definition(taken.tool).items for value in [_answer(by, item)]]
    found = result(
        definition(taken.tool),
        {(item.code, window): value for item, value, _ in answers for window in item.scale.window_codes},
        taken.about,
    )
    said = {key: by.one(options) for key, options in words("assessments").items()}
    referred = by.happens(0.2)
    asked, differs, placed = by.happens(SHARE_ASKED), by.happens(0.15), by.one(cut.staff.social_workers).name
    changes = [by.pick(CHANGES) if taken.again else "not_known" for _ in AREAS]
    _write_assessment(taken, found, said, referred, cut)
    _write_moves(taken, cut)
    _write_answers(taken, answers, cut)
    if _comes(taken, taken.submitted_at, cut):
        _write_judgement(taken, found, said, differs, cut)
        for area, change in zip(AREAS, changes, strict=True):
            key = id_from(taken.key, area)
            cut.writer.add("assessments.OutcomeView", key, stamp(taken.submitted_at), area, "", change, taken.key)
        key, agency = id_from(taken.key, "placed"), cut.directory.agencies["social_care"]
        at_ = stamp(taken.submitted_at)
        cut.writer.add("assessments.BestPlaced", key, at_, placed, agency, said["best"], taken.key)
    if asked:
        _write_contribution(taken, said, cut)
    _write_chronology(taken, cut)


def _comes(taken: Taken, moment: int, cut: Cut) -> bool:
    """Whether it has come to that: neither after the cut nor after the case closed."""
    return cut.has(moment) and (taken.ended_at is None or moment < taken.ended_at)


def _status(taken: Taken, cut: Cut) -> str:
    if _comes(taken, taken.signed_off_at, cut):
        return SIGNED_OFF
    if taken.ended_at is not None and cut.has(taken.ended_at):
        # What waited for sign-off goes back before it is stopped.
        return STOPPED
    return SUBMITTED if _comes(taken, taken.submitted_at, cut) else IN_PROGRESS


def _write_assessment(taken: Taken, found: Result, said: dict[str, str], referred: bool, cut: Cut) -> None:
    status, worker = _status(taken, cut), taken.case.worker
    there = _comes(taken, taken.submitted_at, cut)
    kept = status in (SUBMITTED, SIGNED_OFF)
    signed = status == SIGNED_OFF
    nrm = (("yes", said["nrm_yes"]) if referred else ("no", said["nrm_no"])) if there else ("not_yet", "")
    cut.writer.add(
        "assessments.Assessment",
        taken.key,
        stamp(taken.begun_at),
        1,
        taken.person,
        taken.case.id,
        cut.directory.tools[taken.tool],
        status,
        worker,
        london_day(taken.begun_at),
        taken.due_on,
        None,
        stamp(taken.submitted_at) if kept else None,
        stamp(taken.signed_off_at) if signed else None,
        cut.staff.manager.id if signed else None,
        *([said[name] for name in ("childs_view", "how")] if there else ["", ""]),
        "",
        *([said[name] for name in ("carers_view", "analysis")] if there else ["", ""]),
        *nrm,
        json.dumps(found.as_json()) if kept else None,
        None,
        worker,
    )


def _write_moves(taken: Taken, cut: Cut) -> None:
    model, worker, manager = "assessments.AssessmentMove", taken.case.worker, cut.staff.manager.id
    cut.move(model, taken.key, "", IN_PROGRESS, taken.begun_at, worker)
    if taken.ended_at is None or taken.submitted_at < taken.ended_at:
        cut.move(model, taken.key, IN_PROGRESS, SUBMITTED, taken.submitted_at, worker)
    if taken.ended_at is None:
        cut.move(model, taken.key, SUBMITTED, SIGNED_OFF, taken.signed_off_at, manager)
        return
    if taken.submitted_at < taken.ended_at:
        cut.move(model, taken.key, SUBMITTED, IN_PROGRESS, taken.ended_at - 1, manager, "The case closes")
    cut.move(model, taken.key, IN_PROGRESS, STOPPED, taken.ended_at, worker, "The case closed")


def _answer(by: Stream, item: Item) -> str | int | None:
    if item.scale.kind is ScaleKind.TEXT:
        return by.one(words("assessments")["strength" if item.kind is ItemKind.STRENGTH else "narrative"])
    if item.scale.kind is ScaleKind.NUMBER:
        return by.between(item.scale.minimum, item.scale.maximum)
    known = [level.code for level in item.scale.levels if level.score is not None]
    unknown = [level.code for level in item.scale.levels if level.score is None] or known
    return by.one(known) if by.happens(SHARE_KNOWN) else by.one(unknown)


def _said(by: Stream, item: Item) -> tuple[str, str]:
    """What an answer rests on, and who says so."""
    evidence = "" if item.scale.kind is ScaleKind.TEXT else by.one(words("assessments")["evidence"])
    return evidence, by.pick({"professional": 5, "child": 3, "family": 2})


def _write_answers(taken: Taken, answers: list[tuple[Item, Any, tuple[str, str]]], cut: Cut) -> None:
    """They come in between the beginning and the day it is submitted."""
    step = max((taken.submitted_at - taken.begun_at - HOUR) // (len(answers) + 1), 1)
    agency = cut.directory.agencies["social_care"]
    for number, (item, value, (evidence, informant)) in enumerate(answers, 1):
        moment = taken.begun_at + number * step
        if not _comes(taken, moment, cut):
            continue
        for window in item.scale.window_codes:
            cut.writer.add(
                "assessments.Answer",
                id_from(taken.key, item.code, window),
                stamp(moment),
                taken.key,
                item.code,
                window,
                1,
                json.dumps(value),
                evidence,
                agency,
                informant,
                stamp(moment),
                taken.case.worker,
            )


def _write_judgement(taken: Taken, found: Result, said: dict[str, str], differs: bool, cut: Cut) -> None:
    bands = [band.code for band in definition(taken.tool).bands]
    band = found.band or ""
    if bands and (differs or not band):
        band = bands[1]
    why = said["why"] if bands and band != found.band else ""
    moment = stamp(taken.submitted_at - HOUR)
    key = id_from(taken.key, "judgement")
    cut.writer.add(
        "assessments.Judgement", key, moment, taken.key, band, said["judgement"], why, moment, taken.case.worker, None
    )


def _write_contribution(taken: Taken, said: dict[str, str], cut: Cut) -> None:
    """The hub's nurse is asked on the second day, and answers before it is submitted."""
    asked_at, given_at = taken.begun_at + DAY, taken.submitted_at - DAY
    if not _comes(taken, asked_at, cut) or given_at <= asked_at:
        return
    nurse = cut.staff.of("health")[0].id
    health, key = cut.directory.agencies["health"], id_from(taken.key, "asked")
    given = _comes(taken, given_at, cut)
    due = london_day(asked_at) + timedelta(days=7)
    cut.writer.add(
        "assessments.ContributionRequest",
        key,
        stamp(asked_at),
        taken.person,
        taken.key,
        health,
        [health],
        nurse,
        said["question"],
        "given" if given else "asked",
        due,
        stamp(asked_at),
        taken.case.worker,
        None,
        None,
    )
    cut.move("assessments.ContributionMove", key, "", "asked", asked_at, taken.case.worker)
    if not given:
        return
    cut.move("assessments.ContributionMove", key, "asked", "given", given_at, nurse)
    cut.writer.add(
        "assessments.Contribution",
        id_from(key, "given"),
        stamp(given_at),
        taken.person,
        key,
        health,
        *cut.directory.codings["health"],
        "{}",
        "public_task",
        "safeguarding",
        said["contribution"],
        said["good"],
        stamp(given_at),
        nurse,
        None,
    )


def _write_chronology(taken: Taken, cut: Cut) -> None:
    told: dict[str, Any] = {"agency": "social_care", "significance": 2, "subject": taken.key}
    body = f"{_name(taken.tool)}, version 1"
    worker = taken.case.worker
    cut.entry(taken.person, taken.begun_at, "assessment.started", "Assessment begun", body=body, user=worker, **told)
    if taken.ended_at is None:
        manager = cut.staff.manager.id
        title = "Assessment signed off"
        cut.entry(taken.person, taken.signed_off_at, "assessment.signed_off", title, body=body, user=manager, **told)


@cache
def _name(tool: str) -> str:
    name: str = json.loads((FOLDER / f"{tool}.json").read_text(encoding="utf-8"))["name"]
    return name
