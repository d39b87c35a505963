"""The way to adulthood by its state, made through the services."""

from datetime import date

from tests.factories import people
from trellis.audit_log.trail import recorded
from trellis.core.clocks import today
from trellis.core.ids import new_id
from trellis.need_to_know import adulthood
from trellis.need_to_know.models import AdultBasis
from trellis.people.models import Person
from trellis.transition import services
from trellis.transition.models import (
    AdultThreshold,
    AdultWorker,
    CapacityAssessment,
    HandOver,
    JointMeeting,
    Readiness,
    SchoolMove,
    TransitionPlan,
)

WANTS = "I want a flat with a door that locks"


def born_to_be(years: int, months: int = 0) -> date:
    """Born so that they are so old today, or became so a few days ago where months are short."""
    day = today()
    back, month = divmod(day.month - 1 - months, 12)
    return date(day.year - years + back, month + 1, min(day.day, 28))


def young_person(years: int = 17, months: int = 0, **fields) -> Person:
    return people.child(date_of_birth=born_to_be(years, months), **fields)


def own_words(person, by, **fields) -> TransitionPlan:
    fields = {"what_i_want": WANTS, "own_words": True, "after": 0, "key": new_id(), **fields}
    with recorded(by, "test", duty="test"):
        return services.write_own_words(person=person, by=by, **fields)


def readiness(person, by, **areas) -> list[Readiness]:
    areas = areas or {"home": ("not_yet", "I do not know where I will live")}
    with recorded(by, "test", duty="test"):
        return services.record_readiness(person=person, looked_on=today(), areas=areas, by=by, key=new_id())


def outcomes(person, by, age: int = 18, **areas):
    areas = areas or {"home": ("mixed", "The hostel is all right")}
    with recorded(by, "test", duty="test"):
        return services.record_outcomes(person=person, age=age, looked_on=today(), areas=areas, by=by, key=new_id())


def capacity(person, by, **fields) -> CapacityAssessment:
    fields = {
        "decision": "Whether to move in with a friend",
        "assessed_on": today(),
        "assessed_by": "Ada Frost",
        "outcome": "can",
        **fields,
    }
    with recorded(by, "test", duty="test"):
        return services.record_capacity(person=person, by=by, key=new_id(), **fields)


def asked(person, by, kind: str = "care_needs", **fields) -> AdultThreshold:
    fields = {"asked_of": "Adult social care", "asked_on": today(), **fields}
    with recorded(by, "test", duty="test"):
        return services.ask_threshold(person=person, kind=kind, by=by, key=new_id(), **fields)


def adult_worker(person, by, name: str = "Morgan Hale", **fields) -> AdultWorker:
    with recorded(by, "test", duty="test"):
        return services.name_adult_worker(person=person, name=name, by=by, key=new_id(), **fields)


def joint_meeting(worker, by, **fields) -> JointMeeting:
    fields = {"met_on": today(), "young_person_came": True, **fields}
    with recorded(by, "test", duty="test"):
        return services.record_joint_meeting(adult_worker=worker, by=by, key=new_id(), **fields)


def handed_over(person, by, what: str = "The safety plan", **fields) -> HandOver:
    fields = {"to_whom": "Leaving care", "handed_on": today(), **fields}
    with recorded(by, "test", duty="test"):
        return services.hand_over(person=person, what=what, by=by, key=new_id(), **fields)


def school_move(person, by, **fields) -> SchoolMove:
    with recorded(by, "test", duty="test"):
        return services.write_school_move(
            person=person, by=by, **{"after": 0, "key": new_id(), "to_school": "Hill High", **fields}
        )


def consent(
    person, by, with_partners: bool = False, words: str = "Yes, if it stays Wanda", starts_on: date | None = None
) -> AdultBasis:
    with recorded(by, "test", duty="test"):
        return adulthood.record_adult_basis(
            person=person,
            kind="consent",
            words=words,
            by=by,
            with_partners=with_partners,
            starts_on=starts_on,
            key=new_id(),
        )


def in_last_year_of_primary() -> date:
    """Turns 11 within the school year of today."""
    day = today()
    began = day.year if (day.month, day.day) >= (9, 1) else day.year - 1
    return date(began - 11, 11, 5)
