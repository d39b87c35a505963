"""What the pages of an assessment ask."""

from trellis.assessments.forms.answers import DomainForm, typed_over
from trellis.assessments.forms.contributions import DECLINE, AskForm, ContributionForm
from trellis.assessments.forms.steps import (
    RETURN,
    BeginForm,
    HandOverForm,
    JudgementForm,
    SignOffForm,
    StopForm,
    ViewsForm,
)

__all__ = [
    "DECLINE",
    "RETURN",
    "AskForm",
    "BeginForm",
    "ContributionForm",
    "DomainForm",
    "HandOverForm",
    "JudgementForm",
    "SignOffForm",
    "StopForm",
    "ViewsForm",
    "typed_over",
]
