"""Pages of docs/reference that are drawn from the running system: states, permissions, schema."""

from collections.abc import Callable, Iterator
from importlib import import_module
from importlib.util import find_spec

from django.apps import AppConfig, apps
from django.db import models

from trellis.core.lifecycle import Lifecycle

MADE = "<!-- Made by `./hub manage reference_docs`. Do not edit. -->\n"


def our_apps() -> list[AppConfig]:
    return [app for app in apps.get_app_configs() if app.name.startswith("trellis.")]


def lifecycles() -> Iterator[Lifecycle]:
    """Every table of statuses and moves, app by app."""
    for app in our_apps():
        if find_spec(f"{app.name}.lifecycle") and app.label != "core":
            yield from (v for v in vars(import_module(f"{app.name}.lifecycle")).values() if isinstance(v, Lifecycle))


def states() -> str:
    """The life of everything that has a status, as Mermaid diagrams."""
    parts = [f"## {life.name}\n\n```mermaid\n{life.diagram()}\n```\n" for life in lifecycles()]
    return f"{MADE}# States\n\n" + "\n".join(parts)


def schema() -> str:
    """Every table, its columns and what the database itself refuses."""
    parts = [_table(model) for app in our_apps() for model in app.get_models()]
    return f"{MADE}# Tables\n\n" + "\n".join(parts)


def _table(model: type[models.Model]) -> str:
    meaning = (model.__doc__ or "").strip().splitlines()[0]
    columns = [f"| {field.name} | {_kind(field)} | {'' if field.null else 'yes'} |" for field in model._meta.fields]
    refused = [f"- {constraint.name.replace('_', ' ')}" for constraint in model._meta.constraints]
    lines = [f"## {model._meta.label}", "", meaning, "", "| column | kind | always there |", "|---|---|---|", *columns]
    if refused:
        lines += ["", "The database holds to:", "", *refused]
    return "\n".join([*lines, ""])


def _kind(field: "models.Field[object, object]") -> str:
    if isinstance(field, models.ForeignKey):
        return f"one {field.related_model._meta.label}"
    return field.get_internal_type().removesuffix("Field")


def permissions() -> str:
    """Which role holds which permission in a new hub."""
    held = import_module("trellis.accounts.migrations.0002_first_agencies_and_roles").ROLES
    all_of_them = sorted({permission for _, _, permissions in held for permission in permissions})
    head = "| permission | " + " | ".join(name for _, name, _ in held) + " |"
    rows = [
        f"| {permission} | " + " | ".join("yes" if permission in p else "" for _, _, p in held) + " |"
        for permission in all_of_them
    ]
    note = "Roles are rows: a hub edits them. Which child a user sees is a matter of grants, not of roles.\n"
    return "\n".join([f"{MADE}# Permissions", "", note, head, "|---" * (len(held) + 1) + "|", *rows, ""])


PAGES: dict[str, Callable[[], str]] = {
    "states.md": states,
    "schema.md": schema,
    "permissions.md": permissions,
}
