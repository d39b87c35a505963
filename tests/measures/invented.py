"""Hypothesis strategies for small invented snapshots, crowded around the places where counting goes wrong."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from trellis.measures import tables

LONDON = ZoneInfo("Europe/London")

# Year boundaries, a leap day, both clock changes, and days around them.
EDGES = [
    date(2019, 4, 1),
    date(2020, 2, 29),
    date(2020, 3, 31),
    date(2022, 3, 31),
    date(2022, 4, 1),
    date(2022, 10, 30),
    date(2023, 3, 26),
    date(2023, 3, 31),
    date(2023, 4, 1),
]
days = st.sampled_from(EDGES) | st.dates(date(2022, 1, 1), date(2023, 6, 30))
children = st.integers(1, 6).map("child-{}".format)
COMMON = {
    "sex": st.sampled_from([*tables.SEXES, None]),
    "ethnicity_group": st.sampled_from([*tables.ETHNICITY_GROUPS, None]),
}


def maybe(strategy):
    return st.none() | strategy


def london_day(at: datetime | None) -> date | None:
    """The London day of a UTC time: 23:30 on 31 March in summer time is 1 April."""
    return None if at is None else at.replace(tzinfo=UTC).astimezone(LONDON).date()


@st.composite
def moments(draw):
    """A UTC time without offset, often within an hour of midnight."""
    day = draw(days)
    second = draw(st.sampled_from([0, 1, 3599, 82800, 84600, 86399]) | st.integers(0, 86399))
    return datetime(day.year, day.month, day.day) + timedelta(seconds=second)


@st.composite
def spells(draw):
    starts_on = draw(days)
    length = draw(maybe(st.integers(0, 500)))
    return starts_on, None if length is None else starts_on + timedelta(days=length)


@st.composite
def referral(draw):
    received_at = draw(moments())
    return {
        "child_key": draw(children),
        "received_at": received_at,
        "received_on": london_day(received_at),
        "primary_type": draw(st.sampled_from([*tables.EXPLOITATION_TYPES, "a_new_code", None])),
        "source_agency": draw(st.sampled_from(["police", "education", "health", None])),
        "age": draw(maybe(st.integers(9, 18))),
        "decision": draw(st.sampled_from(["accepted_advice", "redirected", None])),
        "decided_on": draw(maybe(days)),
        "decision_due_on": draw(maybe(days)),
        **{name: draw(strategy) for name, strategy in COMMON.items()},
    }


@st.composite
def case(draw):
    opened_on, closed_on = draw(spells())
    reason = draw(st.sampled_from(["goals_met", "moved_area", None]))
    return {"child_key": draw(children), "opened_on": opened_on, "closed_on": closed_on, "closure_reason": reason}


def outcomes_of(rows, status):
    """Each area of each case that closed, and of an area added locally."""
    return [
        {"child_key": row["child_key"], "closed_on": row["closed_on"], "area": area, "status": status(row, area)}
        for row in rows
        if row["closed_on"]
        for area in (*tables.OUTCOME_AREAS, "chess")
    ]


@st.composite
def assessment(draw):
    """Signed off on, just before or just after the day it was due, or at any time."""
    due_on = draw(maybe(days))
    near = due_on + timedelta(days=draw(st.integers(-1, 1))) if due_on else draw(days)
    status = draw(st.sampled_from(["in_progress", "submitted", "signed_off", "signed_off", "stopped"]))
    signed_off_on = draw(st.just(near) | days | st.none()) if status == "signed_off" else None
    return {"child_key": draw(children), "status": status, "due_on": due_on, "signed_off_on": signed_off_on}


@st.composite
def legal_status(draw):
    starts_on, ends_on = draw(spells())
    kind = draw(st.sampled_from(tables.LEGAL_STATUSES))
    return {"child_key": draw(children), "kind": kind, "starts_on": starts_on, "ends_on": ends_on}


@st.composite
def schooling(draw):
    starts_on, ends_on = draw(spells())
    return {
        "child_key": draw(children),
        "provision": draw(st.sampled_from(["mainstream", "alternative_provision", "pupil_referral_unit", None])),
        "send": draw(st.sampled_from(["none", "sen_support", "ehc_plan", "not_known", None])),
        "starts_on": starts_on,
        "ends_on": ends_on,
    }


@st.composite
def missing_report(draw):
    reported_at = draw(moments())
    away = draw(maybe(st.integers(0, 400)))
    returned_at = None if away is None else reported_at + timedelta(hours=away)
    began_at = reported_at
    if returned_at is not None and draw(st.booleans()):
        band = draw(st.sampled_from([6, 24, 48]))
        began_at = returned_at - timedelta(hours=band, seconds=draw(st.integers(-1, 1)))
    return {
        "child_key": draw(children),
        "kind": draw(st.sampled_from(tables.MISSING_KINDS)),
        "area": draw(st.sampled_from(tables.AREAS)),
        "send": draw(st.sampled_from([*tables.SEND, None])),
        "risk_grade": draw(st.sampled_from(["very_low", "medium", "high", "not_listed", None])),
        "found_place": draw(st.sampled_from(["came_home", "city_centre", None])),
        "recent_reports": draw(st.integers(1, 4)),
        "repeat_limit": draw(st.sampled_from([3, None])),
        "reported_at": reported_at,
        "reported_on": london_day(reported_at),
        "reported_hour": draw(st.integers(0, 23)),
        "reported_weekday": draw(st.integers(1, 7)),
        "began_at": began_at,
        "returned_at": returned_at,
        "returned_on": london_day(returned_at),
        "age": draw(maybe(st.integers(9, 18))),
        "legal_status": draw(st.sampled_from([*tables.HIGHEST_LEGAL_STATUSES, None])),
        "reason": draw(st.sampled_from(["friends", "family", None])),
        **{name: draw(strategy) for name, strategy in COMMON.items()},
    }


@st.composite
def return_interview(draw, report):
    """An interview after this report; held at, just before or just after 72 elapsed hours, or at any time."""
    status = draw(
        st.sampled_from(
            ["completed", "completed", "covered", "declined", "accepted", "offered", "not_offered", "withdrawn"]
        )
    )
    returned_at = report["returned_at"]
    due_at = None if returned_at is None else returned_at + timedelta(hours=72)
    near = st.sampled_from([-1, 0, 1]) | st.integers(-250_000, 250_000)
    held_at = draw(moments()) if due_at is None else due_at + timedelta(seconds=draw(near))
    completed_at = held_at if status == "completed" or (status != "covered" and draw(st.booleans())) else None
    return {
        "report_key": report["report_key"],
        "child_key": report["child_key"],
        "status": status,
        "completed_at": completed_at,
        "completed_on": london_day(completed_at),
        "covered_at": draw(maybe(st.just(held_at))) if status == "covered" else None,
        "returned_at": returned_at,
        "due_at": due_at,
        "delay_reason": draw(st.sampled_from(["child_choice", "service", None])),
        "decline_reason": draw(st.sampled_from(["did_not_want", "could_not_be_reached", None])),
    }


def told_by_health(**more):
    """An update or a letter of a day."""
    return st.fixed_dictionaries({"child_key": children, "told_on": moments().map(london_day), **more})


@st.composite
def nrm_referral(draw, number):
    """The stages of one referral, each from the day the one before ended; some of them on the day it was sent."""
    on, rows = london_day(draw(moments())), []
    submitted_on, last = on, draw(st.integers(0, 3))
    for place in range(last + 1):
        ends_on = on + timedelta(days=draw(st.integers(1, 400))) if place < last else None
        rows.append(
            {
                "referral_key": f"nrm-{number}",
                "child_key": draw(children),
                "submitted_on": submitted_on,
                "stage": draw(st.sampled_from(tables.NRM_STAGES)) if place else "referred",
                "outcome": draw(st.sampled_from([*tables.NRM_OUTCOMES, "not_known", "not_listed"])),
                "starts_on": on,
                "ends_on": ends_on,
            }
        )
        on = ends_on or on
    return rows


@st.composite
def snapshots(draw, most=12):
    """Rows by table. A report may have no interview, one, or two; children recur, so twins and repeats arise."""
    reports = draw(st.lists(missing_report(), max_size=most))
    for number, report in enumerate(reports):
        report["report_key"] = f"report-{number}"
    interviews = [
        draw(return_interview(report)) for report in reports for _ in range(draw(st.sampled_from([0, 1, 1, 2])))
    ]
    cases, turn = draw(st.lists(case(), max_size=most)), draw(st.integers(0, 5))
    statuses = tables.OUTCOME_STATUSES
    return {
        "referrals": draw(st.lists(referral(), max_size=most)),
        "cases": cases,
        "outcomes": outcomes_of(cases, lambda row, area: statuses[(turn + row["closed_on"].day + len(area)) % 6]),
        "assessments": draw(st.lists(assessment(), max_size=most)),
        "health_updates": draw(st.lists(told_by_health(), max_size=most)),
        "gp_letters": draw(st.lists(told_by_health(occasion=st.sampled_from(["opening", "closing"])), max_size=most)),
        "nrm_stages": [row for number in range(draw(st.integers(0, most))) for row in draw(nrm_referral(number))],
        "legal_statuses": draw(st.lists(legal_status(), max_size=most)),
        "education": draw(st.lists(schooling(), max_size=most)),
        "missing_reports": reports,
        "return_interviews": interviews,
    }


def examples(most: int) -> settings:
    """Each example writes a snapshot, in the same folder over the last one."""
    health = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
    return settings(max_examples=most, deadline=None, suppress_health_check=health)
