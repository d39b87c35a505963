"""Where the second lock is opened: a new place has to be added here, where it is read."""

import re
from collections import defaultdict

from tests.architecture.source import PACKAGE, modules

PLACES = {
    "AUDIT": {
        "audit_log.queries",
        "audit_log.sealer",
        "audit_log.verification",
        "governance.queries.log",
        "sharing.emergency.queries",
    },
    "CHECK": {"people.queries", "sample.management.commands.sample"},
    "EMERGENCY": {"sharing.emergency.services"},
    "IMPORT": {"exchange.services"},
    "INTAKE": {
        "assessments.services.contributions",
        "meetings.services.updates",
        "missing.queries.desk",
        "missing.services.desk",
        "referrals.access",
        "referrals.guests.letters",
        "referrals.guests.services",
        "referrals.queries",
        "referrals.services",
        "sharing.services.pointers",
    },
    "POST": {"letters.services.collecting", "letters.services.sending"},
    "RETURN": {"exchange.ssda903.comparison", "exchange.ssda903.services"},
    "REVIEW": {
        "governance.access",
        "governance.queries.log",
        "governance.queries.references",
        "governance.queries.unusual",
        "governance.services",
        "sharing.emergency.access",
        "sharing.emergency.queries",
        "sharing.emergency.services",
    },
    "SEAL": {
        "need_to_know.access",
        "need_to_know.exclusions",
        "need_to_know.seals",
        "need_to_know.stranded_seals",
        "sharing.sealing.services",
    },
    "SNAPSHOT": {"reports.queries", "reports.snapshots"},
    "STORY": {"workspace.queries"},
    "WATCH": {"missing.services.escalation"},
}


def test_the_second_lock_is_opened_where_this_says_and_nowhere_else():
    found = defaultdict(set)
    for path in modules():
        name = ".".join(path.relative_to(PACKAGE).with_suffix("").parts).removesuffix(".__init__")
        if name != "core.row_context":
            for duty in re.findall(r"\bDuty\.([A-Z]+)\b", path.read_text()):
                found[duty].add(name)
    found.pop("NONE", None)
    assert dict(found) == PLACES
