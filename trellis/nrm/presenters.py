"""Referrals, decisions and routes in words. Pure."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from trellis.accounts.models import User
from trellis.assessments.models import Assessment
from trellis.core.presenters import day, lower_first, moment, plural
from trellis.need_to_know.codes import CodeBook, short_code
from trellis.nrm.lifecycle import (
    CLOCKS,
    CONCLUSIVE,
    DUE,
    FROM,
    NRM_REFERRAL,
    OVER,
    REASONABLE,
    RECONSIDERATION,
    SUSPENDED,
)
from trellis.nrm.models import Guardian, NrmDecision, NrmReferral, NrmStatement, Section45
from trellis.nrm.queries import Considered, WholeReferral
from trellis.nrm.routes import Route, days_short_of_18
from trellis.people.models import Person

Labels = Mapping[str, str]
Facts = list[tuple[str, str]]
OUR_SUMMARY = "Our own summary of what the Home Office asks for; it is not the Home Office's form."


def clock_words(referral: NrmReferral, on: date) -> tuple[str, bool]:
    """What is waited for and how long still, and whether it is overdue."""
    if referral.status == RECONSIDERATION:
        return "Waits for an answer: no limit is set", False
    if referral.clock_on is None:
        return "Suspended: no clock runs" if referral.status == SUSPENDED else "No limit", False
    left = (referral.clock_on - on).days
    said = f"{CLOCKS[referral.clock]} {day(referral.clock_on)}"
    if referral.clock == DUE:
        return (
            (f"{plural(-left, 'day')} overdue: {lower_first(said)}", True)
            if left < 0
            else (f"{said}{_to(left)}", False)
        )
    if left < 0:
        passed = "Conclusive grounds may be decided since" if referral.clock == FROM else "Could be asked again until"
        return f"{passed} {day(referral.clock_on)}", False
    return f"{said}{_to(left)}", False


def _to(left: int) -> str:
    return ", today" if left == 0 else f", in {plural(left, 'day')}"


def status_tag(referral: NrmReferral) -> tuple[str, str]:
    tone = "plain" if referral.status in (*OVER, CONCLUSIVE) else "structure"
    return NRM_REFERRAL.statuses[referral.status], tone


def outcome_words(decisions: Iterable[NrmDecision], outcomes: Labels) -> str:
    """``Reasonable grounds: positive (3 March 2026)``, stage by stage, what stands of each."""
    stands: dict[str, NrmDecision] = {decision.stage: decision for decision in decisions}
    said = [stands[stage] for stage in (REASONABLE, CONCLUSIVE) if stage in stands]
    return "; ".join(
        f"{one.get_stage_display()}: {lower_first(outcomes.get(one.outcome, one.outcome))} ({day(one.decided_on)})"
        for one in said
    )


@dataclass(frozen=True)
class ListRow:
    """A referral as the team's list shows it."""

    referral: NrmReferral
    clock: str
    late: bool
    status: tuple[str, str]
    outcome: str
    lead: str

    @property
    def person(self) -> Person:
        return self.referral.person


def list_rows(
    referrals: Iterable[NrmReferral], leads: Mapping[uuid.UUID, User], outcomes: Labels, on: date
) -> list[ListRow]:
    return [
        ListRow(
            one,
            *clock_words(one, on),
            status_tag(one),
            outcome_words(one.decisions.all(), outcomes) or "None yet",
            leads[one.person_id].name if one.person_id in leads else "Nobody yet",
        )
        for one in referrals
    ]


def reminder_rows(people: Iterable[tuple[Person, date]], on: date) -> list[dict[str, Any]]:
    return [
        {"person": person, "last": last, "left": (last - on).days, "short": days_short_of_18(person.date_of_birth, on)}
        for person, last in people
    ]


def route_rows(routes: Iterable[Route]) -> list[dict[str, Any]]:
    return [
        {
            "label": route.label,
            "state": ("Open today", "done") if route.open else ("Not open", "plain"),
            "why": route.why,
            "conditions": route.setting.conditions if route.setting else "",
            "unsure": route.setting.source if route.setting and not route.setting.verified else "",
        }
        for route in routes
    ]


def considered_rows(considered: Considered) -> list[dict[str, Any]]:
    return [
        {
            "on": one.clock_started_on,
            "tool": str(one.version.instrument),
            "said": one.get_nrm_considered_display(),
            "why": one.nrm_why,
            "by": one.worker.name,
            "id": one.id,
        }
        for one in considered.assessments
    ]


def considered_line(considered: Considered) -> str:
    """What to say above, or instead of, the list."""
    if not considered.told:
        return "Assessments are not open to you here: what they say of it is not shown."
    if not considered.assessments:
        return "No assessment says whether a referral was considered. Say it on the next one, with the reason."
    if all(one.nrm_considered == Assessment.NrmConsidered.NOT_YET for one in considered.assessments):
        return "No assessment says that it was considered."
    return ""


