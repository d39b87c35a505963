from django.apps import AppConfig

from trellis.cases import chronology


class TransitionConfig(AppConfig):
    name = "trellis.transition"

    def ready(self) -> None:
        from trellis.cases import child_pages
        from trellis.core.protection import Part
        from trellis.transition.child_parts import from_18_section, transition_due, transition_tags

        chronology.register("transition", "Transition", Part.TRANSITION)
        chronology.register("adult_basis", "Basis from 18", Part.RECORD)
        child_pages.register_page("Transition", "child-transition", position=47, part=Part.TRANSITION)
        child_pages.register_due(transition_due)
        child_pages.register_tags(transition_tags)
        child_pages.register_access_section(from_18_section)
