from django.apps import AppConfig


class NeedToKnowConfig(AppConfig):
    name = "trellis.need_to_know"
    verbose_name = "need to know"