def referral_facts(one: WholeReferral, types: Labels, on: date) -> Facts:
    """What was told with a referral, in the order in which it is asked for."""
    r = one.referral
    rows = [
        ("First responder", f"{r.first_responder}, {r.agency}"),
        ("Sent", moment(r.submitted_at)),
        ("Consent", f"{r.get_consent_display()}{f', on {day(r.consented_on)}' if r.consented_on else ''}"),
        ("What was done to them", ", ".join(types.get(code, code) for code in r.types)),
        ("County lines", r.get_county_lines_display()),
        ("Where it happened", r.get_happened_where_display()),
        ("The Home Office's reference", r.reference or "Not known yet"),
    ]
    if r.body:
        rows += [("Decided by", r.get_body_display()), ("Next", clock_words(r, on)[0])]
    return rows


def decision_rows(one: WholeReferral, outcomes: Labels) -> list[dict[str, Any]]:
    return [
        {
            "stage": decision.get_stage_display(),
            "outcome": outcomes.get(decision.outcome, decision.outcome),
            "on": decision.decided_on,
            "by": f"{decision.get_body_display()}{f', led by {decision.chair}' if decision.chair else ''}",
        }
        for decision in one.decisions
    ]


def reconsideration_rows(one: WholeReferral) -> list[str]:
    return [
        f"{asked.decision.get_stage_display()}: asked on {day(asked.asked_on)} by {asked.asked_by}. "
        + (f"{asked.get_outcome_display()}, {day(asked.answered_on)}" if asked.outcome else "No answer yet")
        for asked in one.reconsiderations
    ]


def statement_rows(statements: Iterable[NrmStatement], book: CodeBook) -> list[dict[str, Any]]:
    return [
        {
            "kind": said.get_kind_display(),
            "text": said.text,
            "on": said.said_on,
            "whose": f"{said.agency.name} · {short_code(said.handling)}",
            "handling": book.in_words(said),
        }
        for said in statements
    ]


def move_rows(one: WholeReferral) -> list[str]:
    """Each move in a line: what, when, by whom, why."""
    return [
        f"{NRM_REFERRAL.statuses[move.new]}, {moment(move.moved_at)}"
        + (f", {move.moved_by.name}" if move.moved_by else "")
        + (f": {move.why}" if move.why else "")
        for move in one.moves
    ]


def referral_blocks(
    found: Iterable[WholeReferral], types: Labels, outcomes: Labels, book: CodeBook, on: date
) -> list[dict[str, Any]]:
    """Each referral as its page and its copy show it."""
    return [
        {
            "referral": one.referral,
            "status": status_tag(one.referral),
            "late": clock_words(one.referral, on)[1],
            "facts": referral_facts(one, types, on),
            "decisions": decision_rows(one, outcomes),
            "again": reconsideration_rows(one),
            "statements": statement_rows(one.statements, book),
            "moves": move_rows(one),
            "may": steps_open(one.referral),
            "negative": one.referral.clock == "reconsider_by",
        }
        for one in found
    ]


def steps_open(referral: NrmReferral) -> dict[str, bool]:
    """Which forms a referral leads to, as it stands."""
    following = NRM_REFERRAL.moves[referral.status]
    return {
        "decide": REASONABLE in following or CONCLUSIVE in following,
        "again": RECONSIDERATION in following or referral.status == RECONSIDERATION,
        "step": "withdrawn" in following,
        "evidence": referral.status not in OVER,
    }


def guardian_facts(guardian: Guardian) -> Facts:
    ended = f"{day(guardian.ended_on)}: {guardian.ended_why}" if guardian.ended_on else ""
    rows = [
        ("Asked for", day(guardian.asked_on)),
        ("Service", guardian.service),
        ("Guardian", guardian.name or "Not known yet"),
        ("How to reach them", guardian.phone or "Not known yet"),
        ("First met or spoke", day(guardian.first_contact_on) or "Not yet"),
    ]
    return [*rows, ("Ended", ended)] if ended else rows


def section_45_facts(defence: Section45) -> Facts:
    decided = f", {day(defence.outcome_on)}" if defence.outcome_on else ""
    return [
        ("Matter", defence.matter),
        ("Considered", day(defence.considered_on)),
        ("Defence raised", defence.get_raised_display()),
        ("Solicitor knows", defence.get_solicitor_told_display()),
        ("Crown Prosecution Service knows", defence.get_cps_told_display()),
        ("Offence of schedule 4", defence.get_schedule_4_display()),
        ("Court heard of the NRM decision", defence.get_used_in_court_display()),
        ("What came of it", f"{defence.get_outcome_display()}{decided}"),
    ]
