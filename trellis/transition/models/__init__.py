"""On the way to adulthood, and from primary to secondary school."""

from trellis.transition.models.handing_over import AdultWorker, HandOver, JointMeeting, SchoolMove
from trellis.transition.models.plan import (
    AdultOutcome,
    AdultThreshold,
    CapacityAssessment,
    Readiness,
    TransitionPlan,
    TransitionPlanCorrection,
)

__all__ = [
    "AdultOutcome",
    "AdultThreshold",
    "AdultWorker",
    "CapacityAssessment",
    "HandOver",
    "JointMeeting",
    "Readiness",
    "SchoolMove",
    "TransitionPlan",
    "TransitionPlanCorrection",
]
