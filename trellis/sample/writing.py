"""Rows on their way into the database: gathered table by table, sent with COPY."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any, Protocol

from django.apps import apps
from django.db import connections
from psycopg import Connection, sql

from trellis.need_to_know.row_security import protected_models

Row = tuple[Any, ...]
ENOUGH = 20_000
BUNDLES_AHEAD = 4
FOREIGN_KEYS = """
SELECT relname, conname, pg_get_constraintdef(pg_constraint.oid)
FROM pg_constraint JOIN pg_class ON pg_class.oid = conrelid
WHERE contype = 'f' AND relname = ANY(%s) ORDER BY relname, conname
"""

COLUMNS: dict[str, str] = {
    "accounts.Team": "id recorded_at code name",
    "accounts.User": "id recorded_at password last_login email name agency_id job_title is_active is_demonstration"
    " sign_in_version home_postcode",
    "accounts.Membership": "id recorded_at starts_on ends_on user_id team_id role_id",
    "people.Person": "id recorded_at given_name family_name known_as pronouns search_key date_of_birth sex ethnicity"
    " ethnicity_defined_by ethnicity_recorded_on nhs_number postcode locality authority own_words safe_contact"
    " is_synthetic recorded_by_id",
    "people.Alias": "id recorded_at name search_key person_id",
    "people.Relationship": "id recorded_at starts_on ends_on kind note other_id other_name other_sealed person_id",
    "people.LegalStatus": "id recorded_at starts_on ends_on kind authority need ended_because person_id",
    "people.Education": "id recorded_at starts_on ends_on provision send place_name alongside person_id",
    "people.Particulars": "id recorded_at person_id gender_identity nhs_source upn upn_source first_language"
    " other_languages interpreter disabilities disability_note asked social_care_number upn_unknown mother"
    " own_child_born_on",
    "people.Placement": "id recorded_at starts_on ends_on kind place_name authority legal_status placement_type"
    " provider registration ended_because person_id",
    "people.Address": "id recorded_at starts_on ends_on kind lines postcode kept_apart who_may_know person_id",
    "people.PracticeRegistration": "id recorded_at starts_on ends_on practice_name practice_code phone person_id",
    "need_to_know.Grant": "id recorded_at person_id user_id team_id agency_id parts reason source starts_at ends_at"
    " recorded_by_id",
    "referrals.Referral": "id recorded_at reference person_id status received_at source_code agency_id referrer"
    " primary_type exploitation_types harm_seen concerns strengths child_knows immediate_danger decision_due_on"
    " decided_at decided_by_id decision_reason form_key recorded_by_id family_knows knowledge redirected_to owner_id"
    " owned_at previous_id told_how told_at told_by_id guest_name guest_role guest_organisation guest_email"
    " email_confirmed_at",
    "referrals.ReferralMove": "id recorded_at old new moved_at why referral_id moved_by_id",
    "cases.Case": "id recorded_at reference status opened_on closed_on closure_reason person_id",
    "cases.CaseMove": "id recorded_at old new moved_at why case_id moved_by_id",
    "cases.Allocation": "id recorded_at part starts_on ends_on case_id worker_id",
    "cases.ChronologyEntry": "id person_id happened_at kind about title body significance agency_id handling conditions"
    " limited_to lawful_basis purpose subject supersedes_id recorded_at recorded_by_id",
    "missing.MissingEpisode": "id recorded_at person_id police_ref kind status last_seen_at last_seen_where"
    " wearing reported_at reported_by risk_grade found_at found_where found_with found_by returned_at officer"
    " out_of_area responsible_authority factors harm harm_told offences merged_into_id owner_id acknowledged_at"
    " recorded_by_id",
    "missing.EpisodeMove": "id recorded_at old new moved_at why episode_id moved_by_id",
    "missing.RiskGrading": "id recorded_at grade graded_at graded_by information by_police episode_id recorded_by_id",
    "missing.ReturnInterview": "id recorded_at episode_id status due_at offered_at offered_by_id declined_at"
    " declined_by decline_reason completed_at completed_by_id covered_by_id independence place present account reason"
    " other_reasons carer_view delay_reason delay_told police_told_at worker_told_at",
    "missing.InterviewMove": "id recorded_at old new moved_at why interview_id moved_by_id",
    "missing.InterviewAttempt": "id recorded_at interview_id attempted_at how came_of_it form_key recorded_by_id",
    "missing.Mention": "id recorded_at interview_id kind words key is_adult told set_aside_at set_aside_by_id"
    " set_aside_why recorded_by_id",
    "missing.SafetyAction": "id recorded_at interview_id what who due_on done_on came_of_it recorded_by_id",
    "missing.PreventionInterview": "id recorded_at episode_id held_at officer safe_now harm_told offences information"
    " form_key recorded_by_id",
    "missing.MissingProfile": "id recorded_at revision person_id looks_like marks usual_clothes how_to_speak health"
    " friends places travel_and_money phones online who_to_call checked_on form_key recorded_by_id",
    "case_studies.ReleasedStudy": "id recorded_at title before turning_point what_helped now own_words released_at"
    " withdrawn_at",
    "case_studies.CaseStudy": "id recorded_at revision title before turning_point what_helped now own_words person_id"
    " status pseudonym starts_on ends_on recorded_by_id released_id form_key",
    "case_studies.StudyConsent": "id recorded_at study_id who answer asked_on words form_key recorded_by_id",
    "case_studies.CaseStudyMove": "id recorded_at old new moved_at why study_id moved_by_id",
    "supervision.OversightNote": "id recorded_at person_id noted_on looked_at view direction form_key recorded_by_id",
    "supervision.Supervision": "id recorded_at person_id session kind held_on worker_id took_part agencies"
    " talked_about childs_experience form_key recorded_by_id",
    "supervision.SupervisionAction": "id recorded_at revision person_id supervision_id what owner_id due_on status"
    " effect form_key recorded_by_id",
    "supervision.SupervisionActionMove": "id recorded_at old new moved_at why action_id moved_by_id",
    "plans.Plan": "id recorded_at revision person_id case_id status opened_on first_engaged_on goals_due_on"
    " goals_agreed_on review_due_on closed_on what_matters form_key recorded_by_id",
    "plans.PlanMove": "id recorded_at old new moved_at why plan_id moved_by_id",
    "plans.Goal": "id recorded_at revision plan_id words area status position agreed_on form_key recorded_by_id",
    "plans.GoalMove": "id recorded_at old new moved_at why goal_id moved_by_id",
    "plans.Task": "id recorded_at revision plan_id goal_id what owner_id owner_name due_on status done_on effect"
    " on_own_copy source form_key recorded_by_id",
    "plans.TaskMove": "id recorded_at old new moved_at why task_id moved_by_id",
    "plans.SafetyPlan": "id recorded_at plan_id revision triggers people_i_trust what_i_will_do what_adults_will_do"
    " when_missing said_by_child agreed_on form_key recorded_by_id",
    "plans.Review": "id recorded_at plan_id held_on who_took_part childs_view what_changed next_on form_key"
    " recorded_by_id",
    "plans.LinkedPlan": "id recorded_at plan_id kind agency_id held_by reference review_on ended_on form_key"
    " recorded_by_id",
    "plans.DirectWork": "id recorded_at revision person_id plan_id kind status worker_id planned_at happened_at"
    " seen_alone where with_whom childs_words what_happened form_key recorded_by_id",
    "plans.DirectWorkMove": "id recorded_at old new moved_at why direct_work_id moved_by_id",
    "plans.TeamMember": "id recorded_at person_id user_id name agency_id part phone is_trusted_adult starts_on ends_on"
    " form_key recorded_by_id",
    "assessments.Assessment": "id recorded_at revision person_id case_id version_id status worker_id clock_started_on"
    " due_on learning_disability submitted_at signed_off_at signed_off_by_id childs_view childs_view_how"
    " child_not_heard_why carers_view analysis nrm_considered nrm_why result form_key recorded_by_id",
    "assessments.AssessmentMove": "id recorded_at old new moved_at why assessment_id moved_by_id",
    "assessments.Answer": "id recorded_at assessment_id item window revision value evidence agency_id informant"
    " answered_at answered_by_id",
    "assessments.Judgement": "id recorded_at assessment_id band words why judged_at judged_by_id form_key",
    "assessments.OutcomeView": "id recorded_at area words change assessment_id",
    "assessments.BestPlaced": "id recorded_at who agency_id why assessment_id",
    "assessments.ContributionRequest": "id recorded_at person_id assessment_id agency_id agencies asked_of_id question"
    " status due_on asked_at asked_by_id chased_at form_key",
    "assessments.ContributionMove": "id recorded_at old new moved_at why request_id moved_by_id",
    "assessments.Contribution": "id recorded_at person_id request_id agency_id handling conditions limited_to"
    " lawful_basis purpose text strengths given_at given_by_id form_key",
    "meetings.PanelMeeting": "id recorded_at panel_id meets_at updates_on place lead_id status agencies form_key",
    "meetings.PanelMeetingMove": "id recorded_at old new moved_at why meeting_id moved_by_id",
    "meetings.PanelReferral": "id recorded_at person_id panel_id why childs_view child_not_asked_why consent_from"
    " consent_name consented_on status referred_at referred_by_id form_key",
    "nrm.NrmReferral": "id recorded_at revision person_id status agency_id first_responder consent consented_on types"
    " county_lines happened_where submitted_at reference body clock clock_on form_key recorded_by_id",
    "nrm.NrmReferralMove": "id recorded_at old new moved_at why referral_id moved_by_id",
    "nrm.NrmDecision": "id recorded_at referral_id stage outcome decided_on body chair form_key recorded_by_id",
    "nrm.NrmReconsideration": "id recorded_at referral_id decision_id asked_on asked_by outcome answered_on form_key"
    " recorded_by_id",
    "nrm.Guardian": "id recorded_at revision person_id asked_on service name phone first_contact_on ended_on ended_why"
    " form_key recorded_by_id",
    "meetings.PanelReferralMove": "id recorded_at old new moved_at why referral_id moved_by_id",
    "meetings.AgendaItem": "id recorded_at revision person_id meeting_id referral_id rank reason status said decision"
    " decided_why review_on talked_at",
    "meetings.AgendaItemMove": "id recorded_at old new moved_at why item_id moved_by_id",
    "meetings.UpdateRequest": "id recorded_at person_id meeting_id agency_id agencies question status due_on asked_at"
    " asked_by_id chased_at",
    "meetings.UpdateRequestMove": "id recorded_at old new moved_at why request_id moved_by_id",
    "meetings.PanelUpdate": "id recorded_at person_id request_id agency_id handling conditions limited_to lawful_basis"
    " purpose text going_well given_at given_by_id form_key",
    "meetings.PanelAction": "id recorded_at revision person_id item_id what owner_id due_on status effect form_key"
    " agreed_at agreed_by_id",
    "meetings.PanelActionMove": "id recorded_at old new moved_at why action_id moved_by_id",
    "outcomes.OutcomeRecord": "id recorded_at revision person_id case_id point area stands evidence who_says"
    " recorded_on form_key recorded_by_id",
    "outcomes.ClosureTold": "id recorded_at person_id case_id whom told_on name how why_not form_key recorded_by_id",
    "outcomes.ClosureChallenge": "id recorded_at person_id case_id reason met attempted cancelled tried what_else"
    " who_else young_person_said may_close decided_why decided_on form_key recorded_by_id",
    "outcomes.FollowUp": "id recorded_at person_id case_id point due_on worker_id done_on who_asked_id why_not",
    "letters.Letter": "id recorded_at person_id case_id kind occasion recipient practice_code words written_on form_key"
    " recorded_by_id status address told_on sent_how chase_on collected_at acknowledged_at code_hash code_made_at"
    " code_tries",
    "letters.LetterMove": "id recorded_at old new moved_at why letter_id moved_by_id",
    "health_needs.HealthUpdate": "id recorded_at person_id told_on words answers_id supersedes_id agency_id handling"
    " conditions limited_to lawful_basis purpose form_key recorded_by_id",
    "voice.View": "id recorded_at person_id step said_on words asked not_said not_said_why how heard_by confirmed"
    " corrects_id why_corrected form_key recorded_by_id",
    "voice.Feedback": "id recorded_at person_id given_on by_whom words form_key recorded_by_id",
    "voice.FeedbackAnswer": "id recorded_at feedback_id question_id face words",
    "voice.ChangeMade": "id recorded_at person_id where what changed_on view_id feedback_id told_on told_how teller_id"
    " form_key recorded_by_id",
    "voice.ReadBack": "id recorded_at person_id plan plan_revision read_on answer words read_with form_key"
    " recorded_by_id",
    "need_to_know.AdultBasis": "id recorded_at person_id kind with_partners words starts_on ended_at ended_because"
    " recorded_by_id ended_by_id form_key",
    "transition.TransitionPlan": "id recorded_at revision person_id what_i_want who_beside_me what_worries_me own_words"
    " said_on review_due_on form_key recorded_by_id",
    "transition.Readiness": "id recorded_at area standing words looked_on form_key recorded_by_id person_id",
    "transition.AdultWorker": "id recorded_at person_id name agency_id service phone starts_on ends_on form_key"
    " recorded_by_id",
    "sharing.SharingDecision": "id recorded_at person_id outcome parts words agency_id user_id outside_body basis"
    " purpose necessity child_told child_not_told_why parent_told parent_not_told_why reason decided_at decided_by_id"
    " expires_at recalled_at recalled_by_id recalled_why",
    "sharing.Pointer": "id recorded_at person_id child_name date_of_birth agency_id agencies contact_id contact_name"
    " contact_phone starts_at ends_at recorded_by_id",
    "sharing.PointerRequest": "id recorded_at person_id pointer_id status agency_id agencies reason asked_at"
    " asked_by_id due_at answer answered_at answered_by_id decision_id",
    "sharing.PointerRequestMove": "id recorded_at old new moved_at why request_id moved_by_id",
}


class Destination(Protocol):
    """Where rows go."""

    def take(self, model: str, columns: Sequence[str], rows: Sequence[Row]) -> None: ...

    def settle(self) -> None:
        """Everything taken so far belongs together and is complete."""


class Writer:
    """Takes rows and sends them on in bundles."""

    def __init__(self, destination: Destination) -> None:
        self.destination = destination
        self.waiting: dict[str, list[Row]] = {model: [] for model in COLUMNS}
        self.sent = dict.fromkeys(COLUMNS, 0)

    def add(self, model: str, *row: Any) -> None:
        rows = self.waiting[model]
        rows.append(row)
        if len(rows) >= ENOUGH:
            self._send(model)

    def flush(self) -> None:
        """Send what is waiting: with it every row that another refers to has been sent."""
        for model in COLUMNS:
            self._send(model)
        self.destination.settle()

    @property
    def rows(self) -> int:
        return sum(self.sent.values())

    def _send(self, model: str) -> None:
        rows = self.waiting[model]
        if rows:
            self.destination.take(model, COLUMNS[model].split(), rows)
            self.sent[model] += len(rows)
            self.waiting[model] = []


class Database:
    """The owner's connection, inside its present transaction.

    A second thread sends while the next rows are made. A psycopg connection may be used from any thread, one at a time.
    """

    def __init__(self) -> None:
        connections["owner"].ensure_connection()
        self.connection: Connection = connections["owner"].connection
        self.sender = ThreadPoolExecutor(max_workers=1)
        self.sending: deque[Future[None]] = deque()

    def take(self, model: str, columns: Sequence[str], rows: Sequence[Row]) -> None:
        statement = sql.SQL("COPY {} ({}) FROM STDIN").format(
            sql.Identifier(apps.get_model(model)._meta.db_table), sql.SQL(", ").join(map(sql.Identifier, columns))
        )
        self.sending.append(self.sender.submit(self._copy, statement, rows))
        self._wait(BUNDLES_AHEAD)

    def _copy(self, statement: sql.Composed, rows: Sequence[Row]) -> None:
        with self.connection.cursor() as cursor, cursor.copy(statement) as copy:
            for row in rows:
                copy.write_row(row)

    def _wait(self, ahead: int) -> None:
        """Until no more than ``ahead`` bundles are on their way; an error of the sender is raised here."""
        while len(self.sending) > ahead:
            self.sending.popleft().result()

    def settle(self) -> None:
        self._wait(0)

    @contextmanager
    def filled_at_once(self) -> Iterator[None]:
        """Leave out foreign keys, triggers and the owner's own row-level security while rows come, and put them back,
        which checks every row and works out who sees whom, when they are there.

        Done row by row that is most of the work of a large area. While row-level security binds the owner PostgreSQL
        checks keys row by row, so that comes last.
        """
        tables = [apps.get_model(model)._meta.db_table for model in COLUMNS]
        keys = self.connection.execute(FOREIGN_KEYS, [tables]).fetchall()
        for table, name, _ in keys:
            self._alter(table, sql.SQL("DROP CONSTRAINT {}").format(sql.Identifier(name)))
        for table in tables:
            self._alter(table, sql.SQL("DISABLE TRIGGER USER"))
            self._alter(table, sql.SQL("NO FORCE ROW LEVEL SECURITY"))
        yield
        for table in tables:
            self._alter(table, sql.SQL("ENABLE TRIGGER USER"))
        self.connection.execute("ANALYZE need_to_know_grant, accounts_membership, accounts_user, accounts_role")
        self.connection.execute("SELECT trellis_renew_sight(NULL, NULL)")
        for table, name, meaning in keys:
            self._alter(table, sql.SQL("ADD CONSTRAINT {} {}").format(sql.Identifier(name), sql.SQL(meaning)))
        for model, table in zip(COLUMNS, tables, strict=True):
            if apps.get_model(model) in protected_models():
                self._alter(table, sql.SQL("FORCE ROW LEVEL SECURITY"))

    def _alter(self, table: str, change: sql.Composable) -> None:
        self.connection.execute(sql.SQL("ALTER TABLE {} {}").format(sql.Identifier(table), change))
