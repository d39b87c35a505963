from django.apps import AppConfig

from trellis.cases import chronology


class OutcomesConfig(AppConfig):
    name = "trellis.outcomes"

    def ready(self) -> None:
        from trellis.cases import child_pages, closing, returning
        from trellis.core.protection import Part
        from trellis.outcomes.child_parts import closing_unfinished, earlier_closure, outcomes_due
        from trellis.outcomes.services import ask_again_later

        chronology.register("outcomes", "Outcomes", Part.OUTCOMES)
        child_pages.register_page("Outcomes", "child-outcomes", position=52, part=Part.OUTCOMES)
        child_pages.register_due(outcomes_due)
        closing.register_check_of_reason(closing_unfinished)
        closing.register_after(ask_again_later)
        returning.register_earlier_work(earlier_closure)
