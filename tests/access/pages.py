"""Every page of the hub in one line each: what it needs, whose part of what record it opens, how it answers.

The matrix goes through the URL resolver and stops at a route that is not here.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from tests.access.case_studies import DRAFTS, RELEASES, drafts_or_releases, sees_study
from tests.access.health import SEEN_OF_HEALTH, sends_letters_to_write, speaks_for_health
from tests.access.nrm import SEEN_OF_NRM
from tests.access.oracle import Oracle
from tests.access.outcomes import SEEN_OF_OUTCOMES
from tests.access.transition import SEEN_OF_TRANSITION
from tests.access.voice import SEEN_OF_VOICE
from tests.access.world import CHILDREN, World, born, word
from tests.support.pages import day_boxes, moment_boxes, new_key
from trellis.core.clocks import now

OK, DONE, REFUSED, HIDDEN, CONFLICT, GONE, NOT_VALID = 200, 302, 403, 404, 409, 410, 422
SEE_OTHER = 303
EVERY_ID = "#"
Outcomes = int | tuple[int, ...]


@dataclass(frozen=True)
class Ask:
    """Somebody asks for something."""

    user: UUID
    arguments: dict[str, Any]
    oracle: Oracle
    at: datetime
    method: str = "GET"

    def may(self, permission: str) -> bool:
        return self.oracle.may(self.user, permission, self.at)

    def sees(self, part: str) -> bool:
        return self.oracle.sees(self.user, self.arguments["person_id"], part, self.at)

    def sees_whole(self) -> bool:
        return self.oracle.sees_for_good(self.user, self.arguments["person_id"], "record", self.at)

    def sees_row(self, table: str, key: str) -> bool:
        return self.oracle.sees_row(self.user, table, self.row(table, key), self.at)

    def row(self, table: str, key: str) -> Any:
        return self.oracle.row(table, self.arguments[key])

    @property
    def agency(self) -> UUID:
        return self.oracle.row("accounts_user", self.user)["agency_id"]


@dataclass(frozen=True)
class Page:
    """``needs``: permissions, without which it refuses. ``of``: the kind of thing its address names, and ``part`` of
    that child's record; hidden is never refused. ``rule``: what else it asks once both are there; it gives outcomes
    or None. ``typed``: what is posted, besides nothing. ``tells``: words and tables' ids that a reviewer may read
    here of a child whose record stays closed to them.
    """

    methods: str = "GET"
    needs: str = ""
    of: str = ""
    part: str = "identity"
    rule: Callable[[Ask], Outcomes | None] | None = None
    get: Outcomes = OK
    post: Outcomes = OK
    typed: Callable[[World], Iterable[dict[str, Any]]] = lambda _world: ()
    open_to_all: bool = False
    fresh: bool = False
    api: bool = False
    tells: tuple[str, ...] = ()


# The table of the rows of a section of details.
ROWS_OF = {"people": "people_relationship", "placements": "people_placement"}
# Whether what an address names is there for who asks, by the kind of thing it names.
SEEN: dict[str, Callable[[Page, Ask], bool]] = {
    "child": lambda page, ask: ask.sees(page.part),
    "section": lambda page, ask: ask.sees(page.part),
    "rows": lambda page, ask: ask.sees(page.part),
    "detail": lambda _, ask: ask.sees("record") and ask.sees_row(ROWS_OF[ask.arguments["section"]], "row_id"),
    "address": lambda _, ask: ask.sees_row("people_address", "row_id"),
    "entry": lambda _, ask: ask.sees("chronology") and ask.sees_row("cases_chronologyentry", "entry_id"),
    "episode": lambda _, ask: ask.sees_row("missing_missingepisode", "episode_id"),
    "mention": lambda _, ask: ask.sees_row("missing_mention", "mention_id"),
    "safety action": lambda _, ask: ask.sees_row("missing_safetyaction", "action_id"),
    "document": lambda _, ask: ask.sees("record") and ask.sees_row("documents_document", "document_id"),
    "referral": lambda _, ask: ask.sees_row("referrals_referral", "referral_id"),
    "assessment": lambda _, ask: ask.sees_row("assessments_assessment", "assessment_id"),
    "domain": lambda _, ask: ask.sees_row("assessments_assessment", "assessment_id"),
    "asked": lambda _, ask: ask.sees_row("assessments_assessment", "assessment_id"),
    "contribution": lambda _, ask: ask.sees_row("assessments_contributionrequest", "request_id"),
    "planned": lambda page, ask: ask.sees(page.part),
    "goal": lambda _, ask: ask.sees_row("plans_goal", "goal_id"),
    "task": lambda _, ask: ask.sees_row("plans_task", "task_id"),
    "linked plan": lambda _, ask: ask.sees_row("plans_linkedplan", "linked_id"),
    "direct_work": lambda _, ask: ask.sees_row("plans_directwork", "direct_work_id"),
    "team member": lambda _, ask: ask.sees_row("plans_teammember", "member_id"),
    "formulation": lambda _, ask: ask.sees_row("supervision_formulation", "formulation_id"),
    "case study": sees_study,
    "audited interview": lambda _, ask: ask.sees_row("missing_interviewaudit", "audit_id"),
    "panel item": lambda _, ask: ask.sees_row("meetings_agendaitem", "item_id"),
    "panel referral": lambda _, ask: ask.sees_row("meetings_panelreferral", "referral_id"),
    "panel action": lambda _, ask: ask.sees_row("meetings_panelaction", "action_id"),
    "panel update": lambda _, ask: ask.sees_row("meetings_updaterequest", "request_id"),
    "panel update asked": lambda _, ask: ask.sees_row("meetings_updaterequest", "request_id"),
    "action": lambda _, ask: ask.sees_row("supervision_supervisionaction", "action_id"),
    "worked": lambda page, ask: ask.sees(page.part),
    "allocation": lambda _, ask: ask.sees("record") and ask.sees_row("cases_allocation", "allocation_id"),
    "decision": lambda _, ask: ask.sees("record") and ask.sees_row("sharing_sharingdecision", "decision_id"),
    "pointer": lambda _, ask: ask.sees_row("sharing_pointer", "pointer_id"),
    "question": lambda _, ask: ask.sees_row("sharing_pointerrequest", "request_id"),
    "opening": lambda _, ask: exists_for(ask, ask.row("sharing_emergencyopening", "opening_id")["person_id"]),
    "grant": lambda _, ask: reviews(ask, ask.row("need_to_know_grant", "grant_id")),
    "exclusion": lambda _, ask: ask.sees("identity"),
    "holder": lambda _, ask: ask.sees("identity"),
    "proposal": lambda _, ask: ask.sees("identity"),
    **SEEN_OF_HEALTH,
    **SEEN_OF_NRM,
    **SEEN_OF_OUTCOMES,
    **SEEN_OF_TRANSITION,
    **SEEN_OF_VOICE,
}


def seen(page: Page, ask: Ask) -> bool:
    return page.of not in SEEN or SEEN[page.of](page, ask)


def exists_for(ask: Ask, person: UUID) -> bool:
    """Neither sealed without them nor kept from them."""
    return not ask.oracle.shut_out(ask.user, person) and not ask.oracle.excluded(ask.user, person, ask.at)


def reviews(ask: Ask, grant: Any) -> bool:
    if ask.may("AUDIT_READ"):
        return exists_for(ask, grant["person_id"])
    return ask.oracle.sees_row(ask.user, "need_to_know_grant", grant, ask.at)


# -- what pages ask besides


def own_note(ask: Ask) -> Outcomes | None:
    return None if ask.row("cases_chronologyentry", "entry_id")["agency_id"] == ask.agency else REFUSED


def own_entry(ask: Ask) -> Outcomes | None:
    return None if ask.row("cases_chronologyentry", "entry_id")["agency_id"] == ask.agency else (REFUSED, HIDDEN)


def reads_tools(ask: Ask) -> Outcomes | None:
    reads = ("ASSESSMENT_WRITE", "INSTRUMENT_EDIT", "INSTRUMENT_PUBLISH")
    return None if any(ask.may(permission) for permission in reads) else REFUSED


def has_caseload(ask: Ask) -> Outcomes | None:
    return None if ask.may("CASE_ALLOCATE") or ask.may("ASSESSMENT_WRITE") else REFUSED


def own_caseload(ask: Ask) -> Outcomes | None:
    """Somebody's caseload is for whoever allocates, and for themselves."""
    if ask.may("CASE_ALLOCATE") or ask.arguments["user_id"] == ask.user:
        return has_caseload(ask)
    return REFUSED


