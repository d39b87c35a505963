"""The monthly missing report answered a second time, over the database's rows: naive loops and nothing else."""

from collections import Counter
from datetime import date, timedelta

from trellis.core.clocks import LONDON, age_on, london_date
from trellis.core.models import Limit

HOUR = timedelta(hours=1)
OFFERED = ("completed", "covered", "accepted", "offered", "declined")
RI = "missing.return_interviews."


def missing_month(area, span):
    """{(measure, breakdown, category): (numerator, denominator)} of the measures the monthly report adds."""
    rows = [row for row in area.episodes.values() if row.status != "merged"]
    reports = [row for row in rows if span[0] <= london_date(row.reported_at) <= span[1]]
    returns = [row for row in rows if row.returned_at and span[0] <= london_date(row.returned_at) <= span[1]]
    interviews = {row.episode_id: row for row in area.interviews}
    by_id = {row.id: row for row in area.interviews}
    answer = {**described(area, reports), **children(rows, reports, span), **after(area, returns, interviews, by_id)}
    out = [r for r in rows if london_date(r.reported_at) <= span[1] and not returned_by(r, span[1])]
    answer["missing.still_missing", "", ""] = (len(out), None)
    high = [row for row in reports if row.risk_grade == "high"]
    answer["missing.graded_high", "", ""] = (len(high), len(reports))
    return answer | equal(area, "equity.graded_high", high, reports)


def returned_by(row, day):
    return row.returned_at is not None and london_date(row.returned_at) <= day


def described(area, reports):
    at = [row.reported_at.astimezone(LONDON) for row in reports]
    cuts = {
        "kind": [row.kind for row in reports],
        "area": [
            "placed_here" if r.responsible_authority else "out_of_area" if r.out_of_area else "in_area" for r in reports
        ],
        "age_band": [band(age_on(area.people[r.person_id].date_of_birth, london_date(r.reported_at))) for r in reports],
        "risk_grade": [row.risk_grade or "not_known" for row in reports],
        "part_of_week": [f"{one.isoweekday()}-{one.hour // 4 * 4:02d}" for one in at],
        "hour": [str(one.hour) for one in at],
        "weekday": [str(one.isoweekday()) for one in at],
    }
    profile = {
        "sex": [area.people[row.person_id].sex for row in reports],
        "send": [send(area, row) for row in reports],
    }
    return counts("missing.reports_described", reports, cuts) | counts("missing.reports_profile", reports, profile)


def band(age):
    return "under_12" if age < 12 else "12_to_13" if age < 14 else "14_to_15" if age < 16 else "16_to_17"


def send(area, row):
    day = london_date(row.reported_at)
    spells = [
        s for s in area.schools.get(row.person_id, ()) if s.starts_on <= day and (not s.ends_on or s.ends_on > day)
    ]
    return spells[0].send if spells else "not_known"


def children(rows, reports, span):
    days, times = {}, {}
    for row in rows:
        days.setdefault(row.person_id, []).append(london_date(row.reported_at))
        times.setdefault(row.person_id, []).append(row.reported_at)
    opened = date(span[0].year - (span[0].month < 4), 4, 1)
    new = {row.person_id for row in reports if not any(opened <= day < span[0] for day in days[row.person_id])}
    often = {row.person_id for row in reports if is_often(row, times[row.person_id])}
    return {
        ("missing.children_first_this_year", "", ""): (len(new), None),
        ("missing.children_repeatedly", "", ""): (len(often), None),
    }


def is_often(row, times):
    day = london_date(row.reported_at)
    count, span = (in_force(name, day) for name in ("missing.repeat_count", "missing.repeat_days"))
    return sum(row.reported_at - 24 * span * HOUR < other <= row.reported_at for other in times) >= count


_limits = []


def in_force(name, day):
    if not _limits:
        _limits.extend(Limit.objects.all())
    rows = [r for r in _limits if r.name == name and r.valid_from <= day and (not r.valid_to or r.valid_to > day)]
    return rows[0].value


def after(area, returns, interviews, by_id):
    places = {code.label: code.code for code in area.codes if code.list == "missing_found_place"}
    cuts = {
        "length": [length(row.returned_at - (row.last_seen_at or row.reported_at)) for row in returns],
        "found_place": [places.get(r.found_where, "not_listed") if r.found_where else "not_known" for r in returns],
    }
    become = {row.id: interviews[row.id].status if row.id in interviews else "awaiting_offer" for row in returns}
    answer = counts("missing.returns", returns, cuts)
    for one, number in Counter(become.values()).items():
        answer[f"{RI}outcomes", "outcome", one] = (number, len(returns))
    offered = [row for row in returns if become[row.id] in OFFERED]
    held = [row for row in returns if become[row.id] in ("completed", "covered")]
    prompt = [row for row in held if in_time(interviews[row.id], by_id)]
    without = [row for row in returns if become[row.id] in ("declined", "not_offered")]
    reasons = [interviews[row.id].decline_reason or "not_known" for row in without]
    answer[f"{RI}offered_of_returns", "", ""] = (len(offered), len(returns))
    answer[f"{RI}completed_of_returns", "", ""] = (len(held), len(returns))
    answer |= counts(f"{RI}none_by_reason", without, {"reason": reasons})
    answer |= equal(area, "equity.interview_offered", offered, returns)
    return answer | equal(area, "equity.interview_within_72h", prompt, returns)


def in_time(interview, by_id):
    """Held itself, or covered by another conversation, within 72 elapsed hours: its own due time."""
    held = by_id[interview.covered_by_id] if interview.covered_by_id else interview
    return held.completed_at is not None and held.completed_at <= interview.due_at


def length(away):
    if away < 6 * HOUR:
        return "under_6_hours"
    if away < 24 * HOUR:
        return "6_to_24_hours"
    return "24_to_48_hours" if away <= 48 * HOUR else "over_48_hours"


def equal(area, measure, some, rows):
    answer = {(measure, "", ""): (len(some), len(rows))}
    ask = {
        "ethnicity_group": lambda row: area.ethnicity(row.person_id, london_date(row.reported_at)),
        "sex": lambda row: area.people[row.person_id].sex,
    }
    for key, category in ask.items():
        above, below = Counter(map(category, some)), Counter(map(category, rows))
        answer |= {(measure, key, one): (above[one], number) for one, number in below.items()}
    return answer


def counts(measure, rows, cuts):
    answer = {(measure, "", ""): (len(rows), None)}
    for key, values in cuts.items():
        answer |= {(measure, key, one): (number, None) for one, number in Counter(values).items()}
    return answer
