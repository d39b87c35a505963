"""Rows of one released case study: the story of the demonstration, told without who it is about."""

from __future__ import annotations

from trellis.sample.moments import DAY, london_day, stamp
from trellis.sample.records import Case
from trellis.sample.rows.cut import Cut
from trellis.sample.streams import id_from
from trellis.sample.words import words

SECTIONS = ("title", "before", "turning_point", "what_helped", "now", "own_words")
DRAFTED, RELEASED = 30 * DAY, 20 * DAY
STEPS = (("draft", "checked"), ("checked", "proposed"), ("proposed", "released"))


def write_case_study(case: Case, cut: Cut) -> None:
    """Drafted by the worker of the case, released by the manager, both some weeks before the area is cut."""
    drafted, released = cut.moment - DRAFTED, cut.moment - RELEASED
    if case.opened_at >= drafted:
        return
    said, consent = words("case_studies")["story"], words("case_studies")["consent"]
    texts = [said[section] for section in SECTIONS]
    study, story, manager = id_from(case.id, "case study"), id_from(case.id, "released study"), cut.staff.manager.id
    cut.writer.add("case_studies.ReleasedStudy", story, stamp(released), *texts, stamp(released), None)
    cut.writer.add(
        "case_studies.CaseStudy",
        study,
        stamp(drafted),
        1 + len(STEPS),
        *texts,
        case.child.id,
        "released",
        said["pseudonym"],
        london_day(case.opened_at),
        london_day(drafted),
        case.worker,
        story,
        None,
    )
    for who, answered in consent.items():
        asked = london_day(drafted)
        row = (id_from(study, who), stamp(drafted), study, who, "yes", asked, answered, None, case.worker)
        cut.writer.add("case_studies.StudyConsent", *row)
    for number, (old, new) in enumerate(STEPS):
        by = manager if new == "released" else case.worker
        cut.move("case_studies.CaseStudyMove", study, old, new, drafted + number * 5 * DAY, by)
