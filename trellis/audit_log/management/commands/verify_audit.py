"""``./hub verify-audit [--json]``: is the audit log what it was when it was sealed?"""

import json
import sys
import time
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from trellis.audit_log.accepted_losses import accept
from trellis.audit_log.findings import Finding
from trellis.audit_log.verification import Verification, one_moment
from trellis.core.errors import Unusable

FOUND, UNUSABLE = 1, 2
MOST_SHOWN = 1_000


class Command(BaseCommand):
    help = "Verify the audit log: every event, batch and signature, and the heads kept outside the database."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="print one JSON object")
        parser.add_argument(
            "--accept-loss",
            metavar="WHY",
            help="say why batches or heads that are missing are no tampering; it is signed",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        self.shown_at = self.began_at = time.monotonic()
        try:
            check = Verification(settings.AUDIT_DIR, self._progress)
            findings, more = self._findings(check, echo=not options["json"])
            if options["accept_loss"]:
                self._accept(findings, options["accept_loss"])
        except Unusable as problem:
            self.stderr.write(f"hub: {problem}")
            raise SystemExit(UNUSABLE) from None
        found = len(findings) + more
        if options["json"]:
            self.stdout.write(json.dumps(self._as_data(check, findings, found)))
        else:
            self.stdout.write(self._summary(check, found, more))
        if found:
            raise SystemExit(FOUND)

    def _findings(self, check: Verification, *, echo: bool) -> tuple[list[Finding], int]:
        """The first findings, and how many more there were: a log that is all wrong must not fill the memory."""
        kept: list[Finding] = []
        more = 0
        with one_moment() as connection:
            for finding in check.findings(connection):
                if len(kept) == MOST_SHOWN:
                    more += 1
                    continue
                kept.append(finding)
                if echo:
                    self.stdout.write(str(finding))
        return kept, more

    def _accept(self, findings: list[Finding], why: str) -> None:
        lost = [finding.lost for finding in findings if finding.lost]
        if not lost:
            raise Unusable("no batch and no head is missing: there is nothing to accept.")
        for batches in lost:
            accept(settings.AUDIT_DIR, batches, why)

    def _summary(self, check: Verification, found: int, more: int) -> str:
        seconds = max(time.monotonic() - self.began_at, 0.001)
        verdict = f"{found:,} findings" if found else "sound"
        head = check.last_head
        lines = [f"and {more:,} more"] if more else []
        lines += check.notes
        lines += [
            f"{check.events:,} events in {check.batches:,} batches; {check.awaiting:,} of them wait for their seal",
            f"last head: batch {head.number}, sealed at {head.sealed_at}" if head else "last head: none",
            f"key {check.fingerprint}",
            f"{verdict}; took {seconds:.1f} s, {check.events / seconds:,.0f} events/s",
        ]
        return "\n".join(lines)

    def _as_data(self, check: Verification, findings: list[Finding], found: int) -> dict[str, Any]:
        return {
            "sound": not found,
            "findings": [{"batch": f.batch, "event": f.event, "what": f.what} for f in findings],
            "found": found,
            "notes": check.notes,
            "events": check.events,
            "batches": check.batches,
            "awaiting_seal": check.awaiting,
            "last_head": vars(check.last_head) if check.last_head else None,
            "key": check.fingerprint,
            "seconds": round(time.monotonic() - self.began_at, 3),
        }

    def _progress(self, events: int) -> None:
        if sys.stderr.isatty() and time.monotonic() - self.shown_at > 1:
            self.shown_at = time.monotonic()
            self.stderr.write(f"{events:,} events verified ...")
