from django.apps import AppConfig

from trellis.cases import chronology


class MissingConfig(AppConfig):
    name = "trellis.missing"

    def ready(self) -> None:
        from trellis.cases import child_pages, childs_words
        from trellis.core.protection import Part
        from trellis.missing.child_parts import safety_due
        from trellis.missing.heard import said_on_return
        from trellis.missing.queries.desk import missing_tag

        chronology.register("missing.reported", "Reported missing", Part.MISSING)
        chronology.register("missing.returned", "Returned", Part.MISSING)
        chronology.register("missing.corrected", "Missing report corrected", Part.MISSING)
        chronology.register("missing.interview", "Return interview", Part.MISSING)
        child_pages.register_page("Missing", "child-missing", position=30, part=Part.MISSING)
        child_pages.register_tags(missing_tag)
        child_pages.register_due(safety_due)
        childs_words.register(said_on_return)
