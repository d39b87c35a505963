"""What workers do with the one plan: its phases, goals, safety plan, tasks, reviews, direct work and team."""

from trellis.plans.services.direct_work import (
    move_direct_work,
    plan_direct_work,
    record_direct_work,
    record_direct_work_done,
)
from trellis.plans.services.goals import move_goal, reword_goal, say_goal
from trellis.plans.services.plan import (
    change_plan,
    end_linked_plan,
    link_plan,
    move_plan,
    open_plan,
    record_review,
)
from trellis.plans.services.safety import write_safety_plan
from trellis.plans.services.tasks import add_task, change_task, move_task
from trellis.plans.services.team import join_team, leave_team, trust

__all__ = [
    "add_task",
    "change_plan",
    "change_task",
    "end_linked_plan",
    "join_team",
    "leave_team",
    "link_plan",
    "move_direct_work",
    "move_goal",
    "move_plan",
    "move_task",
    "open_plan",
    "plan_direct_work",
    "record_direct_work",
    "record_direct_work_done",
    "record_review",
    "reword_goal",
    "say_goal",
    "trust",
    "write_safety_plan",
]
