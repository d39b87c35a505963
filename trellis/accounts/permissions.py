"""What a role may do, as stable strings. A role holds some of these; which child is a matter of grants."""

from enum import StrEnum


class Permission(StrEnum):
    CHILD_READ = "CHILD_READ"
    CHILD_SEARCH = "CHILD_SEARCH"
    CHRONOLOGY_WRITE = "CHRONOLOGY_WRITE"
    CASE_ALLOCATE = "CASE_ALLOCATE"
    CASE_CLOSE = "CASE_CLOSE"
    REFERRAL_CREATE = "REFERRAL_CREATE"
    REFERRAL_DECIDE = "REFERRAL_DECIDE"
    MISSING_DESK_READ = "MISSING_DESK_READ"
    MISSING_RECORD = "MISSING_RECORD"
    INTERVIEW_RECORD = "INTERVIEW_RECORD"
    PREVENTION_INTERVIEW_RECORD = "PREVENTION_INTERVIEW_RECORD"
    MISSING_PROFILE_WRITE = "MISSING_PROFILE_WRITE"
    MISSING_ESCALATED = "MISSING_ESCALATED"
    MISSING_RECONCILE = "MISSING_RECONCILE"
    INTERVIEW_AUDIT = "INTERVIEW_AUDIT"
    PANEL_READ = "PANEL_READ"
    PANEL_REFER = "PANEL_REFER"
    PANEL_UPDATE = "PANEL_UPDATE"
    PANEL_LEAD = "PANEL_LEAD"
    PERSON_EDIT = "PERSON_EDIT"
    ASSESSMENT_WRITE = "ASSESSMENT_WRITE"
    ASSESSMENT_SIGN_OFF = "ASSESSMENT_SIGN_OFF"
    CONTRIBUTION_GIVE = "CONTRIBUTION_GIVE"
    INSTRUMENT_EDIT = "INSTRUMENT_EDIT"
    INSTRUMENT_PUBLISH = "INSTRUMENT_PUBLISH"
    PLAN_WRITE = "PLAN_WRITE"
    SUPERVISION_WRITE = "SUPERVISION_WRITE"
    OVERSIGHT_WRITE = "OVERSIGHT_WRITE"
    FORMULATION_WRITE = "FORMULATION_WRITE"
    DOCUMENT_ADD = "DOCUMENT_ADD"
    WORDING_EDIT = "WORDING_EDIT"
    HEALTH_WRITE = "HEALTH_WRITE"
    LETTER_SEND = "LETTER_SEND"
    VOICE_WRITE = "VOICE_WRITE"
    NRM_WRITE = "NRM_WRITE"
    OUTCOME_WRITE = "OUTCOME_WRITE"
    TRANSITION_WRITE = "TRANSITION_WRITE"
    ADULT_BASIS_RECORD = "ADULT_BASIS_RECORD"
    CASE_STUDY_WRITE = "CASE_STUDY_WRITE"
    CASE_STUDY_RELEASE = "CASE_STUDY_RELEASE"
    RECORD_EXPORT = "RECORD_EXPORT"
    SHARE_DECIDE = "SHARE_DECIDE"
    POINTER_ASK = "POINTER_ASK"
    EXCLUSION_MANAGE = "EXCLUSION_MANAGE"
    SEAL_MANAGE = "SEAL_MANAGE"
    BREAK_GLASS = "BREAK_GLASS"
    BREAK_GLASS_REVIEW = "BREAK_GLASS_REVIEW"
    ACCESS_REVIEW = "ACCESS_REVIEW"
    REPORT_READ = "REPORT_READ"
    AUDIT_READ = "AUDIT_READ"
    ACCOUNT_MANAGE = "ACCOUNT_MANAGE"


# What each permits, so that a refusal reads "your role does not include ...".
WORDS = {
    Permission.CHILD_READ: "reading young people's records",
    Permission.CHILD_SEARCH: "searching for young people",
    Permission.CHRONOLOGY_WRITE: "writing in chronologies",
    Permission.CASE_ALLOCATE: "allocating cases",
    Permission.CASE_CLOSE: "closing cases",
    Permission.REFERRAL_CREATE: "making referrals",
    Permission.REFERRAL_DECIDE: "deciding referrals",
    Permission.MISSING_DESK_READ: "the missing desk",
    Permission.MISSING_RECORD: "recording missing reports and returns",
    Permission.INTERVIEW_RECORD: "recording return interviews",
    Permission.PREVENTION_INTERVIEW_RECORD: "recording prevention interviews of the police",
    Permission.MISSING_PROFILE_WRITE: "writing profiles for when somebody is missing",
    Permission.MISSING_ESCALATED: "being told of missing reports that nobody has taken",
    Permission.MISSING_RECONCILE: "comparing missing episodes with the statutory return",
    Permission.INTERVIEW_AUDIT: "auditing return interviews",
    Permission.PANEL_READ: "the panels",
    Permission.PANEL_REFER: "referring to a panel",
    Permission.PANEL_UPDATE: "giving a panel an update",
    Permission.PANEL_LEAD: "leading a panel",
    Permission.PERSON_EDIT: "changing who a young person is",
    Permission.ASSESSMENT_WRITE: "writing assessments",
    Permission.ASSESSMENT_SIGN_OFF: "signing assessments off",
    Permission.CONTRIBUTION_GIVE: "contributing to assessments",
    Permission.INSTRUMENT_EDIT: "drawing up assessment tools",
    Permission.INSTRUMENT_PUBLISH: "publishing assessment tools",
    Permission.PLAN_WRITE: "writing plans",
    Permission.SUPERVISION_WRITE: "recording supervision",
    Permission.OVERSIGHT_WRITE: "recording management oversight",
    Permission.FORMULATION_WRITE: "leading a formulation",
    Permission.DOCUMENT_ADD: "adding documents",
    Permission.WORDING_EDIT: "changing the advice on wording",
    Permission.HEALTH_WRITE: "recording health updates and health services",
    Permission.LETTER_SEND: "sending letters",
    Permission.VOICE_WRITE: "recording what young people say of the help they get",
    Permission.NRM_WRITE: "recording referrals to the National Referral Mechanism",
    Permission.OUTCOME_WRITE: "recording outcomes",
    Permission.TRANSITION_WRITE: "planning transitions",
    Permission.ADULT_BASIS_RECORD: "recording on what basis work goes on from 18",
    Permission.CASE_STUDY_WRITE: "drafting case studies",
    Permission.CASE_STUDY_RELEASE: "releasing case studies",
    Permission.RECORD_EXPORT: "taking a record out of the system",
    Permission.SHARE_DECIDE: "deciding what is shared",
    Permission.POINTER_ASK: "asking and answering who knows a young person",
    Permission.EXCLUSION_MANAGE: "keeping a worker from a record",
    Permission.SEAL_MANAGE: "sealing records",
    Permission.BREAK_GLASS: "opening a record in an emergency",
    Permission.BREAK_GLASS_REVIEW: "reviewing emergency openings",
    Permission.ACCESS_REVIEW: "reviewing who may see whom",
    Permission.REPORT_READ: "reading reports",
    Permission.AUDIT_READ: "reading the audit log",
    Permission.ACCOUNT_MANAGE: "managing accounts",
}
