from django.apps import AppConfig


class NrmConfig(AppConfig):
    name = "trellis.nrm"
    verbose_name = "National Referral Mechanism"
