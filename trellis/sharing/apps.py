from django.apps import AppConfig


class SharingConfig(AppConfig):
    name = "trellis.sharing"

    def ready(self) -> None:
        from trellis.cases import child_pages, chronology
        from trellis.core.protection import Part
        from trellis.sharing.access_section import shared_with

        chronology.register("sharing.decided", "Sharing decided")
        chronology.register("sharing.recalled", "Sharing recalled")
        chronology.register("sharing.pointer", "Pointer")
        child_pages.register_page("Sharing", "child-sharing", position=60, part=Part.RECORD)
        child_pages.register_access_section(shared_with)
