"""Drafting, changing, proposing, releasing and withdrawing a case study."""

from trellis.case_studies.services.consent import record_consent
from trellis.case_studies.services.drafting import draft_case_study
from trellis.case_studies.services.moving import (
    propose_case_study,
    release_case_study,
    send_back_case_study,
    withdraw_case_study,
    withdraw_when_sealed,
)
from trellis.case_studies.services.writing import change_case_study, explain_findings

__all__ = [
    "change_case_study",
    "draft_case_study",
    "explain_findings",
    "propose_case_study",
    "record_consent",
    "release_case_study",
    "send_back_case_study",
    "withdraw_case_study",
    "withdraw_when_sealed",
]
