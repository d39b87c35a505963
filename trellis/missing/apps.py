from django.apps import AppConfig

from trellis.cases import chronology


class MissingConfig(AppConfig):
    name = "trellis.missing"

    def ready(self) -> None:
        chronology.register("missing.reported", "Reported missing")
        chronology.register("missing.returned", "Returned")
        chronology.register("missing.interview", "Return interview")
