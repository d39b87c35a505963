from django.apps import AppConfig


class SharingConfig(AppConfig):
    name = "trellis.sharing"

    def ready(self) -> None:
        from trellis.cases import child_pages, chronology
        from trellis.core.protection import Part
        from trellis.sharing.access_section import shared_with
        from trellis.sharing.emergency.child_parts import emergency_section, emergency_tag
        from trellis.sharing.sealing.child_parts import kept_from_section, relation_section, seal_section, sealed_tag

        chronology.register("sharing.decided", "Sharing decided")
        chronology.register("sharing.recalled", "Sharing recalled")
        chronology.register("sharing.pointer", "Pointer")
        child_pages.register_page("Sharing", "child-sharing", position=60, part=Part.RECORD)
        child_pages.register_access_section(shared_with)
        chronology.register("emergency.opened", "Opened in an emergency")
        for section in (emergency_section, kept_from_section, seal_section, relation_section):
            child_pages.register_access_section(section)
        for tags in (sealed_tag, emergency_tag):
            child_pages.register_readers_tags(tags)
