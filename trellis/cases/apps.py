from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "trellis.cases"

    def ready(self) -> None:
        from trellis.cases import child_pages
        from trellis.core.protection import Part

        child_pages.register_page("Chronology", "chronology", position=20, part=Part.CHRONOLOGY)
