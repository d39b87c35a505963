from django.apps import AppConfig


class WordingConfig(AppConfig):
    name = "trellis.wording"
