from django.apps import AppConfig

from trellis.core.protection import Part


class DocumentsConfig(AppConfig):
    name = "trellis.documents"

    def ready(self) -> None:
        from trellis.cases import child_pages, chronology

        chronology.register("document", "Document", Part.RECORD)

        child_pages.register_page("Documents", "child-documents", position=55, part=Part.RECORD)
