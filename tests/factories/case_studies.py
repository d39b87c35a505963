"""Case studies by their state, made through the services so that they are whole."""

from datetime import date, timedelta

from tests.factories.prepared import prepared
from trellis.accounts.models import User
from trellis.case_studies import services
from trellis.case_studies.models import CaseStudy, StudyConsent
from trellis.cases.models import Significance
from trellis.cases.services import add_chronology_entry
from trellis.core.clocks import start_of_day, today
from trellis.people.models import Person

TEXTS = {
    "title": "A way back",
    "before": "There were nights away from home and new clothes that nobody had paid for.",
    "turning_point": "An older acquaintance was told to stay away.",
    "what_helped": "The same worker came each week and did not give up.",
    "now": "There are lessons each day and a place to train for work.",
    "own_words": "",
}


def happened(person: Person, days: int, title: str, body: str = "", **fields: object) -> None:
    """An entry so many days after the start of the year 2025."""
    with prepared():
        add_chronology_entry(
            person=person,
            happened_at=start_of_day(date(2025, 1, 1) + timedelta(days=days)),
            title=title,
            body=body,
            **{"kind": "note", "by": None, "significance": Significance.NOTABLE, **fields},
        )


def draft(person: Person, by: User, **fields: object) -> CaseStudy:
    """A draft of the year 2025 as the drafter makes it."""
    with prepared():
        dates = {"since": date(2025, 1, 1), "until": date(2025, 12, 31)}
        return services.draft_case_study(person=person, by=by, **{**dates, **fields})


def clear(person: Person, by: User) -> CaseStudy:
    """A story in which nothing is found."""
    study = draft(person, by)
    with prepared():
        return services.change_case_study(study=study, after=study.revision, by=by, **TEXTS)


def said(study: CaseStudy, by: User, answer: str = "yes", who: str = "young_person") -> StudyConsent:
    with prepared():
        return services.record_consent(
            study=study, who=who, answer=answer, asked_on=today(), words="Yes, tell it", by=by
        )


def released(person: Person, by: User, second: User) -> CaseStudy:
    """Checked, agreed to by both, released by a second person."""
    study = clear(person, by)
    said(study, by)
    said(study, by, who="parent")
    with prepared():
        services.propose_case_study(study=study, by=by)
        services.release_case_study(study=study, by=second)
    study.refresh_from_db()
    return study
