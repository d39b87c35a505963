"""The invented people who work here: everyone a visitor can sign in as, and what they hold."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from trellis.sample.streams import stream

# What Django takes for no password at all: invented people come in by the door of the demonstration or not at all.
NO_PASSWORD = "!invented"  # noqa: S105 the mark of having none
SINCE = date(2018, 4, 1)

# Name, agency, job, team, role. The first is the lead worker of the story's young person.
WORKERS: tuple[tuple[str, str, str, str, str], ...] = (
    ("Rosalind Tarn", "social_care", "Social worker", "hub", "practitioner"),
    ("Ifeoma Ladipo", "social_care", "Social worker", "hub", "practitioner"),
    ("Tomasz Górny", "social_care", "Social worker", "hub", "practitioner"),
    ("Shabnam Kazmi", "social_care", "Social worker", "hub", "practitioner"),
    ("Declan Farrelly", "social_care", "Senior social worker", "hub", "practitioner"),
    ("Bethan Maddock", "social_care", "Social worker", "hub", "practitioner"),
    ("Curtis Bramwell", "social_care", "Social worker", "hub", "practitioner"),
    ("Hodan Rooble", "social_care", "Social worker", "hub", "practitioner"),
    ("Nadia Siddall", "social_care", "Social worker", "hub", "practitioner"),
    ("Gareth Olliver", "police", "Detective sergeant", "hub", "practitioner"),
    ("Priya Venn", "police", "Police constable", "hub", "practitioner"),
    ("Maureen Achebe-Holt", "health", "Specialist nurse", "hub", "practitioner"),
    ("Dr Leila Farnworth", "psychology", "Clinical psychologist", "hub", "practitioner"),
    ("Stuart Penhale", "probation", "Probation officer", "hub", "practitioner"),
    ("Janine Osgood", "early_help", "Early help practitioner", "hub", "practitioner"),
    ("Wendy Castellan", "adult_social_care", "Adult social worker", "hub", "practitioner"),
    ("Amina Yardley", "missing_team", "Missing from home worker", "missing", "missing_worker"),
    ("Peter Lowndes", "missing_team", "Missing from home worker", "missing", "missing_worker"),
    ("Chidera Stubbs", "missing_team", "Missing from home worker", "missing", "missing_worker"),
    ("Fiona Gledhill", "social_care", "Team manager", "management", "manager"),
    ("Harbinder Locke", "police", "Detective inspector", "management", "manager"),
    ("Mei Ransome", "social_care", "Data analyst", "analysis", "analyst"),
    ("Colin Wragg", "social_care", "System administrator", "analysis", "administrator"),
    ("Oluchi Carrick", "social_care", "Information governance officer", "analysis", "auditor"),
    ("Sunita Hale", "education", "Education safeguarding lead", "", "partner"),
    ("Marcus Thewlis", "youth_justice", "Youth justice worker", "", "partner"),
)


@dataclass(frozen=True)
class Worker:
    id: str
    membership_id: str
    name: str
    agency: str
    job: str
    team: str
    role: str

    @property
    def email(self) -> str:
        plain = self.name.removeprefix("Dr ").lower().replace("ó", "o").replace(" ", ".")
        return f"{plain}@example.org"


@dataclass(frozen=True)
class Workforce:
    """Everybody, and who does what."""

    workers: tuple[Worker, ...]

    def of(self, agency: str, role: str = "practitioner") -> list[Worker]:
        return [worker for worker in self.workers if (worker.agency, worker.role) == (agency, role)]

    @cached_property
    def social_workers(self) -> list[Worker]:
        return self.of("social_care")

    @cached_property
    def interviewers(self) -> list[Worker]:
        return self.of("missing_team", "missing_worker")

    @cached_property
    def manager(self) -> Worker:
        return self.of("social_care", "manager")[0]

    def named(self, name: str) -> Worker:
        return next(worker for worker in self.workers if worker.name == name)


def workforce(seed: int) -> Workforce:
    by = stream(seed, "workers")
    return Workforce(tuple(Worker(by.id(), by.id(), *person) for person in WORKERS))
