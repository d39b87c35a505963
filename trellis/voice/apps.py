from django.apps import AppConfig

from trellis.cases import chronology


class VoiceConfig(AppConfig):
    name = "trellis.voice"

    def ready(self) -> None:
        from trellis.cases import child_pages, childs_words, read_back
        from trellis.core.protection import Part
        from trellis.core.reference_data import register_file
        from trellis.voice.child_parts import read_together, said_here, voice_due
        from trellis.voice.models import FeedbackQuestion

        register_file("feedback_questions", FeedbackQuestion)
        chronology.register("voice", "Said by the young person", Part.VOICE)
        child_pages.register_page("Voice", "child-voice", position=18, part=Part.VOICE)
        child_pages.register_due(voice_due)
        childs_words.register(said_here)
        read_back.register_read(read_together)
