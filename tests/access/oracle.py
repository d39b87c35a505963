"""Who may see what, said once more and apart: plain Python over plain rows, to compare the hub's own answers with.

    Access = a grant to this child, by name, team or agency, in date
             AND a role, in date, that reads children's records
             AND not excluded
             AND the seal, if there is one, held
             AND, what was granted to a child: still a child, or an adult basis in date; but managers, and emergencies
             AND for an item: the agency owns it, or may hold its code and is not left out.

It knows the tables and nothing of the hub's code: no model, no query, no function of it.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

Row = Mapping[str, Any]
LONDON = ZoneInfo("Europe/London")
EVERYTHING = (
    "record",
    "identity",
    "family",
    "chronology",
    "missing",
    "referrals",
    "assessments",
    "plan",
    "panels",
    "health",
    "voice",
    "nrm",
    "outcomes",
    "transition",
    "pointer",
)
# What is opened by itself and does not bring with it whose record it is.
NAMELESS = (["emergency"], ["pointer"])
# Which part of whose record a row belongs to.
OF_PERSON = {
    "people_person": ("id", "identity"),
    "people_alias": ("person_id", "identity"),
    "people_legalstatus": ("person_id", "family"),
    "people_education": ("person_id", "family"),
    "people_relationship": ("person_id", "family"),
    "people_particulars": ("person_id", "family"),
    "people_placement": ("person_id", "family"),
    "people_practiceregistration": ("person_id", "family"),
    "people_address": ("person_id", "record"),
    "people_personchange": ("person_id", "record"),
    "need_to_know_grant": ("person_id", "identity"),
    "need_to_know_adultbasis": ("person_id", "record"),
    "cases_case": ("person_id", "identity"),
    "cases_notice": ("person_id", "identity"),
    "cases_chronologyentry": ("person_id", "chronology"),
    "missing_missingepisode": ("person_id", "missing"),
    "missing_missingprofile": ("person_id", "missing"),
    "assessments_assessment": ("person_id", "assessments"),
    "assessments_contribution": ("person_id", "assessments"),
    "assessments_contributionrequest": ("person_id", "identity"),
    "meetings_panelreferral": ("person_id", "panels"),
    "meetings_agendaitem": ("person_id", "panels"),
    "meetings_panelaction": ("person_id", "panels"),
    "meetings_panelupdate": ("person_id", "panels"),
    "meetings_updaterequest": ("person_id", "identity"),
    "referrals_referral": ("person_id", "referrals"),
    "documents_document": ("person_id", "record"),
    "plans_plan": ("person_id", "plan"),
    "plans_directwork": ("person_id", "plan"),
    "plans_teammember": ("person_id", "plan"),
    "supervision_oversightnote": ("person_id", "record"),
    "supervision_supervision": ("person_id", "record"),
    "supervision_supervisionaction": ("person_id", "record"),
    "supervision_formulation": ("person_id", "record"),
    "case_studies_casestudy": ("person_id", "record"),
    "transition_transitionplan": ("person_id", "transition"),
    "transition_readiness": ("person_id", "transition"),
    "transition_adultoutcome": ("person_id", "transition"),
    "transition_capacityassessment": ("person_id", "transition"),
    "transition_adultthreshold": ("person_id", "transition"),
    "transition_adultworker": ("person_id", "transition"),
    "transition_handover": ("person_id", "transition"),
    "transition_schoolmove": ("person_id", "transition"),
    "outcomes_outcomerecord": ("person_id", "outcomes"),
    "outcomes_followup": ("person_id", "outcomes"),
    "outcomes_closurechallenge": ("person_id", "record"),
    "outcomes_closuretold": ("person_id", "record"),
    "outcomes_closurelook": ("person_id", "record"),
    "nrm_nrmreferral": ("person_id", "nrm"),
    "nrm_nrmstatement": ("person_id", "nrm"),
    "nrm_guardian": ("person_id", "nrm"),
    "nrm_section45": ("person_id", "nrm"),
    "letters_letter": ("person_id", "health"),
    "letters_noletter": ("person_id", "health"),
    "health_needs_healthquestion": ("person_id", "health"),
    "health_needs_healthupdate": ("person_id", "health"),
    "health_needs_healthservice": ("person_id", "health"),
    "voice_view": ("person_id", "voice"),
    "voice_changemade": ("person_id", "voice"),
    "voice_readback": ("person_id", "voice"),
    "voice_feedback": ("person_id", "voice"),
    "voice_together": ("person_id", "voice"),
    "sharing_sharingdecision": ("person_id", "record"),
    "sharing_emergencyopening": ("person_id", "record"),
    "sharing_pointer": ("person_id", "pointer"),
    "sharing_pointerrequest": ("person_id", "pointer"),
}
# Which row a row is a detail of.
DETAILS = {
    "people_relationshipchange": ("relationship_id", "people_relationship"),
    "cases_casemove": ("case_id", "cases_case"),
    "cases_allocation": ("case_id", "cases_case"),
    "cases_rawtext": ("entry_id", "cases_chronologyentry"),
    "cases_entryrecoding": ("entry_id", "cases_chronologyentry"),
    "assessments_assessmentmove": ("assessment_id", "assessments_assessment"),
    "assessments_answer": ("assessment_id", "assessments_assessment"),
    "assessments_judgement": ("assessment_id", "assessments_assessment"),
    "assessments_outcomeview": ("assessment_id", "assessments_assessment"),
    "assessments_bestplaced": ("assessment_id", "assessments_assessment"),
    "assessments_contributionmove": ("request_id", "assessments_contributionrequest"),
    "missing_episodemove": ("episode_id", "missing_missingepisode"),
    "missing_riskgrading": ("episode_id", "missing_missingepisode"),
    "missing_returninterview": ("episode_id", "missing_missingepisode"),
    "missing_interviewaudit": ("interview_id", "missing_returninterview"),
    "missing_interviewmove": ("interview_id", "missing_returninterview"),
    "missing_interviewattempt": ("interview_id", "missing_returninterview"),
    "missing_mention": ("interview_id", "missing_returninterview"),
    "missing_safetyaction": ("interview_id", "missing_returninterview"),
    "missing_preventioninterview": ("episode_id", "missing_missingepisode"),
    "meetings_panelreferralmove": ("referral_id", "meetings_panelreferral"),
    "meetings_agendaitemmove": ("item_id", "meetings_agendaitem"),
    "meetings_panelactionmove": ("action_id", "meetings_panelaction"),
    "meetings_carriedpanelaction": ("action_id", "meetings_panelaction"),
    "meetings_updaterequestmove": ("request_id", "meetings_updaterequest"),
    "referrals_referralmove": ("referral_id", "referrals_referral"),
    "documents_documentcontent": ("document_id", "documents_document"),
    "documents_documentrecoding": ("document_id", "documents_document"),
    "plans_planmove": ("plan_id", "plans_plan"),
    "plans_safetyplan": ("plan_id", "plans_plan"),
    "plans_goal": ("plan_id", "plans_plan"),
    "plans_goalmove": ("goal_id", "plans_goal"),
    "plans_goalcorrection": ("goal_id", "plans_goal"),
    "plans_task": ("plan_id", "plans_plan"),
    "plans_taskmove": ("task_id", "plans_task"),
    "plans_linkedplan": ("plan_id", "plans_plan"),
    "plans_review": ("plan_id", "plans_plan"),
    "plans_directworkmove": ("direct_work_id", "plans_directwork"),
    "supervision_supervisionactionmove": ("action_id", "supervision_supervisionaction"),
    "supervision_carriedaction": ("action_id", "supervision_supervisionaction"),
    "case_studies_casestudymove": ("study_id", "case_studies_casestudy"),
    "case_studies_harmlessreason": ("study_id", "case_studies_casestudy"),
    "case_studies_studyconsent": ("study_id", "case_studies_casestudy"),
    "transition_transitionplancorrection": ("plan_id", "transition_transitionplan"),
    "transition_jointmeeting": ("adult_worker_id", "transition_adultworker"),
    "nrm_nrmreferralmove": ("referral_id", "nrm_nrmreferral"),
    "nrm_nrmdecision": ("referral_id", "nrm_nrmreferral"),
    "nrm_nrmreconsideration": ("referral_id", "nrm_nrmreferral"),
    "letters_lettermove": ("letter_id", "letters_letter"),
    "letters_letterlink": ("letter_id", "letters_letter"),
    "health_needs_healthquestionmove": ("question_id", "health_needs_healthquestion"),
    "health_needs_healthservicecorrection": ("service_id", "health_needs_healthservice"),
    "voice_feedbackanswer": ("feedback_id", "voice_feedback"),
    "voice_togetherstep": ("together_id", "voice_together"),
    "sharing_emergencyreview": ("opening_id", "sharing_emergencyopening"),
    "sharing_pointerrequestmove": ("request_id", "sharing_pointerrequest"),
}
# What the second lock opens to nobody, and pages only to who keeps a worker from a record or holds its seal.
KEPT_APART = ("need_to_know_exclusion", "need_to_know_seal", "need_to_know_sealholder", "need_to_know_unsealproposal")
READ = (
    *("accounts_agency", "accounts_user", "accounts_role", "accounts_membership", "accounts_team"),
    "need_to_know_handlingrule",
    *KEPT_APART,
    *OF_PERSON,
    *DETAILS,
)


class Oracle:
    """Answers from rows as they stood when they were read."""

    def __init__(self, tables: Mapping[str, list[Row]]) -> None:
        self.tables = tables
        self._by_id = {table: {row["id"]: row for row in rows} for table, rows in tables.items()}

    def row(self, table: str, id: UUID) -> Row:
        return self._by_id[table][id]

    # -- people

    def sees(self, user: UUID, person: UUID, part: str, at: datetime) -> bool:
        return self.sees_for_good(user, person, part, at) or self.sees_in_emergency(user, person, at)

    def sees_for_good(self, user: UUID, person: UUID, part: str, at: datetime) -> bool:
        opened = [self._opens(grant) for grant in self._grants(user, person, at)]
        return any(part in parts for parts in opened) and self._let_in(user, person, at)

    def sees_in_emergency(self, user: UUID, person: UUID, at: datetime) -> bool:
        broken = any("emergency" in grant["parts"] for grant in self._grants(user, person, at))
        return broken and self._let_in(user, person, at)

    def parts(self, user: UUID, person: UUID, at: datetime) -> set[str]:
        return {part for part in EVERYTHING if self.sees(user, person, part, at)}

    def _let_in(self, user: UUID, person: UUID, at: datetime) -> bool:
        return self._reads(user, at) and not self.excluded(user, person, at) and not self.shut_out(user, person)

    @staticmethod
    def _opens(grant: Row) -> set[str]:
        if not grant["parts"]:
            return set(EVERYTHING)
        named = set() if grant["parts"] in NAMELESS else {"identity"}
        return {*grant["parts"], *named} - {"emergency"}

    def _grants(self, user: UUID, person: UUID, at: datetime) -> list[Row]:
        agency = self.row("accounts_user", user)["agency_id"]
        teams = {membership["team_id"] for membership in self._memberships(user, at)}
        return [
            grant
            for grant in self.tables["need_to_know_grant"]
            if grant["person_id"] == person and _holds(grant["starts_at"], at, grant["ends_at"])
            if grant["user_id"] == user or grant["team_id"] in teams or grant["agency_id"] == agency
            if self._outlives_childhood(grant, at)
        ]

    def _outlives_childhood(self, grant: Row, at: datetime) -> bool:
        born = self.row("people_person", grant["person_id"])["date_of_birth"]
        day = (3, 1) if (born.month, born.day) == (2, 29) else (born.month, born.day)
        of_age = datetime(born.year + 18, *day, tzinfo=LONDON)
        team = grant["team_id"] and self.row("accounts_team", grant["team_id"])["code"]
        if at < of_age or grant["starts_at"] >= of_age or grant["parts"] == ["emergency"] or team == "management":
            return True
        return any(
            basis["starts_on"] <= at.astimezone(LONDON).date() and (basis["ended_at"] is None or at < basis["ended_at"])
            for basis in self.tables["need_to_know_adultbasis"]
            if basis["person_id"] == grant["person_id"]
            and (basis["with_partners"] or not (grant["agency_id"] or grant["parts"]))
        )

    def _memberships(self, user: UUID, at: datetime) -> list[Row]:
        day = at.astimezone(LONDON).date()
        rows = [row for row in self.tables["accounts_membership"] if row["user_id"] == user]
        return [row for row in rows if _holds(row["starts_on"], day, row["ends_on"])]

    def may(self, user: UUID, permission: str, at: datetime) -> bool:
        roles = [self.row("accounts_role", membership["role_id"]) for membership in self._memberships(user, at)]
        return self.row("accounts_user", user)["is_active"] and any(permission in role["permissions"] for role in roles)

    def _reads(self, user: UUID, at: datetime) -> bool:
        return self.may(user, "CHILD_READ", at)

    def excluded(self, user: UUID, person: UUID, at: datetime) -> bool:
        return any(
            row["user_id"] == user and row["person_id"] == person and _holds(row["starts_at"], at, row["ends_at"])
            for row in self.tables["need_to_know_exclusion"]
        )

    def sealed(self, person: UUID) -> bool:
        return bool(self._seals(person))

    def _seals(self, person: UUID) -> list[UUID]:
        seals = self.tables["need_to_know_seal"]
        return [seal["id"] for seal in seals if seal["person_id"] == person and seal["unsealed_at"] is None]

    def shut_out(self, user: UUID, person: UUID) -> bool:
        held = {row["seal_id"] for row in self.tables["need_to_know_sealholder"] if row["user_id"] == user}
        return any(seal not in held for seal in self._seals(person))

    # -- rows

    def sees_item(self, user: UUID, item: Row, part: str, at: datetime) -> bool:
        owner = self.row("accounts_agency", item["agency_id"])
        in_emergency = owner["opens_in_emergency"] and self.sees_in_emergency(user, item["person_id"], at)
        parts = {part, item.get("about") or part}
        seen = in_emergency or all(self.sees_for_good(user, item["person_id"], each, at) for each in parts)
        return seen and self._may_hold(self.row("accounts_user", user)["agency_id"], item)

    def _may_hold(self, agency: UUID, item: Row) -> bool:
        if agency == item["agency_id"]:
            return True
        rules = {(rule["agency_id"], rule["code_id"]) for rule in self.tables["need_to_know_handlingrule"]}
        return (agency, item["handling"]) in rules and (not item["limited_to"] or agency in item["limited_to"])

    def person_of(self, table: str, row: Row) -> UUID:
        """Whose record a row belongs to."""
        while table in DETAILS:
            key, table = DETAILS[table]
            row = self.row(table, row[key])
        if table in ("need_to_know_sealholder", "need_to_know_unsealproposal"):
            table, row = "need_to_know_seal", self.row("need_to_know_seal", row["seal_id"])
        person: UUID = row["id"] if table == "people_person" else row["person_id"]
        return person

    def sees_row(self, user: UUID, table: str, row: Row, at: datetime) -> bool:
        """Any row of a table named above."""
        if table in KEPT_APART:
            return self._keeps_apart(user, table, row, at)
        if table in DETAILS:
            key, parent = DETAILS[table]
            own = table != "cases_rawtext" or row["agency_id"] == self.row("accounts_user", user)["agency_id"]
            return own and self.sees_row(user, parent, self.row(parent, row[key]), at)
        key, part = OF_PERSON[table]
        if "handling" in row:
            return self.sees_item(user, row, part, at)
        other = row.get("other_id")
        if other and self.sealed(other) and not self.sees(user, other, "identity", at):
            return False
        told = "agencies" not in row or self.row("accounts_user", user)["agency_id"] in row["agencies"]
        return self.sees(user, row[key], part if told else "record", at)

    def _keeps_apart(self, user: UUID, table: str, row: Row, at: datetime) -> bool:
        if table == "need_to_know_exclusion":
            return self.may(user, "EXCLUSION_MANAGE", at) and self.sees_for_good(user, row["person_id"], "record", at)
        seal = self.row("need_to_know_seal", row["id"] if table == "need_to_know_seal" else row["seal_id"])
        holds = any(h["seal_id"] == seal["id"] and h["user_id"] == user for h in self.tables["need_to_know_sealholder"])
        return holds and self.sees_for_good(user, seal["person_id"], "record", at)

    def rows_seen(self, user: UUID, table: str, at: datetime) -> set[UUID]:
        return {row["id"] for row in self.tables[table] if self.sees_row(user, table, row, at)}


def _holds(start: Any, at: Any, end: Any) -> bool:
    return start <= at and (end is None or at < end)