def whole_refused(ask: Ask) -> Outcomes | None:
    return None if ask.sees_whole() else REFUSED


def whole_hidden(ask: Ask) -> Outcomes | None:
    return None if ask.sees_whole() else HIDDEN


def hands_over(ask: Ask) -> Outcomes | None:
    """Its worker, or whoever allocates; either with the whole record."""
    own = ask.row("assessments_assessment", "assessment_id")["worker_id"] == ask.user
    return whole_refused(ask) if ask.may("ASSESSMENT_WRITE" if own else "CASE_ALLOCATE") else REFUSED


def holds_seal(ask: Ask) -> Outcomes | None:
    person = ask.arguments["person_id"]
    held = [seal for seal in ask.oracle.tables["need_to_know_seal"] if seal["person_id"] == person]
    return None if any(ask.oracle.sees_row(ask.user, "need_to_know_seal", seal, ask.at) for seal in held) else HIDDEN


def holds_and_seals(ask: Ask) -> Outcomes | None:
    return holds_seal(ask) or (None if ask.may("SEAL_MANAGE") else REFUSED)


def takes_off(ask: Ask) -> Outcomes | None:
    """A holder may step out; to take off another takes more, and is asked when it is sent."""
    ruled = holds_seal(ask)
    if ruled or ask.method == "GET" or ask.may("SEAL_MANAGE") or ask.arguments["user_id"] == ask.user:
        return ruled
    return REFUSED


def own_opening(ask: Ask) -> Outcomes | None:
    return None if ask.row("sharing_emergencyopening", "opening_id")["opened_by_id"] == ask.user else HIDDEN


def of_another_agency(ask: Ask) -> Outcomes | None:
    """Who knows a young person does not ask through their own pointer."""
    return REFUSED if ask.row("sharing_pointer", "pointer_id")["agency_id"] == ask.agency else None


def ends_pointer(ask: Ask) -> Outcomes | None:
    """Whoever could place it: with the whole record and the right to share, or of the agency that knows the child."""
    pointer = ask.row("sharing_pointer", "pointer_id")
    if not ask.may("CHILD_READ"):
        return REFUSED
    if not ask.oracle.sees(ask.user, pointer["person_id"], "identity", ask.at):
        return HIDDEN
    whole = ask.oracle.sees_for_good(ask.user, pointer["person_id"], "record", ask.at)
    if not ask.may("POINTER_ASK"):
        return REFUSED
    return None if pointer["agency_id"] == ask.agency or (whole and ask.may("SHARE_DECIDE")) else REFUSED


def merged(ask: Ask) -> Outcomes | None:
    return None if ask.row("missing_missingepisode", "episode_id")["status"] == "merged" else HIDDEN


def stands_by_itself(ask: Ask) -> Outcomes | None:
    return HIDDEN if merged(ask) is None else None


def returned(ask: Ask) -> Outcomes | None:
    return None if ask.row("missing_missingepisode", "episode_id")["returned_at"] else HIDDEN


def was_held(ask: Ask) -> Outcomes | None:
    """The episode's own return interview was held."""
    of_episode = [
        row["status"]
        for row in ask.oracle.tables["missing_returninterview"]
        if row["episode_id"] == ask.arguments["episode_id"]
    ]
    return None if of_episode == ["completed"] else HIDDEN


def polices_own(ask: Ask) -> Outcomes | None:
    """Of the police, or whoever answers for the desk."""
    if returned(ask):
        return HIDDEN if of_the_police(ask) else (REFUSED, HIDDEN)
    return None if of_the_police(ask) else REFUSED


def of_the_police(ask: Ask) -> bool:
    return ask.oracle.row("accounts_agency", ask.agency)["code"] == "police" or ask.may("MISSING_ESCALATED")


