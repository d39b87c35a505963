from django.apps import AppConfig


class HealthNeedsConfig(AppConfig):
    name = "trellis.health_needs"
    verbose_name = "health"
