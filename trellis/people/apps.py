from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "trellis.people"

    def ready(self) -> None:
        from trellis.accounts import demonstration
        from trellis.people.queries import anybody_is_real

        demonstration.checks.append(anybody_is_real)
