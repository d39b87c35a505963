"""Rows of what young people say: views at several steps, what changed, the plan read together, what they say of us.

It draws from a stream of each case's own, so that nothing else in the area changes with it.
"""

from __future__ import annotations

from datetime import date

from trellis.sample.moments import DAY, at, london_day, stamp
from trellis.sample.plans import plan_of
from trellis.sample.records import Case
from trellis.sample.rows.cut import Cut
from trellis.sample.streams import Stream, id_from, stream
from trellis.sample.words import words

WORDS = "voice"
FIRST_DAY = date(2021, 1, 1)
MOST = 8
APART = (21, 120)
HEARD_BY = "Their lead worker"
HOW = {"spoke": 12, "wrote": 3, "message": 4, "drew": 1, "advocate": 1, "interpreter": 1}
NOT_SAID = {"did_not_want": 4, "not_met": 2, "not_safe": 1, "too_soon": 1}
ANSWER = {"agreed": 5, "changes": 3, "unsure": 2}
FACES = {5: 4, 4: 6, 3: 3, 2: 2, 1: 1}
SAY_NOTHING, HAS_CHANGE, READS, SAYS_OF_US, TOLD = 0.15, 0.3, 0.4, 0.25, 0.75


def write_voice(case: Case, cut: Cut, *, told: bool = False) -> None:
    """What was heard in a case from 2021 on, by the cut. ``told``: the story's own words stand for drawn ones."""
    if not cut.has(case.allocated_at) or london_day(case.allocated_at) < FIRST_DAY:
        return
    by = stream("voice", case.id)
    said = _story(case, cut) if told else _write_views(case, by, cut)
    if said is None:
        return
    if not told and by.happens(HAS_CHANGE):
        _write_change(case, said, by, cut)
    if by.happens(READS):
        _write_read(case, said[1], by, cut)
    if by.happens(SAYS_OF_US):
        _write_feedback(case, said[1] + 3 * DAY, by, cut)


def _over(case: Case, moment: int, cut: Cut) -> bool:
    return not cut.has(moment) or (case.closed_at is not None and moment >= case.closed_at)


def _write_views(case: Case, by: Stream, cut: Cut) -> tuple[str, int] | None:
    """The last of them: its id and moment."""
    moment: int = case.allocated_at
    last: tuple[str, int] | None = None
    for number in range(by.between(1, MOST)):
        moment += by.between(*APART) * DAY
        if _over(case, moment, cut):
            break
        step = by.one(tuple(words(WORDS)["said"]))
        asked, said = by.one(words(WORDS)["said"][step])
        if by.happens(SAY_NOTHING):
            _write_view(case, number, step, moment, asked, "", by.pick(NOT_SAID), "", cut)
            continue
        _write_view(case, number, step, moment, asked, said, "", by.pick(HOW), cut)
        last = id_from(case.id, "view", number), moment
    return last


def _story(case: Case, cut: Cut) -> tuple[str, int] | None:
    last = None
    for number, one in enumerate(words(WORDS)["story"]):
        moment = at(one["day"], 17)
        if cut.has(moment):
            _write_view(case, number, one["step"], moment, one["asked"], one["words"], "", one["how"], cut)
            last = id_from(case.id, "view", number), moment
    told = words(WORDS)["story_change"]
    if last and cut.has(at(told["told_on"], 17)):
        _add_change(case, last, "plan", told["what"], told["day"], told["told_on"], told["told"], cut)
    return last


def _write_view(
    case: Case, number: int, step: str, moment: int, asked: str, said: str, not_said: str, how: str, cut: Cut
) -> None:
    cut.writer.add(
        "voice.View",
        id_from(case.id, "view", number),
        stamp(moment),
        case.child.id,
        step,
        london_day(moment),
        said,
        asked,
        not_said,
        "",
        how,
        HEARD_BY,
        bool(said) and number % 2 == 0,
        None,
        "",
        None,
        case.worker,
    )


def _write_change(case: Case, said: tuple[str, int], by: Stream, cut: Cut) -> None:
    one, changed, told = by.one(words(WORDS)["change"]), said[1] + by.between(5, 20) * DAY, by.happens(TOLD)
    if _over(case, changed, cut):
        return
    told_at = changed + 2 * DAY
    told_on = london_day(told_at) if told and cut.has(told_at) else None
    _add_change(case, said, one["where"], one["what"], london_day(changed), told_on, one["told"], cut)


def _add_change(
    case: Case, said: tuple[str, int], where: str, what: str, on: date, told_on: date | None, told: str, cut: Cut
) -> None:
    cut.writer.add(
        "voice.ChangeMade",
        id_from(case.id, "change"),
        stamp(at(on, 17)),
        case.child.id,
        where,
        what,
        on,
        said[0],
        None,
        told_on,
        told if told_on else "",
        case.worker if told_on else None,
        None,
        case.worker,
    )


def _write_read(case: Case, moment: int, by: Stream, cut: Cut) -> None:
    plan, answer = plan_of(case), by.pick(ANSWER)
    said = by.one(words(WORDS)["read"][answer])
    if plan is None or moment <= plan.opened_at:
        return
    cut.writer.add(
        "voice.ReadBack",
        id_from(case.id, "read"),
        stamp(moment),
        case.child.id,
        plan.id,
        1,
        london_day(moment),
        answer,
        said,
        HEARD_BY,
        None,
        case.worker,
    )


def _write_feedback(case: Case, moment: int, by: Stream, cut: Cut) -> None:
    if not cut.has(moment):
        return
    given, said = id_from(case.id, "feedback"), by.one(words(WORDS)["feedback"]["words"])
    whom = "carer" if by.happens(0.2) else "young_person"
    cut.writer.add(
        "voice.Feedback", given, stamp(moment), case.child.id, london_day(moment), whom, said, None, case.worker
    )
    for code, question in sorted(cut.directory.feedback_questions.items()):
        answer = by.one(words(WORDS)["feedback"]["answers"])
        face = by.pick(FACES)
        cut.writer.add("voice.FeedbackAnswer", id_from(given, code), stamp(moment), given, question, face, answer)
