from django.apps import AppConfig


class WorkspaceConfig(AppConfig):
    name = "trellis.workspace"

    def ready(self) -> None:
        from trellis.cases import child_pages, closing
        from trellis.workspace.child_parts import still_missing

        child_pages.register_page("Overview", "child", position=10)
        closing.register_check(still_missing)
