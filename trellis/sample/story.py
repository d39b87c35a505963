"""One young person's story, told step by step. He is invented; what happens to him happens to many."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from datetime import date

from trellis.sample.interviews import TIME_LIMIT
from trellis.sample.moments import HOUR, at
from trellis.sample.people import People
from trellis.sample.plan import YearPlan
from trellis.sample.records import (
    Adult,
    Case,
    Child,
    Entry,
    Episode,
    Family,
    Interview,
    Referral,
    Related,
    School,
    Spell,
)
from trellis.sample.referrals import ASSESSED, Slot
from trellis.sample.statuses import IN_NEED
from trellis.sample.streams import Stream, stream
from trellis.sample.users import Workforce
from trellis.sample.words import words

YEAR = "2022/23"
CASE_REFERENCE = "CSH-2205-000000"
REFERRAL_REFERENCE = "REF-2223-00000"
BORN = date(2008, 2, 11)
GROUP = "white_british"
REFERRED_ON = date(2022, 5, 24)


@dataclass(frozen=True)
class Step:
    """One step: when, what, told by which agency. ``kind`` is a kind of chronology entry."""

    day: date
    hour: float
    kind: str
    title: str
    text: str
    agency: str
    worker: str = ""
    significance: int = 2

    @property
    def written_as_entry(self) -> bool:
        """Reports, returns, interviews, referral and case make their own entries."""
        return not self.kind.startswith(("missing.", "referral.", "case."))


def story_steps() -> tuple[Step, ...]:
    """The steps in order of time."""
    return tuple(Step(**step) for step in words("story")["steps"])


def story_person_id(seed: int = 1) -> uuid.UUID:
    """The identifier of the young person of the story in an area made with this seed."""
    return uuid.UUID(stream(seed, "story", "person").id())


@dataclass
class Story:
    """The rows behind the steps, to be counted in the totals of their year."""

    seed: int
    staff: Workforce
    slot: Slot
    pattern: tuple[str, ...] = (IN_NEED,)
    child: Child = field(init=False)
    referral: Referral = field(init=False)
    case: Case = field(init=False)

    @classmethod
    def of(cls, plan: YearPlan, seed: int, staff: Workforce) -> Story | None:
        """The story in its own year, nothing in any other."""
        if plan.year != YEAR:
            return None
        return cls(seed, staff, Slot(REFERRED_ON, "M", GROUP, 14, "CCE"))

    def begin(self, people: People, by: Stream) -> None:
        """The young person, those around him, the referral and the case."""
        about = words("story")["about"]
        self.child = self._child(people, about, by)
        people.children.append(self.child)
        self.referral = self._referral(about, by)
        lead = self.staff.workers[0]
        self.case = Case(
            id=by.id(),
            reference=CASE_REFERENCE,
            child=self.child,
            opened_at=self.referral.decided_at,
            why=f"Referral {REFERRAL_REFERENCE} accepted for assessment",
            opened_by=self.staff.manager.id,
            worker=lead.id,
            allocated_at=self.referral.decided_at + HOUR,
            allocation_id=by.id(),
        )

    def _child(self, people: People, about: dict[str, str], by: Stream) -> Child:
        home = Family(about["family_name"], "WBRI", GROUP, "british", "M400ZX", "Moston", people.authority)
        child = Child(
            id=story_person_id(self.seed).hex,
            number=len(people.children),
            given=about["given_name"],
            family_name=about["family_name"],
            born=BORN,
            sex="M",
            family=home,
            known_from=self._first_report(),
            pronouns="he/him",
            defined_by="self",
            own_words=about["own_words"],
            safe_contact=about["safe_contact"],
            spells=[Spell(by.id(), IN_NEED, date(2022, 5, 27))],
            schools=[
                School(by.id(), "mainstream", "none", "Northfield High", date(2019, 9, 2), date(2022, 9, 6)),
                School(by.id(), "alternative_provision", "none", "The Skills Yard", date(2022, 9, 6), date(2023, 1, 9)),
                School(by.id(), "mainstream", "none", "Northfield High", date(2023, 1, 9)),
            ],
        )
        home.children.append(child)
        home.parent = self._around(people, child, home, about["mother"], date(1984, 6, 3), "F", "parent", by)
        self._around(people, child, home, about["grandmother"], date(1957, 11, 20), "F", "trusted_adult", by)
        elsewhere = Family("", "NOBT", "not_known", "british", "", "", people.authority)
        self._around(people, child, elsewhere, about["adult_of_concern"], date(1995, 3, 14), "M", "concern", by)
        return child

    def _around(
        self, people: People, child: Child, home: Family, name: str, born: date, sex: str, kind: str, by: Stream
    ) -> Adult:
        given, family_name = name.split(" ", 1)
        adult = Adult(by.id(), given, family_name, born, sex, home, child.known_from)
        people.adults.append(adult)
        child.related.append(Related(by.id(), adult, kind, words("story")["about"].get(f"note_{kind}", "")))
        return adult

    def _first_report(self) -> int:
        first = words("story")["episodes"][0]
        return at(first["reported_on"], first["reported"])

    def _referral(self, about: dict[str, str], by: Stream) -> Referral:
        return Referral(
            id=by.id(),
            reference=REFERRAL_REFERENCE,
            child=self.child,
            received_at=at(REFERRED_ON, 11.25),
            source_code="2A",
            agency="education",
            types=["CCE"],
            harm_seen="",
            concerns=about["concerns"],
            strengths=about["strengths"],
            child_knows=True,
            immediate_danger=False,
            due_on=date(2022, 5, 25),
            decision=ASSESSED,
            decided_at=at(date(2022, 5, 25), 10.5),
            decided_by=self.staff.manager.id,
            reason=about["decision"],
        )

    def episodes(self, staff: Workforce) -> list[Episode]:
        """Four times missing, with what he said or did not want to say afterwards."""
        by = stream(self.seed, "story", "episodes")
        made = [self._episode(told, number, staff, by) for number, told in enumerate(words("story")["episodes"], 1)]
        self.child.free_from = made[-1].returned_at + HOUR
        return made

    def _episode(self, told: dict[str, object], number: int, staff: Workforce, by: Stream) -> Episode:
        def moment(word: str) -> int:
            return at(told[f"{word}_on"], told[word])  # type: ignore[arg-type]

        returned_at, settled_at = moment("returned"), moment("settled")
        outcome = str(told["outcome"])
        interview = Interview(
            id=by.id(),
            outcome=outcome,
            due_at=returned_at + TIME_LIMIT,
            offered_at=returned_at + 3 * HOUR,
            accepted_at=None if outcome == "declined" else returned_at + 20 * HOUR,
            settled_at=settled_at,
            worker=staff.interviewers[0].id,
            **told.get("interview", {}),  # type: ignore[arg-type]
        )
        return Episode(
            id=by.id(),
            police_ref=f"MIS-2223-S{number:05d}",
            child=self.child,
            kind="home",
            last_seen_at=moment("reported") - 5 * HOUR,
            reported_at=moment("reported"),
            returned_at=returned_at,
            grade=str(told["grade"]),
            grade_before="",
            regraded_at=0,
            reported_by="Parent",
            found_where=str(told["found_where"]),
            found_with=str(told["found_with"]),
            officer="PC 10417",
            out_of_area=False,
            interview=interview,
        )

    def entries(self, staff: Workforce) -> list[Entry]:
        """The steps that are entries of their own."""
        by = stream(self.seed, "story", "entries")
        return [
            Entry(
                id=by.id(),
                child=self.child,
                happened_at=at(step.day, step.hour),
                kind=step.kind,
                title=step.title,
                body=step.text,
                significance=step.significance,
                agency=step.agency,
                by=staff.named(step.worker).id if step.worker else None,
            )
            for step in story_steps()
            if step.written_as_entry
        ]
