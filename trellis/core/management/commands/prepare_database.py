"""Bring the database to this release: migrations, reference data, and the rights of the app's role."""

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand

from trellis.core.database_rights import grant_app_role
from trellis.core.reference_data import load_reference_data


class Command(BaseCommand):
    help = "Apply migrations, add missing reference data and grant the app's role its rights."

    def handle(self, *args: Any, **options: Any) -> None:
        verbosity = options["verbosity"] - 1
        call_command("migrate", database="owner", interactive=False, verbosity=verbosity)
        added = load_reference_data(using="owner")
        grant_app_role()
        if options["verbosity"] > 1:
            self.stdout.write(f"{added} reference rows added")
