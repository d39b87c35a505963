"""Rules 1 to 6, 8: who may call whom, who may write what."""

import ast
import subprocess
import sys

import pytest
from django.apps import apps
from django.db import models

from tests.architecture.source import ROOT, app_of, imports, layer, modules, tree, where

WRITES = {"create", "bulk_create", "get_or_create", "update_or_create", "update", "delete", "save", "bulk_update"}
ORDER = [
    "core",
    "accounts",
    "audit_log",
    "people",
    "cases",
    "missing",
    "referrals",
    "exchange",
    "reports",
    "workspace",
]
LOADS_WITHOUT_SERVICES = {"sample"}


def test_the_import_contract_holds():
    done = subprocess.run(
        [sys.executable, "-c", "from importlinter.cli import lint_imports_command; lint_imports_command()"],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_foreign_keys_point_down_too():
    upward = []
    for model in apps.get_models():
        app = model._meta.app_label
        for field in model._meta.get_fields():
            target = getattr(field, "related_model", None)
            if app not in ORDER or not isinstance(field, models.ForeignKey) or target._meta.app_label not in ORDER:
                continue
            if ORDER.index(target._meta.app_label) > ORDER.index(app):
                upward.append(f"{model.__name__}.{field.name} -> {target.__name__}")
    assert upward == []


def test_a_view_neither_writes_nor_reads_past_access():
    broken = [
        f"{where(path, node)} {node.attr}"
        for path in layer("views")
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Attribute) and (node.attr == "objects" or node.attr in WRITES)
    ]
    assert broken == []


@pytest.mark.parametrize("forbidden", ["django.http", "django.shortcuts", "django.template", "django.forms"])
def test_a_service_knows_nothing_of_pages(forbidden):
    assert [path.name for path in layer("services") if any(name.startswith(forbidden) for name in imports(path))] == []


def test_there_are_no_signals():
    broken = [
        str(path)
        for path in modules()
        if any(name.startswith(("django.db.models.signals", "django.dispatch")) for name in imports(path))
    ]
    assert broken == []


def test_a_model_is_written_only_at_home():
    homes = {m.__name__: m._meta.app_label for m in apps.get_models() if m.__module__.startswith("trellis.")}
    broken = [
        f"{where(path, node)} writes {model}"
        for path in modules()
        if app_of(path) not in LOADS_WITHOUT_SERVICES
        for node, model in written_models(path)
        if model in homes and homes[model] != app_of(path)
    ]
    assert broken == []


def written_models(path):
    """Calls of the shape ``Model.objects...create(...)``, with the model's name."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in WRITES:
            chain = ast.unparse(node.func)
            if ".objects" in chain:
                yield node, chain.split(".objects")[0].split(".")[-1]


def test_every_check_is_also_a_question():
    """``check_can_x`` raises with the reason; ``can_x`` asks the very same."""
    missing = []
    for path in layer("access"):
        named = {node.name: node for node in tree(path).body if isinstance(node, ast.FunctionDef)}
        for name in named:
            question = name.removeprefix("check_")
            if name.startswith("check_can_") and not (question in named and name in ast.unparse(named[question])):
                missing.append(f"{path}: {question}")
    assert missing == []
