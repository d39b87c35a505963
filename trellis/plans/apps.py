from django.apps import AppConfig

from trellis.cases import chronology


class PlansConfig(AppConfig):
    name = "trellis.plans"

    def ready(self) -> None:
        from trellis.cases import child_pages, childs_words, closing, read_back
        from trellis.core.protection import Part
        from trellis.plans.child_parts import plan_due, plan_unfinished, team_involved
        from trellis.plans.heard import copy_of_plan, said_in_plan, said_together

        chronology.register("plan", "Plan", Part.PLAN)
        chronology.register("direct_work", "Time with the young person", Part.PLAN)
        child_pages.register_page("Plan", "child-plan", position=25, part=Part.PLAN)
        child_pages.register_due(plan_due)
        child_pages.register_involved(team_involved)
        closing.register_check(plan_unfinished)
        childs_words.register(said_in_plan)
        childs_words.register(said_together)
        read_back.register_copy(copy_of_plan)
