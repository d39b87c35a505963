from django.apps import AppConfig

from trellis.cases import chronology


class SupervisionConfig(AppConfig):
    name = "trellis.supervision"

    def ready(self) -> None:
        from trellis.cases import child_pages, closing
        from trellis.core.protection import Part
        from trellis.supervision.child_parts import actions_unfinished

        chronology.register("supervision", "Supervision", Part.RECORD)
        child_pages.register_page("Supervision", "child-supervision", position=50, part=Part.RECORD)
        closing.register_check(actions_unfinished)
