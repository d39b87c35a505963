from django.urls import path

from trellis.plans.views import direct_work, goals, plan, tasks, team

PLAN = "children/<uuid:person_id>/plan/"
urlpatterns = [
    path(PLAN, plan.plan, name="child-plan"),
    path(f"{PLAN}print/", plan.plan_print, name="plan-print"),
    path(f"{PLAN}for-me/", plan.plan_for_me, name="plan-for-me"),
    path(f"{PLAN}open/", plan.open_plan, name="open-plan"),
    path(f"{PLAN}change/", plan.change_plan, name="change-plan"),
    path(f"{PLAN}phase/", plan.phase, name="plan-phase"),
    path(f"{PLAN}safety/", plan.safety_plan, name="safety-plan"),
    path(f"{PLAN}reviews/new/", plan.record_review, name="record-review"),
    path(f"{PLAN}linked/new/", plan.link_plan, name="link-plan"),
    path(f"{PLAN}linked/<uuid:linked_id>/end/", plan.end_linked_plan, name="end-linked-plan"),
    path(f"{PLAN}goals/new/", goals.add_goal, name="add-goal"),
    path(f"{PLAN}goals/<uuid:goal_id>/", goals.change_goal, name="change-goal"),
    path(f"{PLAN}goals/<uuid:goal_id>/step/", goals.move_goal, name="move-goal"),
    path(f"{PLAN}tasks/", tasks.tasks, name="plan-tasks"),
    path(f"{PLAN}tasks/new/", tasks.add_task, name="add-task"),
    path(f"{PLAN}tasks/<uuid:task_id>/", tasks.change_task, name="change-task"),
    path(f"{PLAN}tasks/<uuid:task_id>/step/", tasks.finish_task, name="finish-task"),
    path(f"{PLAN}direct-work/", direct_work.direct_work, name="child-direct-work"),
    path(f"{PLAN}direct-work/new/", direct_work.plan_direct_work, name="plan-direct-work"),
    path(f"{PLAN}direct-work/record/", direct_work.record_new_direct_work, name="record-new-direct-work"),
    path(f"{PLAN}direct-work/<uuid:direct_work_id>/", direct_work.record_direct_work, name="record-direct-work"),
    path(f"{PLAN}direct-work/<uuid:direct_work_id>/time/", direct_work.move_direct_work, name="move-direct-work"),
    path(f"{PLAN}team/", team.team, name="plan-team"),
    path(f"{PLAN}team/<uuid:member_id>/trusted/", team.trust, name="trust-member"),
    path(f"{PLAN}team/<uuid:member_id>/leave/", team.leave, name="leave-team"),
]