def once_posted(ask: Ask) -> Outcomes | None:
    """Whoever comes by the address alone is sent to the form, whatever it names."""
    if ask.method == "GET":
        return None
    if not (ask.may("RECORD_EXPORT") and ask.may("CHILD_READ")):
        return REFUSED
    return None if ask.sees("identity") else HIDDEN


def writes_or_contributes(ask: Ask) -> Outcomes | None:
    return None if ask.may("ASSESSMENT_WRITE") or ask.may("CONTRIBUTION_GIVE") else REFUSED


def of_the_agency_asked(ask: Ask) -> Outcomes | None:
    asked = ask.row("assessments_contributionrequest", "request_id")
    return None if ask.may("CONTRIBUTION_GIVE") and asked["agency_id"] == ask.agency else REFUSED


def opens_panels(ask: Ask) -> Outcomes | None:
    return None if ask.may("PANEL_READ") or ask.may("PANEL_UPDATE") else REFUSED


def leads_panel(ask: Ask) -> Outcomes | None:
    """Who leads a panel writes of those whose whole record they have."""
    person = ask.row("meetings_agendaitem", "item_id")["person_id"]
    return None if ask.may("PANEL_LEAD") and ask.oracle.sees_for_good(ask.user, person, "record", ask.at) else REFUSED


def leads_panel_to_write(ask: Ask) -> Outcomes | None:
    return leads_panel(ask) if ask.method == "POST" else None


def chases_update(ask: Ask) -> Outcomes | None:
    person = ask.row("meetings_updaterequest", "request_id")["person_id"]
    return None if ask.oracle.sees_for_good(ask.user, person, "record", ask.at) else REFUSED


def of_the_agency_a_panel_asked(ask: Ask) -> Outcomes | None:
    asked = ask.row("meetings_updaterequest", "request_id")
    return None if ask.may("PANEL_UPDATE") and asked["agency_id"] == ask.agency else REFUSED


def refers_to_panel(ask: Ask) -> Outcomes | None:
    return None if ask.may("PANEL_REFER") and ask.sees_whole() else REFUSED


def finishes_action(ask: Ask) -> Outcomes | None:
    """Everybody who sees it reads it; who does it, or leads panels, says what came of it."""
    own = ask.row("meetings_panelaction", "action_id")["owner_id"] == ask.user
    return None if ask.method == "GET" or own or ask.may("PANEL_LEAD") else REFUSED


def own_document(ask: Ask) -> Outcomes | None:
    return None if ask.row("documents_document", "document_id")["agency_id"] == ask.agency else REFUSED


def adds_document(ask: Ask) -> Outcomes | None:
    """Whoever sees the record reads the list; to add takes more."""
    return REFUSED if ask.method == "POST" and not ask.may("DOCUMENT_ADD") else None


def is_open(ask: Ask) -> Outcomes | None:
    return REFUSED if ask.row("documents_document", "document_id")["state"] != "clean" else None


def is_held(ask: Ask) -> Outcomes | None:
    return None if ask.row("documents_document", "document_id")["state"] == "held" else REFUSED


def ends_by_itself(ask: Ask) -> Outcomes | None:
    """A team's sight, an allocation's and a share's end with what they come from."""
    grant = ask.row("need_to_know_grant", "grant_id")
    if grant["source"] and grant["parts"] and grant["parts"] != ["emergency"]:
        return REFUSED
    allocations = {row["id"] for row in ask.oracle.tables["cases_allocation"] if row["ends_on"] is None}
    return REFUSED if grant["team_id"] or grant["source"] in allocations else None


# -- what is typed


SEARCHED = ("given", "family", "known", "alias", "case", "police", "policenow", "referral")


def names(_world: World) -> Iterable[dict[str, Any]]:
    """What a search finds a child by: a name, a reference. Every way for the sealed one."""
    for child in CHILDREN:
        for what in ("given", "case") if child != "sealed" else SEARCHED:
            yield {"q": word(child, what)}
    yield {"q": "Kq"}


def who(child: str) -> dict[str, str]:
    return {
        "given_name": word(child, "given"),
        "family_name": word(child, "family"),
        **day_boxes("date_of_birth", born(child)),
        "sex": "U",
        "ethnicity": "NOBT",
        "postcode": "",
        "form_key": new_key(),
    }


def somebody_alike(_world: World) -> Iterable[dict[str, Any]]:
    """A referral, or a report, of each child by name and birth date, as if nobody knew them."""
    for child in CHILDREN:
        yield {
            **who(child),
            "immediate_danger": "no",
            "primary_type": "CCE",
            "concerns": "New phone",
            "child_knows": "no",
            "source_code": "6",
            "kind": "home",
            "reported_by": "Carer",
            **moment_boxes("received_at", now()),
            **moment_boxes("reported_at", now()),
        }


def a_number_in_use(_world: World) -> Iterable[dict[str, Any]]:
    """The number of somebody whose record may be closed: what is answered does not tell that it is in use."""
    yield {"seen": "x", "upn": "H801200001001", "upn_source": "school", "form_key": new_key()}


def in_danger(_world: World) -> Iterable[dict[str, Any]]:
    for child in CHILDREN:
        yield {**who(child), "category": "immediate_danger", "reason": "They are said to be in great danger now"}
        yield {
            "reference": word(child, "case"),
            "category": "immediate_danger",
            "reason": "Said to be in danger",
            "form_key": new_key(),
        }


def what_for(_world: World) -> Iterable[dict[str, Any]]:
    yield {"purpose": "Strategy meeting", "receiver": "The chair"}


