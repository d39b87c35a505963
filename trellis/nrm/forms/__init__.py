"""What is asked about a referral, its decisions, a guardian and the defence in court."""

from trellis.nrm.forms.referrals import (
    AskAgainForm,
    CopyForm,
    DecisionForm,
    EvidenceForm,
    FilterForm,
    NotAgainForm,
    ReferForm,
    StepForm,
)
from trellis.nrm.forms.support import ChangeGuardianForm, ChangeSection45Form, GuardianForm, Section45Form

__all__ = [
    "AskAgainForm",
    "ChangeGuardianForm",
    "ChangeSection45Form",
    "CopyForm",
    "DecisionForm",
    "EvidenceForm",
    "FilterForm",
    "GuardianForm",
    "NotAgainForm",
    "ReferForm",
    "Section45Form",
    "StepForm",
]
