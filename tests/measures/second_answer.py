"""Every measure again, in plain Python over the rows: slow, naive, and written without a look at the definitions."""

from collections import Counter
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from tests.measures.second_missing import missing_month

NO_BREAKDOWN = ("", "")


def answers(rows: dict[str, list[dict]], first: date, last: date) -> dict[tuple[str, str, str], tuple]:
    """(measure, breakdown key, category) -> (value, numerator, denominator)."""
    found: dict[tuple[str, str, str], tuple] = {}
    for part in (_referrals, _cases, _profile, _missing, _interviews, _assessments, _nrm, _outcomes, _health):
        part(found, rows, first, last)
    missing_month(found, rows, first, last)
    return found


def _count(found, code, rows, **breakdowns):
    found[(code, *NO_BREAKDOWN)] = (len(rows), len(rows), None)
    for key, name in breakdowns.items():
        for category, number in Counter(_category(row, name) for row in rows).items():
            found[(code, key, category)] = (number, number, None)


def _share(found, code, rows, meets, key="", category=""):
    numerator = sum(1 for row in rows if meets(row))
    found[(code, key, category)] = (_percent(numerator, len(rows)), numerator, len(rows))


def _shares(found, code, rows, key, name):
    for category in {_category(row, name) for row in rows}:
        _share(found, code, rows, lambda row, one=category: _category(row, name) == one, key, category)


def _category(row, name):
    if callable(name):
        return name(row)
    return "not_known" if row.get(name) is None else str(row[name])


def _month(name):
    return lambda row: f"{row[name]:%Y-%m}"


def _percent(numerator, denominator):
    if denominator == 0:
        return None
    return (Decimal(100 * numerator) / denominator).quantize(Decimal("0.01"), ROUND_HALF_UP)


def _between(rows, name, first, last):
    return [row for row in rows if row.get(name) is not None and first <= row[name] <= last]


def _current(row, starts, ends, day):
    return row[starts] <= day and (row[ends] is None or row[ends] > day)


def _referrals(found, rows, first, last):
    received = _between(rows.get("referrals", []), "received_on", first, last)
    _count(
        found,
        "referrals.received",
        received,
        exploitation_type="primary_type",
        month=_month("received_on"),
        source_agency="source_agency",
        ethnicity_group="ethnicity_group",
        sex="sex",
        age="age",
    )
    _shares(found, "referrals.share_by_type", received, "exploitation_type", "primary_type")
    _shares(found, "profile.share_by_sex", received, "sex", "sex")
    _shares(found, "profile.share_by_ethnicity_group", received, "ethnicity_group", "ethnicity_group")
    _share(found, "profile.share_aged_15_16", received, lambda row: row["age"] in (15, 16))
    decided = [row for row in received if row["decision"] is not None]
    _count(found, "referrals.decided", decided)
    _count(found, "referrals.waiting", [row for row in received if row["decision"] is None])
    _share(
        found,
        "referrals.decided_within_limit",
        decided,
        lambda row: (
            None not in (row["decided_on"], row["decision_due_on"]) and row["decided_on"] <= row["decision_due_on"]
        ),
    )


def _cases(found, rows, first, last):
    cases = rows.get("cases", [])
    _count(found, "cases.open_at_year_end", [row for row in cases if _current(row, "opened_on", "closed_on", last)])
    _count(found, "cases.opened", _between(cases, "opened_on", first, last))
    _count(found, "cases.closed", _between(cases, "closed_on", first, last), closure_reason="closure_reason")


def _outcomes(found, rows, first, last):
    said = [row for row in _between(rows.get("outcomes", []), "closed_on", first, last) if row["area"] != "chess"]
    _count(found, "outcomes.at_closure", said, outcome="area", status="status")
    for area in {row["area"] for row in said}:
        _count(found, f"outcomes.at_closure.{area}", [row for row in said if row["area"] == area], status="status")


def _profile(found, rows, first, last):
    children = {row["child_key"] for row in rows.get("cases", []) if _current(row, "opened_on", "closed_on", last)}
    statuses = {child: set() for child in children}
    schools = {child: [] for child in children}
    for row in rows.get("legal_statuses", []):
        if row["child_key"] in children and _current(row, "starts_on", "ends_on", last):
            statuses[row["child_key"]].add(row["kind"])
    for row in rows.get("education", []):
        if row["child_key"] in children and _current(row, "starts_on", "ends_on", last):
            schools[row["child_key"]].append(row)
    _count(found, "profile.children_open", children)
    for kind in ("child_in_need", "child_protection_plan", "looked_after", "care_leaver"):
        _share(found, "profile.legal_status", children, lambda c, k=kind: k in statuses[c], "legal_status", kind)
    _share(found, "profile.legal_status", children, lambda c: not statuses[c], "legal_status", "none")
    _share(
        found,
        "profile.share_send",
        children,
        lambda child: any(row["send"] in ("sen_support", "ehc_plan") for row in schools[child]),
    )
    _share(
        found,
        "profile.share_alternative_provision",
        children,
        lambda child: any(
            row["provision"] in ("alternative_provision", "pupil_referral_unit") for row in schools[child]
        ),
    )


