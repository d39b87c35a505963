"""The monthly missing report's measures again, in plain Python over the rows of a snapshot: slow and naive."""

from collections import Counter
from datetime import timedelta
from decimal import ROUND_HALF_UP, Decimal

RI = "missing.return_interviews."
OUTCOMES = ("completed", "covered", "accepted", "offered", "declined", "not_offered", "withdrawn")
HOUR = timedelta(hours=1)


def missing_month(found, rows, first, last):
    everything = rows.get("missing_reports", [])
    reports = [row for row in everything if first <= row["reported_on"] <= last]
    returns = [row for row in everything if row["returned_on"] and first <= row["returned_on"] <= last]
    interviews = {}
    for row in rows.get("return_interviews", []):
        interviews.setdefault(row["report_key"], []).append(row)
    _reports(found, reports)
    _children(found, everything, reports, first, last)
    _returns(found, returns, interviews)
    out = [
        row
        for row in everything
        if row["reported_on"] <= last and not (row["returned_on"] and row["returned_on"] <= last)
    ]
    _count(found, "missing.still_missing", out)


def _reports(found, reports):
    _count(
        found,
        "missing.reports_described",
        reports,
        kind=lambda row: row["kind"],
        area=lambda row: row["area"],
        age_band=lambda row: _age_band(row["age"]),
        risk_grade=lambda row: row["risk_grade"],
        part_of_week=lambda row: f"{row['reported_weekday']}-{row['reported_hour'] // 4 * 4:02d}",
        hour=lambda row: row["reported_hour"],
        weekday=lambda row: row["reported_weekday"],
    )
    _count(found, "missing.reports_profile", reports, sex=lambda row: row["sex"], send=lambda row: row["send"])
    high = [row for row in reports if row["risk_grade"] == "high"]
    _share(found, "missing.graded_high", high, reports)
    _share(found, "equity.graded_high", high, reports, "ethnicity_group", "sex")


def _age_band(age):
    if age is None:
        return None
    return "under_12" if age < 12 else "12_to_13" if age < 14 else "14_to_15" if age < 16 else "16_to_17"


def _children(found, everything, reports, first, last):
    starts = {}
    for row in everything:
        day = row["reported_on"]
        key = (row["child_key"], day.year if (day.month, day.day) >= (4, 1) else day.year - 1)
        starts[key] = min(starts.get(key, day), day)
    new = {child for (child, _year), day in starts.items() if first <= day <= last}
    _count(found, "missing.children_first_this_year", new)
    often = {
        row["child_key"] for row in reports if row["repeat_limit"] and row["recent_reports"] >= row["repeat_limit"]
    }
    _count(found, "missing.children_repeatedly", often)


def _returns(found, returns, interviews):
    _count(
        found,
        "missing.returns",
        returns,
        length=lambda row: _length(row["returned_at"] - row["began_at"]),
        found_place=lambda row: row["found_place"],
    )

    def outcome(row):
        had = {interview["status"] for interview in interviews.get(row["report_key"], [])}
        return next((one for one in OUTCOMES if one in had), "awaiting_offer")

    for one, number in Counter(map(outcome, returns)).items():
        _put(found, f"{RI}outcomes", "outcome", one, number, len(returns))
    offered = [row for row in returns if outcome(row) in ("completed", "covered", "accepted", "offered", "declined")]
    held = [row for row in returns if outcome(row) in ("completed", "covered")]
    _share(found, f"{RI}offered_of_returns", offered, returns)
    _share(found, f"{RI}completed_of_returns", held, returns)
    _share(found, "equity.interview_offered", offered, returns, "ethnicity_group", "sex")
    prompt = [row for row in returns if any(map(_in_time, interviews.get(row["report_key"], [])))]
    _share(found, "equity.interview_within_72h", prompt, returns, "ethnicity_group", "sex")

    def reason(row):
        given = [
            interview["decline_reason"]
            for interview in interviews[row["report_key"]]
            if interview["status"] in ("declined", "not_offered") and interview["decline_reason"]
        ]
        return min(given, default=None)

    without = [row for row in returns if outcome(row) in ("declined", "not_offered")]
    _count(found, f"{RI}none_by_reason", without, reason=reason)


def _length(away):
    if away < 6 * HOUR:
        return "under_6_hours"
    if away < 24 * HOUR:
        return "6_to_24_hours"
    return "24_to_48_hours" if away <= 48 * HOUR else "over_48_hours"


def _in_time(interview):
    held_at = {"completed": interview["completed_at"], "covered": interview["covered_at"]}.get(interview["status"])
    return None not in (held_at, interview["returned_at"]) and held_at - interview["returned_at"] <= 72 * HOUR


def _count(found, code, rows, **breakdowns):
    found[(code, "", "")] = (len(rows), len(rows), None)
    for key, category in breakdowns.items():
        for one, number in Counter(map(category, rows)).items():
            found[(code, key, "not_known" if one is None else str(one))] = (number, number, None)


def _share(found, code, some, rows, *keys):
    _put(found, code, "", "", len(some), len(rows))
    for key in keys:
        bases, tops = (Counter(row[key] or "not_known" for row in each) for each in (rows, some))
        for category, base in bases.items():
            _put(found, code, key, category, tops[category], base)


def _put(found, code, key, category, above, below):
    value = None if below == 0 else _percent(above, below)
    found[(code, key, category)] = (value, above, below)


def _percent(above, below):
    return (Decimal(100 * above) / below).quantize(Decimal("0.01"), ROUND_HALF_UP)
