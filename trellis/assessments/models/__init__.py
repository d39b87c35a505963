"""Assessment tools as data, and the assessments made with them."""

from trellis.assessments.models.assessments import (
    Answer,
    Assessment,
    AssessmentMove,
    BestPlaced,
    Judgement,
    OutcomeView,
)
from trellis.assessments.models.contributions import Contribution, ContributionMove, ContributionRequest
from trellis.assessments.models.instruments import Instrument, InstrumentDraft, InstrumentVersion, Purpose

__all__ = [
    "Answer",
    "Assessment",
    "AssessmentMove",
    "BestPlaced",
    "Contribution",
    "ContributionMove",
    "ContributionRequest",
    "Instrument",
    "InstrumentDraft",
    "InstrumentVersion",
    "Judgement",
    "OutcomeView",
    "Purpose",
]
