"""``./hub manage seal_audit``: the sealer, which ``./hub up`` looks after."""

import signal
import threading
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from trellis.audit_log.sealer import Sealer
from trellis.audit_log.signing import replace_signing_key


class Command(BaseCommand):
    help = "Seal the audit log every TRELLIS_SEAL_SECONDS, until stopped."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--new-key", action="store_true", help="the signing key is lost: make another, and end")
        parser.add_argument("--once", action="store_true", help="seal what waits now, and end")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["new_key"]:
            replace_signing_key(settings.AUDIT_DIR)
            return
        sealer = Sealer(settings.AUDIT_DIR)
        if options["once"]:
            sealed = sealer.seal_all()
            if options["verbosity"]:
                self.stdout.write(f"{sealed} events sealed")
            return
        stop = threading.Event()
        for sign in (signal.SIGINT, signal.SIGTERM):
            signal.signal(sign, lambda *_: stop.set())
        sealer.run(settings.SEAL_SECONDS, stop)
