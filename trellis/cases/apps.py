from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "trellis.cases"

    def ready(self) -> None:
        from trellis.cases import child_pages, childs_words
        from trellis.cases.details.due import ethnicity_due
        from trellis.cases.details.heard import own_words
        from trellis.core.protection import Part

        child_pages.register_page("Details", "child-details", position=15, part=Part.RECORD)
        child_pages.register_due(ethnicity_due)
        childs_words.register(own_words)
        child_pages.register_page("Chronology", "chronology", position=20, part=Part.CHRONOLOGY)
