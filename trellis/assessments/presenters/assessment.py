"""One assessment in words: its domains with the evidence beside each answer, its clock, what its rule gives. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from trellis.assessments.instruments.definition import (
    HIGHER_IS_WORSE,
    Definition,
    Domain,
    Item,
    ItemKind,
    Scale,
)
from trellis.assessments.instruments.scoring import Result, is_known, value_of
from trellis.assessments.lifecycle import ASSESSMENT, IN_PROGRESS, SIGNED_OFF, STOPPED, SUBMITTED
from trellis.assessments.models import Answer, Assessment, AssessmentMove
from trellis.assessments.queries import Standing, Whole
from trellis.core.presenters import day, moment, plural

KINDS = {
    ItemKind.VULNERABILITY: "What makes it harder",
    ItemKind.INDICATOR: "Sign",
    ItemKind.HARM: "Harm that happened",
    ItemKind.STRENGTH: "Strength",
    ItemKind.CONTEXT: "Places and people around",
    ItemKind.NARRATIVE: "In words",
}
TONES = {IN_PROGRESS: "structure", SUBMITTED: "now", SIGNED_OFF: "done", STOPPED: "plain"}
NOT_ANSWERED = "Not answered"
Rows = list[tuple[str, object]]


@dataclass(frozen=True)
class Line:
    """One answer, with what it rests on and who says so."""

    text: str
    kind: str
    answer: str
    is_answered: bool
    is_known: bool
    evidence: str
    source: str


@dataclass(frozen=True)
class Section:
    """A domain of the tool; ``known`` of ``asked`` items have an answer that says something."""

    code: str
    label: str
    lines: list[Line]
    known: int
    asked: int

    @property
    def progress(self) -> str:
        return f"{self.known} of {self.asked} known"


def sections(definition: Definition, answers: Standing) -> list[Section]:
    values = {key: answer.value for key, answer in answers.items()}
    return [
        Section(
            code=domain.code,
            label=domain.label,
            lines=lines_of(domain.items, answers),
            known=sum(knows(definition, item, values) for item in domain.items),
            asked=len(domain.items),
        )
        for domain in definition.domains
    ]


def knows(definition: Definition, item: Item, values: Mapping[tuple[str, str], Any]) -> bool:
    if definition.counts(item):
        return is_known(definition, item, values)
    return any(value_of(item.scale, values.get((item.code, one))) is not None for one in item.scale.window_codes)


def lines_of(items: Iterable[Item], answers: Standing) -> list[Line]:
    return [
        line(item, window, answers.get((item.code, window))) for item in items for window in item.scale.window_codes
    ]


def line(item: Item, window: str, answer: Answer | None) -> Line:
    value = answer.value if answer else None
    return Line(
        text=asked(item, window),
        kind=KINDS[item.kind],
        answer=said(item.scale, value),
        is_answered=value not in (None, ""),
        is_known=value_of(item.scale, value) is not None,
        evidence=answer.evidence if answer else "",
        source=source_of(answer) if answer and value not in (None, "") else "",
    )


def asked(item: Item, window: str) -> str:
    """What an item asks, and of which time where its scale has several."""
    called = next((one.label for one in item.scale.windows if one.code == window), "")
    return f"{item.text} ({called})" if called else item.text


def said(scale: Scale, value: Any) -> str:
    """An answer in the words of its scale."""
    if value is None or value == "":
        return NOT_ANSWERED
    level = scale.level(value) if isinstance(value, str) else None
    if level:
        return level.label
    return f"{value} of {scale.maximum}" if isinstance(value, int) else str(value)


def source_of(answer: Answer) -> str:
    """``Family or carer; Ada Frost, Health, 3 March 2023``."""
    by = f"{answer.answered_by}, {answer.agency}" if answer.answered_by else str(answer.agency)
    return f"{answer.get_informant_display()}; {by}, {day(answer.answered_at)}"


def weighs(item: Item, value: Any) -> bool:
    """Whether an answer says that something is there: a score above nought, or words."""
    found = value_of(item.scale, value)
    return bool(found) if isinstance(found, int) else found is not None


def worries_and_strengths(definition: Definition, answers: Standing) -> dict[str, list[dict[str, str]]]:
    """What was found there, side by side: neither is larger than the other."""
    found: dict[str, list[dict[str, str]]] = {"worries": [], "strengths": []}
    for item in definition.items:
        for window in item.scale.window_codes:
            answer = answers.get((item.code, window))
            if answer is None or not weighs(item, answer.value):
                continue
            row = {"text": asked(item, window), "answer": said(item.scale, answer.value), "evidence": answer.evidence}
            if item.kind is ItemKind.STRENGTH:
                found["strengths"].append(row)
            elif item.kind in HIGHER_IS_WORSE:
                found["worries"].append(row)
    return found


def completeness(found: Result) -> str:
    return f"{found.completeness}%: {found.answered} of {plural(found.asked, 'item')} known"


def made_with(assessment: Assessment) -> str:
    """What stands with every score: the tool, its version, the day."""
    on = assessment.submitted_at
    return f"{assessment.version}, {f'submitted {day(on)}' if on else 'not submitted yet'}"


def found_rows(whole: Whole) -> Rows:
    """What the tool's own rule gives, and how far it can be relied on."""
    definition, found = whole.definition, whole.result
    rows: Rows = [("Made with", made_with(whole.assessment)), ("Completeness", completeness(found))]
    if definition.is_scored:
        total = "Nothing is known yet that counts" if found.total is None else f"{found.total} of {found.maximum}"
        rows.append(("The rule adds up to", total))
    if definition.bands:
        rows.append(("Band by the rule", band_in_words(definition, found)))
    rows += [("Raised because", floor.why) for floor in found.floors]
    rows += [("Open, as it is not known of the young person", floor.why) for floor in found.floors_open]
    return rows


