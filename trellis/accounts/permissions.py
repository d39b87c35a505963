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
