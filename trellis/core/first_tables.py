"""Builds the tables of an empty database at once: Django's own way reads every model again at each of 500 steps.

The outcome is what the migrations make one by one, which a test by night compares.
"""

from django.apps import apps
from django.core.management import call_command
from django.db import connections, transaction
from django.db.migrations import RunPython, RunSQL
from django.db.migrations.executor import MigrationExecutor


def build_if_empty(using: str) -> bool:
    """Build this project's tables from its models, unless a migration of ours was ever applied; say whether it did.

    What the migrations do beside tables (functions, triggers, first rows) then runs in their order on the finished
    tables, and all are recorded as applied. One transaction: what fails leaves no table of ours, and is raised.
    """
    connection = connections[using]
    if any(_is_ours(app) for app, _ in MigrationExecutor(connection).loader.applied_migrations):
        return False
    for app in sorted({app for app, _ in MigrationExecutor(connection).loader.disk_migrations if not _is_ours(app)}):
        call_command("migrate", app, database=using, interactive=False, verbosity=0)
    executor = MigrationExecutor(connection)
    plan = [migration for migration, _ in executor.migration_plan(executor.loader.graph.leaf_nodes())]
    state = executor.loader.project_state()
    with transaction.atomic(using=using):
        with connection.schema_editor() as editor:
            for model in apps.get_models():
                if _is_ours(model._meta.app_label) and model._meta.managed:
                    editor.create_model(model)
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for migration in plan:
            with connection.schema_editor() as editor:
                for operation in migration.operations:
                    # SQL that stands for a change of the models has nothing left to do.
                    if isinstance(operation, RunSQL | RunPython) and not getattr(operation, "state_operations", None):
                        operation.database_forwards(migration.app_label, editor, state, state)
            executor.recorder.record_applied(migration.app_label, migration.name)
    return True


def _is_ours(app_label: str) -> bool:
    """Whether an app is of this project; one that migrations name and that is gone is not."""
    return apps.is_installed(f"trellis.{app_label}")
