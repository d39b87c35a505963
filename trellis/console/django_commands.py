"""Runs a Django management command as one of ours: its own help, one-line errors, the database up around it."""

import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext, suppress

from trellis.console.environment import database, prepare_environment
from trellis.console.preparation import ensure_prepared
from trellis.core.errors import Unusable

ASKS_FOR_HELP = {"-h", "--help"}
ONLY_LOOKS = "verify-audit"


def run_command(name: str, arguments: Sequence[str]) -> int:
    """Run ``./hub NAME ARGUMENTS`` as the management command of that name (hyphens become underscores)."""
    if ASKS_FOR_HELP & set(arguments):
        prepare_environment()
        return _execute(name, arguments)
    with database() as server:
        ensure_prepared(server)
        with nullcontext() if name == ONLY_LOOKS else _log_sealed_afterwards():
            return _execute(name, arguments)


def run_django(arguments: Sequence[str]) -> int:
    """Run one of Django's own commands, as its manage.py would."""
    from django.core.management import execute_from_command_line

    with database(), _log_sealed_afterwards():
        execute_from_command_line(["hub manage", *arguments])
    return 0


@contextmanager
def _log_sealed_afterwards() -> Iterator[None]:
    """No event waits for a seal because only this command ran. What keeps it from sealing, verify-audit tells."""
    try:
        yield
    finally:
        if sys.exc_info()[0] is not KeyboardInterrupt:
            with suppress(Exception):
                _seal_log()


def _seal_log() -> None:
    from django.conf import settings

    from trellis.audit_log.sealer import Sealer

    Sealer(settings.AUDIT_DIR).seal_all()


def _execute(name: str, arguments: Sequence[str]) -> int:
    """Parse as the command's own parser does, so that ``--help`` is its help and a mistake is one line."""
    import django
    from django.core.management import get_commands, load_command_class

    django.setup()
    internal = name.replace("-", "_")
    app = get_commands().get(internal)
    if app is None:
        raise Unusable(f"this release has no command {name}.")
    os.environ.setdefault("DJANGO_COLORS", "nocolor")
    command = load_command_class(app, internal) if isinstance(app, str) else app
    parser = command.create_parser("hub", name)
    options = vars(parser.parse_args(list(arguments)))
    positional = options.pop("args", ())
    command.execute(*positional, **options)
    return 0
