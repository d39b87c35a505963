"""When a database is brought to this release: whenever something changed that shapes it."""

import inspect
from pathlib import Path

from django.apps import apps

from trellis.console.environment import ROOT
from trellis.console.preparation import MADE_FROM

PACKAGE = ROOT / "trellis"


def test_a_model_that_says_anew_how_its_rows_are_protected_changes_the_checksum():
    """Policies are made from the models, and such a change has no migration."""
    read = {path for pattern in MADE_FROM for path in PACKAGE.glob(pattern)}
    ours = [model for model in apps.get_models() if model.__module__.startswith("trellis.")]
    assert {model.__name__ for model in ours if Path(inspect.getfile(model)) not in read} == set()
