from django.apps import AppConfig

from trellis.cases import chronology


class MeetingsConfig(AppConfig):
    name = "trellis.meetings"

    def ready(self) -> None:
        from trellis.cases import child_pages, childs_words
        from trellis.core.protection import Part
        from trellis.core.reference_data import register_file
        from trellis.meetings.child_parts import at_transitions_panel, panels_due
        from trellis.meetings.heard import said_to_panels
        from trellis.meetings.models import Panel
        from trellis.transition.panels import register_panel

        register_file("panels", Panel)
        chronology.register("panel.referred", "Referred to a panel", Part.PANELS)
        chronology.register("panel.talked_about", "Talked about at a panel", Part.PANELS)
        child_pages.register_page("Panels", "child-panels", position=45, part=Part.PANELS)
        child_pages.register_due(panels_due)
        childs_words.register(said_to_panels)
        register_panel(at_transitions_panel)
