from django.apps import AppConfig

from trellis.cases import chronology


class LettersConfig(AppConfig):
    name = "trellis.letters"

    def ready(self) -> None:
        from trellis.core.protection import Part
        from trellis.core.reference_data import register_file
        from trellis.letters.models import LetterParagraph

        register_file("letter_paragraphs", LetterParagraph)
        chronology.register("letter", "Letter", Part.HEALTH)