def band_in_words(definition: Definition, found: Result) -> str:
    band = definition.band(found.band)
    return band.label if band else f"None. {found.no_band_because}"


def judgement_rows(whole: Whole) -> Rows:
    judged = whole.judgement
    if judged is None:
        return []
    band = whole.definition.band(judged.band)
    rows: Rows = [("Band judged", band.label)] if band else []
    rows += [("In words", judged.words), ("Why", judged.why)]
    rows.append(("Judged by", f"{judged.judged_by}, {moment(judged.judged_at)}"))
    return [row for row in rows if row[1]]


def clock(assessment: Assessment, today: date) -> dict[str, Any]:
    """``Due 9 March 2023: 6 days left``; late is said, and never red."""
    left = (assessment.due_on - today).days
    over = assessment.status in (SIGNED_OFF, STOPPED)
    return {"words": f"Due {day(assessment.due_on)}: {days_left(left)}", "late": left < 0, "runs": not over}


def days_left(left: int) -> str:
    if left == 0:
        return "due today"
    return f"{plural(abs(left), 'day')} {'left' if left > 0 else 'overdue'}"


def status_tag(assessment: Assessment) -> tuple[str, str]:
    return ASSESSMENT.statuses[assessment.status], TONES[assessment.status]


def facts(assessment: Assessment) -> Rows:
    rows: Rows = [
        ("Worker", f"{assessment.worker}, {assessment.worker.agency}"),
        ("Clock counts from", day(assessment.clock_started_on)),
        ("Due", day(assessment.due_on)),
        ("Submitted", moment(assessment.submitted_at)),
        ("Signed off", signed_off(assessment)),
    ]
    return [row for row in rows if row[1]]


def signed_off(assessment: Assessment) -> str:
    if assessment.signed_off_at is None:
        return ""
    return f"{moment(assessment.signed_off_at)}, {assessment.signed_off_by}"


def views_rows(assessment: Assessment) -> Rows:
    """What was said beside the answers; what is empty is said by the page, never left out."""
    best = getattr(assessment, "best_placed", None)
    who = ", ".join(map(str, filter(None, (best.who, best.agency)))) if best else ""
    placed = f"{who}. {best.why}" if best else ""
    nrm = ". ".join(filter(None, (assessment.get_nrm_considered_display(), assessment.nrm_why)))
    return [
        ("Family and carers say", assessment.carers_view),
        ("What is understood", assessment.analysis),
        ("National Referral Mechanism considered", nrm),
        ("Best placed to work with them", placed),
    ]


def steps(moves: Iterable[AssessmentMove]) -> list[dict[str, object]]:
    return [
        {
            "at": move.moved_at,
            "what": step_words(move),
            "by": move.moved_by,
            "why": move.why,
        }
        for move in moves
    ]


def step_words(move: AssessmentMove) -> str:
    if move.old == move.new:
        return "Handed over"
    return ASSESSMENT.statuses[move.new] if move.old else "Begun"


def next_domain(definition: Definition, current: Domain) -> Domain | None:
    codes = [domain.code for domain in definition.domains]
    place = codes.index(current.code) + 1
    return definition.domains[place] if place < len(codes) else None


def task_status(section: Section) -> tuple[str, str]:
    """For the list of pages to fill in: words and a tone."""
    if section.known == section.asked:
        return "Complete", "done"
    return (section.progress, "structure") if section.known else ("Not begun", "plain")