READ = "CHILD_READ"
WRITES_PLANS = f"{READ} PLAN_WRITE"
WRITES_HEALTH, SENDS_LETTERS = f"{READ} HEALTH_WRITE", f"{READ} LETTER_SEND"
WRITES_NRM = f"{READ} NRM_WRITE"
WRITES_VOICE = f"{READ} VOICE_WRITE"
WRITES_TRANSITION = f"{READ} TRANSITION_WRITE"
ASSESS = f"{READ} ASSESSMENT_WRITE"
ANY = "GET POST HEAD OPTIONS PUT DELETE"
READING = "GET HEAD"
PAGES: dict[str, Page] = {
    "live": Page(ANY, open_to_all=True),
    "ready": Page(ANY, open_to_all=True),
    "story": Page(open_to_all=True, get=HIDDEN),
    # Signing in, and one's own account: nobody else's and no child's.
    "sign-in": Page("GET POST", open_to_all=True, get=(OK, DONE), post=(OK, DONE)),
    "sign-in-as": Page("POST", open_to_all=True, post=(OK, DONE, REFUSED, HIDDEN)),
    "second-step": Page("GET POST", open_to_all=True, get=(OK, DONE), post=(OK, DONE)),
    "recovery-code": Page("GET POST", open_to_all=True, get=(OK, DONE), post=(OK, DONE)),
    "set-up": Page(open_to_all=True, get=(OK, DONE)),
    "set-up-app": Page("GET POST", open_to_all=True, get=(OK, DONE), post=(OK, DONE)),
    "set-up-key": Page("GET POST", open_to_all=True, get=(OK, DONE), post=(OK, DONE)),
    "confirm": Page("GET POST", get=(OK, DONE), post=(OK, DONE)),
    "confirm-recovery-code": Page("GET POST", get=(OK, DONE), post=(OK, DONE)),
    "single-sign-on": Page("POST", open_to_all=True, post=(OK, DONE, HIDDEN)),
    "single-sign-on-back": Page("GET", open_to_all=True, get=(OK, DONE, HIDDEN)),
    "kept-work": Page("GET POST", get=(OK, DONE), post=(OK, DONE)),
    "sign-out": Page("POST", post=DONE),
    "session": Page("GET POST", open_to_all=True),
    "invitation": Page("GET POST", "", "invitation", open_to_all=True, get=GONE, post=GONE),
    "account": Page(),
    "password": Page("GET POST", fresh=True),
    "app": Page("GET POST", fresh=True),
    "remove-app": Page("GET POST", post=DONE, fresh=True),
    "add-key": Page("GET POST", fresh=True),
    "remove-key": Page("GET POST", "", "key", rule=lambda _: HIDDEN, fresh=True),
    "recovery-codes": Page("GET POST", get=DONE, post=DONE),
    "new-recovery-codes": Page("GET POST", post=DONE, fresh=True),
    # Accounts: who works here, and no child.
    "accounts": Page("GET POST", "ACCOUNT_MANAGE"),
    "new-account": Page("GET POST", "ACCOUNT_MANAGE", fresh=True),
    "account-of": Page("GET", "ACCOUNT_MANAGE", "account"),
    "account-details": Page("GET POST", "ACCOUNT_MANAGE", "account", fresh=True),
    "add-membership": Page("GET POST", "ACCOUNT_MANAGE", "account", fresh=True),
    "end-membership": Page("GET POST", "ACCOUNT_MANAGE", "membership", fresh=True),
    "move-account": Page("GET POST", "ACCOUNT_MANAGE", "account", fresh=True),
    "close-account": Page("GET POST", "ACCOUNT_MANAGE", "account", post=DONE, fresh=True),
    "open-account-again": Page("GET POST", "ACCOUNT_MANAGE", "account", post=DONE, fresh=True),
    "reset-second-steps": Page("GET POST", "ACCOUNT_MANAGE", "account", post=DONE, fresh=True),
    "invite": Page("GET POST", "ACCOUNT_MANAGE", "account", fresh=True),
    # The child's record.
    "child": Page(needs=READ, of="child"),
    "child-details": Page(needs=READ, of="child", part="record"),
    "child-history": Page(needs=READ, of="child", part="record"),
    "change-details": Page(
        "GET POST", f"{READ} PERSON_EDIT", "section", "record", typed=a_number_in_use, post=(OK, CONFLICT)
    ),
    "add-detail": Page("GET POST", f"{READ} PERSON_EDIT", "rows", "record"),
    "change-detail": Page("GET POST", f"{READ} PERSON_EDIT", "detail", "record"),
    "open-address": Page("GET", READ, "address", "record"),
    "chronology": Page(needs=READ, of="child", part="chronology"),
    "print-chronology": Page(needs=READ, of="child", part="chronology"),
    "child-missing": Page(needs=READ, of="child", part="missing"),
    "child-sharing": Page(needs=READ, of="child", part="record"),
    "child-access": Page(needs=READ, of="child", part="record"),
    "add-note": Page("GET POST", f"{READ} CHRONOLOGY_WRITE", "child", "chronology"),
    "correct-note": Page("GET POST", f"{READ} CHRONOLOGY_WRITE", "entry", rule=own_note),
    "entry-handling": Page("GET POST", READ, "entry", rule=own_entry),
    "entry-raw-text": Page("GET", READ, "entry", rule=own_entry),
    "report-missing-child": Page("GET POST", f"{READ} MISSING_RECORD", "child", "missing"),
    "decide-sharing": Page("GET POST", f"{READ} SHARE_DECIDE", "child", "record", whole_refused),
    "recall-share": Page("GET POST", f"{READ} SHARE_DECIDE", "decision", rule=whole_refused),
    "place-pointer": Page("GET POST", f"{READ} POINTER_ASK", "child"),
    "exclude-worker": Page("GET POST", f"{READ} EXCLUSION_MANAGE", "child", rule=whole_hidden),
    "let-back": Page("GET POST", f"{READ} EXCLUSION_MANAGE", "exclusion", rule=whole_hidden),
    "declare-relation": Page("GET POST", READ, "child"),
    "seal-record": Page(
        "GET POST", f"{READ} SEAL_MANAGE", "child", rule=whole_hidden, get=(OK, DONE), post=(OK, DONE), fresh=True
    ),
    "unseal": Page("GET POST", READ, "child", rule=holds_seal, fresh=True),
    "answer-unseal": Page("POST", READ, "proposal", rule=holds_seal, post=DONE, fresh=True),
    "add-holder": Page("GET POST", READ, "child", rule=holds_and_seals, fresh=True),
    "remove-holder": Page("GET POST", READ, "holder", rule=takes_off, fresh=True),
    "export": Page(needs=f"{READ} RECORD_EXPORT", of="child", fresh=True),
    "record-pdf": Page("GET POST", "", "copy", rule=once_posted, get=DONE, typed=what_for, fresh=True),
    # Assessments. Who has a part of the record, or opened it in an emergency, reads and does not write.
    "assessments": Page(rule=writes_or_contributes),
    "contribution": Page("GET POST", "", "contribution", rule=of_the_agency_asked),
    "child-assessments": Page(needs=READ, of="child", part="assessments"),
    # With nothing submitted there is nothing to compare: it leads to the list.
    "compare-assessments": Page(needs=READ, of="child", part="assessments", get=(OK, DONE)),
    "begin-assessment": Page("GET POST", ASSESS, "child", "assessments", whole_refused),
    "assessment": Page(needs=READ, of="assessment"),
    "assessment-domain": Page("GET POST", ASSESS, "domain", rule=whole_refused),
    "assessment-views": Page("GET POST", ASSESS, "assessment", rule=whole_refused),
    "assessment-judgement": Page("GET POST", ASSESS, "assessment", rule=whole_refused),
    "submit-assessment": Page("POST", ASSESS, "assessment", rule=whole_refused, post=(DONE, CONFLICT)),
    "hand-over-assessment": Page("GET POST", READ, "assessment", rule=hands_over),
    "stop-assessment": Page("GET POST", ASSESS, "assessment", rule=whole_refused),
    "sign-off-assessment": Page(
        "GET POST",
        f"{READ} ASSESSMENT_SIGN_OFF",
        "assessment",
        rule=whole_refused,
        get=(OK, DONE),
        post=(OK, DONE),
    ),
    "ask-for-contribution": Page("GET POST", ASSESS, "assessment", rule=whole_refused),
    "chase-contribution": Page("POST", ASSESS, "asked", rule=whole_refused, post=DONE),
    "withdraw-contribution": Page("GET POST", ASSESS, "asked", rule=whole_refused),
    # Assessment tools.
    "instruments": Page(rule=reads_tools),
    "new-instrument": Page("GET POST", "INSTRUMENT_EDIT"),
    "instrument": Page(of="tool", rule=reads_tools),
    "instrument-about": Page("GET POST", "INSTRUMENT_EDIT", "tool"),
    "begin-draft": Page("POST", "INSTRUMENT_EDIT", "tool", post=DONE),
    "instrument-draft": Page("GET POST", "INSTRUMENT_EDIT", "tool drawn up"),
    "draft-part": Page("GET POST", "INSTRUMENT_EDIT", "part of a tool"),
    "draft-member": Page("GET POST", "INSTRUMENT_EDIT", "item of a tool"),
    "publish-instrument": Page("GET POST", "INSTRUMENT_PUBLISH", "tool drawn up", fresh=True),
    "instrument-version": Page(of="version of a tool", rule=reads_tools),
    "retire-version": Page("GET POST", "INSTRUMENT_PUBLISH", "version of a tool", post=DONE, fresh=True),
    # The plan.
    "child-plan": Page(needs=READ, of="child", part="plan"),
    "plan-print": Page(needs=READ, of="child", part="plan"),
    "plan-for-me": Page(needs=READ, of="child", part="plan"),
    "plan-tasks": Page(needs=READ, of="planned", part="plan"),
    "child-direct-work": Page(needs=READ, of="child", part="plan"),
    "open-plan": Page("GET POST", WRITES_PLANS, "planned", "plan"),
    "change-plan": Page("GET POST", WRITES_PLANS, "planned", "plan"),
    "plan-phase": Page("GET POST", WRITES_PLANS, "planned", "plan"),
    "safety-plan": Page("GET POST", WRITES_PLANS, "planned", "plan"),
    "record-review": Page("GET POST", WRITES_PLANS, "planned", "plan"),
    "link-plan": Page("GET POST", WRITES_PLANS, "planned", "plan"),
    "end-linked-plan": Page("POST", WRITES_PLANS, "linked plan", post=DONE),
    "add-goal": Page("GET POST", WRITES_PLANS, "planned", "plan"),
    "change-goal": Page("GET POST", WRITES_PLANS, "goal"),
    "move-goal": Page("GET POST", WRITES_PLANS, "goal"),
    "add-task": Page("GET POST", WRITES_PLANS, "planned", "plan"),
    "change-task": Page("GET POST", WRITES_PLANS, "task"),
    "finish-task": Page("GET POST", WRITES_PLANS, "task"),
    "plan-direct-work": Page("GET POST", WRITES_PLANS, "planned", "plan"),
    "record-new-direct-work": Page("GET POST", WRITES_PLANS, "planned", "plan"),
    "record-direct-work": Page("GET POST", WRITES_PLANS, "direct_work"),
    "move-direct-work": Page("GET POST", WRITES_PLANS, "direct_work"),
    "plan-team": Page("GET POST", WRITES_PLANS, "planned", "plan"),
    "trust-member": Page("POST", WRITES_PLANS, "team member", post=DONE),
    "leave-team": Page("POST", WRITES_PLANS, "team member", post=DONE),
    # Supervision, and who works with whom.
    "caseload": Page(rule=has_caseload),
    "worker-caseload": Page(of="worker", rule=own_caseload),
    "supervise-worker": Page("GET POST", "SUPERVISION_WRITE", "worker", rule=own_caseload),
    "close-case": Page("GET POST", f"{READ} CASE_CLOSE", "worked", "record"),
    "allocation": Page("GET POST", f"{READ} CASE_ALLOCATE", "worked", "record"),
    "end-allocation": Page("POST", f"{READ} CASE_ALLOCATE", "allocation", post=DONE),
    "child-supervision": Page(needs=READ, of="child", part="record"),
    "add-supervision": Page("GET POST", f"{READ} SUPERVISION_WRITE", "child", "record"),
    "add-oversight": Page("GET POST", f"{READ} OVERSIGHT_WRITE", "child", "record"),
    "add-formulation": Page("GET POST", f"{READ} FORMULATION_WRITE", "child", "record"),
    "formulation": Page(needs=READ, of="formulation"),
    "formulation-to-plan": Page("GET POST", f"{READ} PLAN_WRITE", "formulation"),
    "supervision-action": Page("GET POST", f"{READ} SUPERVISION_WRITE", "action"),
    # Case studies: a story within its record, and those released, which are nobody's.
    "released-studies": Page(needs="REPORT_READ"),
    "released-study": Page(needs="REPORT_READ", of="released study"),
    "released-study-pdf": Page(needs="REPORT_READ", of="released study"),
    "child-case-studies": Page(needs=READ, of="child", part="record"),
    "draft-case-study": Page("GET POST", DRAFTS, "child", "record", whole_hidden),
    "case-study": Page(needs=READ, of="case study"),
    "edit-case-study": Page("GET POST", DRAFTS, "case study", rule=whole_hidden),
    "explain-case-study": Page("GET POST", DRAFTS, "case study", rule=whole_hidden),
    "case-study-consent": Page("GET POST", READ, "case study", rule=drafts_or_releases),
    "propose-case-study": Page("POST", DRAFTS, "case study", rule=whole_hidden, post=(DONE, CONFLICT)),
    "decide-case-study": Page("GET POST", RELEASES, "case study", rule=whole_hidden),
    "withdraw-case-study": Page("GET POST", READ, "case study", rule=drafts_or_releases),
    # The profile for when somebody is missing, and the peer audit of return interviews.
    "missing-profile": Page(needs=READ, of="child", part="missing"),
    "write-missing-profile": Page("GET POST", f"{READ} MISSING_PROFILE_WRITE", "child", "missing"),
    "print-missing-profile": Page(needs=READ, of="child", part="missing"),
    "audit-rounds": Page(needs="INTERVIEW_AUDIT"),
    "draw-audit-round": Page("GET POST", "INTERVIEW_AUDIT"),
    "audit-round": Page(needs="INTERVIEW_AUDIT", of="audit round"),
    "audit-interview": Page("GET POST", "INTERVIEW_AUDIT", "audited interview"),
    "add-audit-action": Page("GET POST", "INTERVIEW_AUDIT", "audit round"),
    "finish-audit-action": Page("GET POST", "INTERVIEW_AUDIT", "audit action"),
    # Panels. A meeting tells of nobody; who is on its agenda is as each reader sees.
    "panels": Page(rule=opens_panels),
    "panel": Page(needs="PANEL_READ", of="panel"),
    "plan-panel-meeting": Page("GET POST", "PANEL_READ PANEL_LEAD", "panel"),
    "panel-meeting": Page(needs="PANEL_READ", of="panel meeting"),
    "build-agenda": Page("POST", "PANEL_READ PANEL_LEAD", "panel meeting", post=DONE),
    "agenda-order": Page("GET POST", "PANEL_READ PANEL_LEAD", "panel meeting"),
    "cancel-panel-meeting": Page("GET POST", "PANEL_READ PANEL_LEAD", "panel meeting"),
    "close-panel-meeting": Page("GET POST", "PANEL_READ PANEL_LEAD", "panel meeting"),
    "panel-minutes": Page(needs="PANEL_READ", of="panel meeting"),
    "agenda-item": Page("GET POST", "PANEL_READ", "panel item", rule=leads_panel_to_write),
    "ask-for-updates": Page("GET POST", "PANEL_READ", "panel item", rule=leads_panel),
    "take-off-agenda": Page("GET POST", "PANEL_READ", "panel item", rule=leads_panel),
    "put-back-on-agenda": Page("POST", "PANEL_READ", "panel item", rule=leads_panel, post=DONE),
    "panel-update": Page("GET POST", "", "panel update", rule=of_the_agency_a_panel_asked),
    "chase-update": Page("POST", "PANEL_LEAD", "panel update asked", rule=chases_update, post=DONE),
    "child-panels": Page(needs=READ, of="child", part="panels"),
    "refer-to-panel": Page("GET POST", READ, "child", "panels", refers_to_panel),
    "withdraw-from-panel": Page("GET POST", READ, "panel referral", rule=refers_to_panel),
    "panel-action": Page("GET POST", READ, "panel action", rule=finishes_action),
    # The way to adulthood. On what the work goes on from 18 is said by who has the whole record.
    "transition": Page(needs="TRANSITION_WRITE"),
    "school-moves": Page(needs="TRANSITION_WRITE"),
    "child-transition": Page(needs=READ, of="child", part="transition"),
    "transition-words": Page("GET POST", WRITES_TRANSITION, "child", "transition"),
    "transition-readiness": Page("GET POST", WRITES_TRANSITION, "child", "transition"),
    "adult-outcomes": Page("GET POST", WRITES_TRANSITION, "outcomes"),
    "record-capacity": Page("GET POST", WRITES_TRANSITION, "child", "transition"),
    "ask-threshold": Page("GET POST", WRITES_TRANSITION, "child", "transition"),
    "answer-threshold": Page("GET POST", WRITES_TRANSITION, "threshold"),
    "record-basis": Page("GET POST", f"{READ} ADULT_BASIS_RECORD", "child", "transition", whole_hidden),
    "end-basis": Page("GET POST", f"{READ} ADULT_BASIS_RECORD", "basis", rule=whole_hidden),
    "name-adult-worker": Page("GET POST", WRITES_TRANSITION, "child", "transition"),
    "record-joint-meeting": Page("GET POST", WRITES_TRANSITION, "adult worker"),
    "hand-over": Page("GET POST", WRITES_TRANSITION, "child", "transition"),
    "receive-hand-over": Page("GET POST", WRITES_TRANSITION, "hand-over"),
    "school-move": Page("GET POST", WRITES_TRANSITION, "child", "transition"),
    # Outcomes, and what a closure asks for.
    "follow-ups": Page(needs="OUTCOME_WRITE"),
    "closures-returned": Page(needs="CASE_CLOSE"),
    "child-outcomes": Page(needs=READ, of="child", part="outcomes"),
    "outcomes-at": Page("GET POST", f"{READ} OUTCOME_WRITE", "point"),
    "closure-challenge": Page("GET POST", f"{READ} CASE_CLOSE", "worked", "record"),
    "closing-told": Page("GET POST", f"{READ} OUTCOME_WRITE", "told"),
    "follow-up-not-reached": Page("GET POST", f"{READ} OUTCOME_WRITE", "follow-up"),
    "look-at-closure": Page("GET POST", f"{READ} CASE_CLOSE", "closure"),
    # The National Referral Mechanism. Who has a part of the record, or opened it in an emergency, reads and does not
    # write.
    "nrm": Page(needs="NRM_WRITE"),
    "child-nrm": Page(needs=READ, of="child", part="nrm"),
    "refer-to-nrm": Page("GET POST", WRITES_NRM, "child", "nrm", whole_refused),
    "nrm-decision": Page("GET POST", WRITES_NRM, "nrm referral", rule=whole_refused),
    "nrm-reconsideration": Page("GET POST", WRITES_NRM, "nrm referral", rule=whole_refused),
    "nrm-step": Page("GET POST", WRITES_NRM, "nrm referral", rule=whole_refused),
    "nrm-evidence": Page("GET POST", WRITES_NRM, "nrm referral", rule=whole_refused),
    "nrm-copy": Page("GET POST", f"{READ} RECORD_EXPORT", "nrm referral", typed=what_for, fresh=True),
    "add-guardian": Page("GET POST", WRITES_NRM, "child", "nrm", whole_refused),
    "change-guardian": Page("GET POST", WRITES_NRM, "guardian", rule=whole_refused),
    "add-section-45": Page("GET POST", WRITES_NRM, "child", "nrm", whole_refused),
    "change-section-45": Page("GET POST", WRITES_NRM, "section 45", rule=whole_refused),
    # What young people say. A time together is its worker's own; it is over, and leads to what waits.
    "child-voice": Page(needs=READ, of="child", part="voice"),
    "record-view": Page("GET POST", WRITES_VOICE, "child", "voice"),
    "view": Page(needs=READ, of="view said"),
    "correct-view": Page("GET POST", WRITES_VOICE, "view said"),
    "record-change": Page("GET POST", WRITES_VOICE, "child", "voice"),
    "tell-of-change": Page("GET POST", WRITES_VOICE, "change made"),
    "record-feedback": Page("GET POST", WRITES_VOICE, "child", "voice"),
    "feedback-figures": Page(needs=WRITES_VOICE),
    "begin-together": Page("GET POST", WRITES_VOICE, "child", "voice"),
    "words-waiting": Page(needs=WRITES_VOICE),
    "keep-words": Page(needs=WRITES_VOICE, of="kept together"),
    "keep-step": Page("GET POST", WRITES_VOICE, "typed words"),
    "together": Page("GET POST", "VOICE_WRITE", "time together", get=DONE, post=SEE_OTHER),
    "together-page": Page("GET POST", "VOICE_WRITE", "page of it", get=DONE, post=SEE_OTHER),
    "finish-together": Page("POST", "VOICE_WRITE", "time together", post=SEE_OTHER),
    "leave-together": Page("POST", of="way out", open_to_all=True, post=SEE_OTHER),
    # Missing.
    "missing-desk": Page(needs="MISSING_DESK_READ"),
    "high-risk": Page(needs="MISSING_DESK_READ"),
    "missing-desk-now": Page(needs="MISSING_DESK_READ"),
    "report-missing": Page("GET POST", "MISSING_RECORD", typed=somebody_alike, post=(OK, DONE)),
    "missing-episode": Page(of="episode"),
    "record-return": Page("GET POST", "MISSING_RECORD", "episode", rule=stands_by_itself),
    "undo-return": Page("GET POST", "MISSING_RECORD", "episode", rule=returned),
    "take-missing": Page("POST", "MISSING_RECORD", "episode", rule=stands_by_itself, post=(DONE, CONFLICT)),
    "hand-over-missing": Page("GET POST", "MISSING_RECORD", "episode", rule=stands_by_itself),
    "grade-missing": Page("GET POST", "MISSING_RECORD", "episode", rule=stands_by_itself),
    "correct-missing": Page("GET POST", "MISSING_RECORD", "episode", rule=stands_by_itself),
    "merge-missing": Page("GET POST", "MISSING_RECORD", "episode", rule=stands_by_itself),
    "unmerge-missing": Page("GET POST", "MISSING_RECORD", "episode", rule=merged),
    "offer-interview": Page("GET POST", "INTERVIEW_RECORD", "episode", rule=returned),
    "record-attempt": Page("GET POST", "INTERVIEW_RECORD", "episode", rule=returned),
    "not-offer-interview": Page("GET POST", "INTERVIEW_RECORD", "episode", rule=returned),
    "record-answer": Page("GET POST", "INTERVIEW_RECORD", "episode", rule=returned),
    "hold-interview": Page("GET POST", "INTERVIEW_RECORD", "episode", rule=returned),
    "tell-of-interview": Page("GET POST", "INTERVIEW_RECORD", "episode", rule=was_held),
    "add-to-interview": Page("GET POST", "INTERVIEW_RECORD", "episode", rule=was_held, post=(OK, DONE)),
    "set-mention-aside": Page("GET POST", "INTERVIEW_RECORD", "mention"),
    "finish-safety-action": Page("GET POST", "INTERVIEW_RECORD", "safety action", post=(OK, DONE)),
    "record-prevention-interview": Page("GET POST", "PREVENTION_INTERVIEW_RECORD", "episode", rule=polices_own),
    "missing-patterns": Page(needs="MISSING_DESK_READ"),
    "child-missing-patterns": Page(needs=READ, of="child", part="missing"),
    "statutory-return": Page(needs="MISSING_RECONCILE"),
    "statutory-rows": Page(needs=f"MISSING_RECONCILE {READ}"),
    # Referrals.
    "referrals": Page(needs="REFERRAL_CREATE"),
    "new-referral": Page("GET POST", "REFERRAL_CREATE", typed=somebody_alike, post=(OK, DONE)),
    "referral": Page("GET POST", "", "referral"),
    "referral-owner": Page("POST", "", "referral", post=DONE),
    "referral-told": Page("POST", "", "referral", post=DONE),
    # The public door: closed where no e-mail can leave, and it tells nothing of anybody.
    "guest-start": Page("GET POST", open_to_all=True),
    "guest-code": Page("GET POST", open_to_all=True, get=DONE, post=DONE),
    "guest-form": Page("GET POST", open_to_all=True, get=DONE, post=(OK, DONE)),
    "guest-sent": Page("GET", open_to_all=True, get=DONE),
    "referral-receipt": Page("GET", "", "receipt", rule=lambda _: HIDDEN),
    # Health, and letters. Only health itself writes updates. The page behind a letter's link tells nothing.
    "health-queue": Page(needs="HEALTH_WRITE"),
    "child-health": Page(needs=READ, of="child", part="health"),
    "give-health-update": Page("GET POST", WRITES_HEALTH, "child", "health", speaks_for_health),
    "correct-health-update": Page("GET POST", WRITES_HEALTH, "health update", rule=speaks_for_health),
    "ask-health": Page("GET POST", WRITES_HEALTH, "child", "health"),
    "answer-health-question": Page("GET POST", WRITES_HEALTH, "health question", rule=speaks_for_health),
    "withdraw-health-question": Page("POST", WRITES_HEALTH, "health question", post=DONE),
    "add-health-service": Page("GET POST", WRITES_HEALTH, "child", "health"),
    "correct-health-service": Page("GET POST", WRITES_HEALTH, "health service"),
    "end-health-service": Page("GET POST", WRITES_HEALTH, "health service"),
    "write-letter": Page("GET POST", SENDS_LETTERS, "letter to write"),
    "no-letter": Page("GET POST", SENDS_LETTERS, "letter to write"),
    "child-letter": Page("GET POST", READ, "letter", rule=sends_letters_to_write),
    "letter-code": Page("POST", SENDS_LETTERS, "letter"),
    "letter-paper": Page(needs=SENDS_LETTERS, of="letter"),
    "collect-letter": Page("GET POST", "", "letter link", open_to_all=True, get=(OK, HIDDEN), post=(OK, HIDDEN)),
    # Documents.
    "child-documents": Page("GET POST", READ, "child", "record", rule=adds_document),
    "document": Page("GET", READ, "document", rule=is_open),
    "document-handling": Page("GET POST", f"{READ} DOCUMENT_ADD", "document", rule=own_document),
    "scan-document": Page("POST", READ, "document", post=DONE),
    "release-document": Page("GET POST", f"{READ} OVERSIGHT_WRITE", "document", rule=is_held, fresh=True),
    # Pointers.
    "pointers": Page(needs="POINTER_ASK"),
    "ask-through-pointer": Page("GET POST", "POINTER_ASK", "pointer", rule=of_another_agency),
    "end-pointer": Page("POST", "", "pointer", rule=ends_pointer, post=DONE),
    "pointer-request": Page("GET POST", "", "question"),
    # An emergency.
    "emergency": Page("GET POST", "BREAK_GLASS", typed=in_danger, post=(OK, DONE), fresh=True),
    "hand-back-emergency": Page("POST", "", "opening", rule=own_opening, post=DONE),
    "emergency-reviews": Page(
        needs="BREAK_GLASS_REVIEW", tells=("case", "#people_person", "#sharing_emergencyopening")
    ),
    "emergency-review": Page(
        "GET POST",
        "BREAK_GLASS_REVIEW",
        "opening",
        tells=("case", "emergency", "#people_person", "#sharing_emergencyopening"),
    ),
    # Governance.
    "governance": Page(rule=lambda ask: None if ask.may("AUDIT_READ") or ask.may("ACCESS_REVIEW") else REFUSED),
    "access-review": Page(
        needs="ACCESS_REVIEW", tells=("case", "emergencygrant", "#people_person", "#need_to_know_grant")
    ),
    "access-file": Page(
        needs="ACCESS_REVIEW", tells=("case", "emergencygrant", "#people_person", "#need_to_know_grant"), fresh=True
    ),
    "end-grant": Page("GET POST", "ACCESS_REVIEW CASE_ALLOCATE", "grant", rule=ends_by_itself),
    "audit-log": Page("GET POST", "AUDIT_READ", tells=("case", EVERY_ID), post=(OK, DONE)),
    "audit-log-file": Page(needs="AUDIT_READ", tells=("case", EVERY_ID), fresh=True),
    "unusual-finding": Page("GET POST", "AUDIT_READ", "finding", rule=lambda _: HIDDEN),
    "unusual-access": Page(needs="AUDIT_READ", tells=("case", "#people_person")),
    # Advice on wording: about no child.
    "wording": Page(),
    "wording-advice": Page("POST"),
    "new-nudge": Page("GET POST", "WORDING_EDIT"),
    "edit-nudge": Page("GET POST", "WORDING_EDIT", "nudge"),
    # Work, search, reports.
    "my-day": Page(),
    "notice-seen": Page("POST", "", "notice", post=DONE),
    "search": Page("GET POST", "CHILD_SEARCH", typed=names),
    "reports": Page("GET POST", "REPORT_READ"),
    "annual-report": Page("GET", "REPORT_READ", "year", get=HIDDEN),
    "missing-reports": Page("GET POST", "REPORT_READ"),
    "missing-report": Page("GET", "REPORT_READ", "month", get=HIDDEN),
    "edition": Page(needs="REPORT_READ", of="edition", get=HIDDEN),
    "report-file": Page(needs="REPORT_READ", of="file", fresh=True),
    "figure": Page(needs="REPORT_READ", of="figure", get=HIDDEN),
    # The API: what the pages show, in their order of asking.
    "api": Page(READING, api=True),
    "api-schema": Page(READING, open_to_all=True, api=True),
    "api-nothing": Page(ANY, of="nothing", get=HIDDEN, post=HIDDEN, api=True),
    "api:api-root": Page(READING, api=True),
    "api:me": Page(api=True),
    "api:children": Page(needs=READ, api=True),
    "api:search": Page("POST", "CHILD_SEARCH", post=(OK, NOT_VALID), typed=names, api=True),
    "api:child": Page(needs=READ, of="child", api=True),
    "api:child_chronology": Page(needs=READ, of="child", part="chronology", api=True),
    "api:child_missing": Page(needs=READ, of="child", part="missing", api=True),
    "api:pointers": Page(needs="POINTER_ASK", api=True),
}