def _missing(found, rows, first, last):
    reports = _between(rows.get("missing_reports", []), "reported_on", first, last)
    _count(
        found,
        "missing.reports",
        reports,
        month=_month("reported_on"),
        legal_status="legal_status",
        ethnicity_group="ethnicity_group",
    )
    by_child = Counter(row["child_key"] for row in reports)
    _count(found, "missing.children", by_child)
    _count(found, "missing.repeat_children", [child for child, number in by_child.items() if number > 1])
    ages = [row["age"] for row in reports if row["age"] is not None]
    mean = (Decimal(sum(ages)) / len(ages)).quantize(Decimal("0.01"), ROUND_HALF_UP) if ages else None
    found[("missing.mean_age", *NO_BREAKDOWN)] = (mean, sum(ages), len(ages))
    _shares(found, "missing.reasons", [row for row in reports if row["reason"] is not None], "reason", "reason")


def _interviews(found, rows, first, last):
    held = [row for row in rows.get("return_interviews", []) if row["status"] == "completed"]
    completed = _between(held, "completed_on", first, last)
    start = "missing.return_interviews."
    _count(found, start + "completed", completed, month=_month("completed_on"))
    _share(found, start + "within_72h", completed, _in_time)
    for month in {f"{row['completed_on']:%Y-%m}" for row in completed}:
        of_month = [row for row in completed if f"{row['completed_on']:%Y-%m}" == month]
        _share(found, start + "within_72h", of_month, _in_time, "month", month)
    _count(found, start + "delay_reasons", [row for row in completed if not _in_time(row)], reason="delay_reason")

    held = [row for row in rows.get("return_interviews", []) if row["status"] in ("completed", "covered")]
    any_held = {row["report_key"] for row in held}
    held_in_time = {row["report_key"] for row in held if _in_time(row)}
    reports = _between(rows.get("missing_reports", []), "reported_on", first, last)
    returns = _between(rows.get("missing_reports", []), "returned_on", first, last)
    _share(found, start + "completed_of_reports", reports, lambda row: row["report_key"] in any_held)
    _share(found, start + "within_72h_of_reports", reports, lambda row: row["report_key"] in held_in_time)
    _share(found, start + "within_72h_of_returns", returns, lambda row: row["report_key"] in held_in_time)


def _in_time(interview):
    """72 elapsed hours, counted in seconds of real time from the return."""
    held_at = interview["completed_at"] or interview["covered_at"]
    if interview["returned_at"] is None or held_at is None:
        return False
    return (held_at - interview["returned_at"]).total_seconds() <= 72 * 3600


def _assessments(found, rows, first, last):
    completed = [
        row
        for row in rows.get("assessments", [])
        if row["status"] == "signed_off" and row["signed_off_on"] and first <= row["signed_off_on"] <= last
    ]
    _count(found, "assessments.completed", completed)
    _share(
        found,
        "assessments.within_15_days",
        completed,
        lambda row: row["due_on"] is not None and row["signed_off_on"] <= row["due_on"],
    )


def _health(found, rows, first, last):
    """A child counts once, however often."""
    for code, table in (("children_updated", "health_updates"), ("children_gp_notified", "gp_letters")):
        children = {row["child_key"]: row for row in _between(rows.get(table, []), "told_on", first, last)}
        _count(found, f"health.{code}", list(children.values()))


def _nrm(found, rows, first, last):
    """Walk through each referral's spells in order; the last that began by the last day is where it stands."""
    stands = {}
    for row in sorted(rows.get("nrm_stages", []), key=lambda row: (row["referral_key"], row["starts_on"])):
        if first <= row["submitted_on"] <= last and row["starts_on"] <= last:
            stands[row["referral_key"]] = row
    _count(found, "nrm.referred", list(stands.values()), stage="stage", outcome="outcome")
    whole = len(stands)
    for cut in ("stage", "outcome"):
        assert whole == sum(1 for row in stands.values() if row[cut]), cut
