"""The missing desk: episodes, interviews, the profile of those who are looked for, the audit of interviews."""

from trellis.missing.models.episodes import (
    DeskOwner,
    EpisodeCorrection,
    EpisodeMove,
    EpisodeQuerySet,
    Escalation,
    FoundBy,
    Kind,
    MissingEpisode,
    RiskGrading,
    TimeRange,
)
from trellis.missing.models.interviews import (
    DeclinedBy,
    InterviewAttempt,
    InterviewMove,
    Mention,
    PreventionInterview,
    ReturnInterview,
    SafetyAction,
)
from trellis.missing.models.profile import MissingProfile
from trellis.missing.models.quality import AuditAction, AuditRound, InterviewAudit

__all__ = [
    "AuditAction",
    "AuditRound",
    "DeclinedBy",
    "DeskOwner",
    "EpisodeCorrection",
    "EpisodeMove",
    "EpisodeQuerySet",
    "Escalation",
    "FoundBy",
    "InterviewAttempt",
    "InterviewAudit",
    "InterviewMove",
    "Kind",
    "Mention",
    "MissingEpisode",
    "MissingProfile",
    "PreventionInterview",
    "ReturnInterview",
    "RiskGrading",
    "SafetyAction",
    "TimeRange",
]
