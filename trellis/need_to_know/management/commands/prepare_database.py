"""Bring the database to this release: tables, reference data, rights of the app's role, row-level security."""

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import transaction

from trellis.core.database_rights import grant_app_role
from trellis.core.first_tables import build_if_empty
from trellis.core.reference_data import load_reference_data
from trellis.need_to_know.row_security import protect_tables


class Command(BaseCommand):
    help = "Apply migrations, add missing reference data and grant the app's role its rights and protect tables."

    def handle(self, *args: Any, **options: Any) -> None:
        verbosity = options["verbosity"] - 1
        build_if_empty("owner")
        call_command("migrate", database="owner", interactive=False, verbosity=verbosity)
        added = load_reference_data(using="owner")
        with transaction.atomic(using="owner"):
            grant_app_role()
            protect_tables()
        if options["verbosity"] > 1:
            self.stdout.write(f"{added} reference rows added")
