from django.apps import AppConfig


class WordingConfig(AppConfig):
    name = "trellis.wording"

    def ready(self) -> None:
        from trellis.core import reference_data
        from trellis.wording.models import Nudge

        reference_data.register_file("nudges", Nudge)
