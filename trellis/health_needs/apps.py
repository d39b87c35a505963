from django.apps import AppConfig

from trellis.cases import chronology


class HealthNeedsConfig(AppConfig):
    name = "trellis.health_needs"
    verbose_name = "health"

    def ready(self) -> None:
        from trellis.cases import child_pages, closing
        from trellis.core.protection import Part
        from trellis.health_needs.child_parts import gp_not_told, health_due, services_involved

        chronology.register("health.update", "Health update", Part.HEALTH)
        chronology.register("health.service", "Health service", Part.HEALTH)
        child_pages.register_page("Health", "child-health", position=35, part=Part.HEALTH)
        child_pages.register_due(health_due)
        child_pages.register_involved(services_involved)
        closing.register_check(gp_not_told)
