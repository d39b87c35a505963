from django.apps import AppConfig


class WorkspaceConfig(AppConfig):
    name = "trellis.workspace"

    def ready(self) -> None:
        from trellis.cases import child_pages

        child_pages.register_page("Overview", "child", position=10)
