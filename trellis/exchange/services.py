"""Taking in a partner's file: all of it or nothing, and a second time without effect."""

import getpass
from collections.abc import Callable, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

from django.db import IntegrityError, connection, transaction

from trellis.accounts.access import check_may
from trellis.accounts.models import User
from trellis.audit_log.models import Action
from trellis.audit_log.trail import note, recorded
from trellis.core.clocks import LONDON
from trellis.core.errors import Unusable
from trellis.core.row_context import Duty
from trellis.exchange.children import Said
from trellis.exchange.faults import BadRows
from trellis.exchange.kinds import kind_named
from trellis.exchange.models import Difference, ImportBatch
from trellis.exchange.outcome import Outcome
from trellis.exchange.reading import Source, read_source
from trellis.exchange.references import parts
from trellis.exchange.tables import Table, read_table

# One import at a time: the number is ours alone among the database's advisory locks.
IMPORT_LOCK = 7_203_114
LONGEST_NAME = 255

Progress = Callable[[str], None]


def import_file(
    *, kind: str, path: Path, by: User | None, dry_run: bool = False, progress: Progress = lambda _: None
) -> Outcome:
    """Take in a CSV file of ``kind``; ``dry_run`` does everything and stores nothing.

    Raises Unusable when it is no such file, BadRows with every fault of its rows: nothing is stored then.
    Raises Refused when ``by`` may not record what the file holds.
    """
    module = kind_named(kind)
    if by:
        check_may(by, module.PERMISSION)
    progress(f"reading {path.name}")
    source = read_source(path)
    table = read_table(source.data, module.COLUMNS)
    progress(f"checking {len(table.records):,} rows")
    compared: set[Any] = set()
    try:
        outcome = _take_in(module, source, table, by, dry_run, progress, compared)
    except BadRows:
        _note_reading(module, source, by, compared)
        raise
    except IntegrityError:
        raise Unusable("the same children were changed meanwhile: nothing was stored; import the file again") from None
    if dry_run:
        _note_reading(module, source, by, compared)
    return outcome


def _take_in(
    module: ModuleType,
    source: Source,
    table: Table,
    by: User | None,
    dry_run: bool,
    progress: Progress,
    compared: set[Any],
) -> Outcome:
    with recorded(by, _why(module, source), Duty.IMPORT):
        _wait_for_other_imports()
        last = ImportBatch.objects.filter(kind=module.NAME).first()
        if last and last.sha256 == source.sha256:
            note(Action.READ, "import batch", object_id=last.id)
            when = last.recorded_at.astimezone(LONDON)
            return Outcome(last.rows, unchanged=last.rows).said(f"this file was imported on {when:%-d %B %Y at %H:%M}")
        file = module.compare(table.records)
        compared |= file.children
        if faults := [*table.faults, *file.faults]:
            raise BadRows(faults, is_all=not table.has_too_many_faults)
        progress("storing what is new")
        outcome: Outcome = file.store(by)
        outcome = _store_batch(module, source, outcome, by)
        transaction.set_rollback(dry_run)
        return outcome


def _wait_for_other_imports() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [IMPORT_LOCK])


def _why(module: ModuleType, source: Source) -> str:
    """Why children's records are touched; a file's name may hold a child's, so its checksum stands for it."""
    return f"import of {module.NAME} file {source.sha256[:12]}"


def _note_reading(module: ModuleType, source: Source, by: User | None, compared: set[Any]) -> None:
    """The record was read though nothing was stored: that is logged all the same."""
    if compared:
        with recorded(by, _why(module, source), Duty.IMPORT):
            note(Action.READ, "record compared with a file", children=compared)


def _store_batch(module: ModuleType, source: Source, outcome: Outcome, by: User | None) -> Outcome:
    batch = ImportBatch(
        kind=module.NAME,
        file_name=source.name.encode("utf-8", "backslashreplace").decode()[:LONGEST_NAME],
        sha256=source.sha256,
        rows=outcome.rows,
        added=outcome.added,
        corrected=outcome.corrected,
        unchanged=outcome.unchanged,
        recorded_by=by,
        system_account=getpass.getuser()[:100],
    )
    outcome = outcome.with_differences(_not_asked_before(outcome.differences))
    batch.left_for_review = outcome.left_for_review
    batch.save(force_insert=True)
    Difference.objects.bulk_create(
        Difference(
            batch=batch,
            person=said.person,
            reference=said.reference,
            column=said.column,
            on_record=said.on_record,
            in_file=said.in_file,
        )
        for said in outcome.differences
    )
    note(Action.WRITE, "import batch", object_id=batch.id, children=outcome.children)
    return outcome


def _not_asked_before(differences: Sequence[Said]) -> list[Said]:
    """A difference is asked once, settled or not."""
    people = [said.person.id for said in differences]
    asked = {
        row
        for part in parts(people)
        for row in Difference.objects.filter(person__in=part).values_list("person", "column", "in_file")
    }
    return [said for said in differences if (said.person.id, said.column, said.in_file) not in asked]
