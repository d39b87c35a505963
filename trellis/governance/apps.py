from django.apps import AppConfig


class GovernanceConfig(AppConfig):
    name = "trellis.governance"

    def ready(self) -> None:
        from trellis.cases import child_pages
        from trellis.core.protection import Part

        child_pages.register_page("Access", "child-access", position=90, part=Part.RECORD)
