"""Rows of casework: the case, its worker, its chronology and who may see the child because of it."""

from __future__ import annotations

from trellis.cases.lifecycle import CLOSED, OPEN
from trellis.sample.moments import london_day, stamp
from trellis.sample.records import Case, Entry
from trellis.sample.rows.cut import Cut


def write_case(case: Case, cut: Cut) -> None:
    """A case as it stood at the cut; nothing when it had not been opened."""
    if not cut.has(case.opened_at):
        return
    closed = cut.has(case.closed_at)
    manager = cut.staff.manager.id
    cut.writer.add(
        "cases.Case",
        case.id,
        stamp(case.opened_at),
        case.reference,
        CLOSED if closed else OPEN,
        london_day(case.opened_at),
        case.closed_on if closed else None,
        case.closure_reason if closed else "",
        case.child.id,
    )
    cut.move("cases.CaseMove", case.id, "", OPEN, case.opened_at, case.opened_by, case.why)
    if case.closed_at is not None:
        cut.move("cases.CaseMove", case.id, OPEN, CLOSED, case.closed_at, manager, case.closure_why)
    cut.grant(case.child.id, "Open case", case.opened_at, case.closed_at, team="hub", source=case.id)
    cut.managers_grant(case.child.id, "Open case", case.opened_at, case.closed_at, case.id)
    _write_chronology(case, cut)
    if cut.has(case.allocated_at):
        _write_allocation(case, cut)


def _write_allocation(case: Case, cut: Cut) -> None:
    cut.writer.add(
        "cases.Allocation",
        case.allocation_id,
        stamp(case.allocated_at),
        "lead",
        london_day(case.allocated_at),
        case.closed_on if cut.has(case.closed_at) else None,
        case.id,
        case.worker,
    )
    cut.grant(
        case.child.id,
        f"Lead worker of {case.reference}",
        case.allocated_at,
        case.closed_at,
        user=case.worker,
        source=case.allocation_id,
    )


def _write_chronology(case: Case, cut: Cut) -> None:
    child, manager = case.child.id, cut.staff.manager.id
    worker = next(worker.name for worker in cut.staff.workers if worker.id == case.worker)
    cut.entry(
        child,
        case.opened_at,
        "case.opened",
        "Case opened",
        agency="social_care",
        body=case.why,
        significance=2,
        subject=case.id,
        user=case.opened_by,
    )
    cut.entry(
        child,
        case.allocated_at,
        "case.allocated",
        f"{worker} became lead worker",
        agency="social_care",
        subject=case.allocation_id,
        user=manager,
    )
    if case.closed_at is not None:
        cut.entry(
            child,
            case.closed_at,
            "case.closed",
            "Case closed",
            agency="social_care",
            body=case.closure_why,
            significance=2,
            subject=case.id,
            user=manager,
        )


def write_entry(entry: Entry, cut: Cut) -> None:
    """What a worker wrote."""
    cut.entry(
        entry.child.id,
        entry.happened_at,
        entry.kind,
        entry.title,
        agency=entry.agency,
        body=entry.body,
        significance=entry.significance,
        user=entry.by,
        key=entry.id,
    )
