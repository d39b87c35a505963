"""Unusual access in words. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from trellis.core.presenters import day, plural
from trellis.governance.models import Outcome, Rule
from trellis.governance.queries.references import Reference
from trellis.governance.queries.unusual import Finding

EVIDENCE = {
    (Rule.OWN_NAME, "family_name"): "The family name is the worker's own",
    (Rule.OWN_NAME, "alias"): "Another name they go by is the worker's own",
    (Rule.OWN_NAME, "relative"): "An adult in their family has the worker's name",
    (Rule.OWN_ADDRESS, "address"): "The home postcode is the worker's own",
    (Rule.COLLEAGUE, "relative"): "An adult in their family has a colleague's name",
    (Rule.COLLEAGUE, "household"): "Family name and postcode are a colleague's",
}
TONES = {Outcome.EXPLAINED: "done", Outcome.FOLLOW_UP: "now"}
NOT_LOOKED_AT = ("Not looked at yet", "plain")


@dataclass(frozen=True)
class FindingRow:
    finding: Finding
    record: Reference | None
    why: str
    often: str
    state: tuple[str, str]


def finding_rows(findings: Iterable[Finding], records: Mapping[UUID, Reference]) -> list[FindingRow]:
    return [finding_row(finding, records) for finding in findings]


def finding_row(finding: Finding, records: Mapping[UUID, Reference]) -> FindingRow:
    record = records[finding.child] if finding.child else None
    return FindingRow(finding, record, why(finding), often(finding), state(finding))


def why(finding: Finding) -> str:
    """What the rule went by, when it says more than its name."""
    return ". ".join(EVIDENCE[finding.rule, each] for each in sorted(finding.evidence) if each)


def often(finding: Finding) -> str:
    match finding.rule:
        case Rule.SEARCHES:
            return f"{plural(finding.times, 'search', 'searches')} on {day(finding.on)}"
        case Rule.REFUSALS:
            return f"{plural(finding.times, 'refusal')} on {day(finding.on)}"
        case _:
            return f"Opened {plural(finding.times, 'time')}"


def state(finding: Finding) -> tuple[str, str]:
    """Where the review stands, and the tone of its tag."""
    if finding.review is None:
        return ("Opened again since", "now") if finding.reviews else NOT_LOOKED_AT
    outcome = Outcome(finding.review.outcome)
    return str(outcome.label), TONES[outcome]
