"""A case study drafted from the record of each child of the matrix, and a released story that tells of none of them."""

from typing import Any
from uuid import UUID

from trellis.accounts.models import User
from trellis.case_studies.models import CaseStudy, CaseStudyMove, HarmlessReason, ReleasedStudy, Story, StudyConsent
from trellis.core.clocks import now, today
from trellis.people.models import Person

READ = "CHILD_READ"
DRAFTS, RELEASES = f"{READ} CASE_STUDY_WRITE", f"{READ} CASE_STUDY_RELEASE"


def write_case_study(name: str, child: Person, by: User, word: Any) -> dict[str, dict[str, UUID]]:
    """Gives, by kind, what an address of it names."""
    texts = {part: word(name, f"story{part.replace('_', '')}") for part in ("title", *Story.SECTIONS)}
    study = CaseStudy.objects.create(
        person=child, pseudonym="Ash", starts_on=today(), ends_on=today(), recorded_by=by, **texts
    )
    CaseStudyMove.objects.create(
        study=study, old="checked", new="draft", moved_at=now(), moved_by=by, why=word(name, "storymove")
    )
    HarmlessReason.objects.create(
        study=study, kind="capital", matched=word(name, "storyword"), why=word(name, "storywhy"), recorded_by=by
    )
    StudyConsent.objects.create(
        study=study, who="young_person", answer="no", asked_on=today(), words=word(name, "storyno"), recorded_by=by
    )
    story = ReleasedStudy.objects.create(title="A way back", now="There are lessons each day.", released_at=now())
    return {"case study": {"person_id": child.id, "study_id": study.id}, "released study": {"study_id": story.id}}


def sees_study(_: Any, ask: Any) -> bool:
    return bool(ask.sees("record") and ask.sees_row("case_studies_casestudy", "study_id"))


def drafts_or_releases(ask: Any) -> int | None:
    """Consent is recorded, and a story withdrawn, by whoever drafts or releases, with the whole record."""
    if not (ask.may("CASE_STUDY_WRITE") or ask.may("CASE_STUDY_RELEASE")):
        return 403
    return None if ask.sees_whole() else 404
