from django.apps import AppConfig

from trellis.cases import chronology


class SupervisionConfig(AppConfig):
    name = "trellis.supervision"

    def ready(self) -> None:
        from trellis.cases import child_pages
        from trellis.core.protection import Part

        chronology.register("supervision", "Supervision", Part.RECORD)
        child_pages.register_page("Supervision", "child-supervision", position=50, part=Part.RECORD)
