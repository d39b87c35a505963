"""The one plan for a young person, and the work done by it."""

from trellis.plans.models.plans import (
    GOALS_STAND,
    OVER,
    Goal,
    GoalCorrection,
    GoalMove,
    LinkedPlan,
    Plan,
    PlanMove,
    Review,
    SafetyPlan,
    Task,
    TaskMove,
)
from trellis.plans.models.work import DirectWork, DirectWorkMove, TeamMember

__all__ = [
    "GOALS_STAND",
    "OVER",
    "DirectWork",
    "DirectWorkMove",
    "Goal",
    "GoalCorrection",
    "GoalMove",
    "LinkedPlan",
    "Plan",
    "PlanMove",
    "Review",
    "SafetyPlan",
    "Task",
    "TaskMove",
    "TeamMember",
]
