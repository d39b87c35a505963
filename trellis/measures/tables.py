"""The snapshot's schema as data, and the way to open a snapshot folder.

A snapshot is a folder of Parquet files, one for each table below, and `manifest.json`. Every key in it is a keyed
pseudonym. Times are UTC without an offset, days are London days, a missing value is NULL.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import duckdb
import ibis
import ibis.expr.types as ir

SCHEMA_VERSION = "3"

SEXES = ("M", "F", "U")
ETHNICITY_GROUPS = ("white_british", "dual_heritage", "black", "asian", "other", "not_known")
EXPLOITATION_TYPES = ("CSE", "CCE", "serious_violence", "threat_to_life", "modern_slavery", "other")
LEGAL_STATUSES = ("child_in_need", "child_protection_plan", "looked_after", "care_leaver")
HIGHEST_LEGAL_STATUSES = ("looked_after", "child_protection_plan", "child_in_need", "none")
MISSING_KINDS = ("home", "care", "away_without_authorisation")
AREAS = ("in_area", "out_of_area", "placed_here")
SEND = ("none", "sen_support", "ehc_plan")
# The four areas a hub's annual report shows at closure; the six of the ACT evaluation, two of them in both sets.
CLOSURE_AREAS = ("accommodation", "education", "trusted_relationship", "positive_activities")
ACT_AREAS = ("emotional_wellbeing", "missing", "accommodation", "relationships", "education", "substances")
OUTCOME_AREAS = (*CLOSURE_AREAS, *(area for area in ACT_AREAS if area not in CLOSURE_AREAS))
OUTCOME_STATUSES = ("achieved", "improved", "same", "worse", "not_a_need", "not_known")
NRM_STAGES = ("referred", "reasonable", "conclusive", "withdrawn")
NRM_OUTCOMES = ("waiting", "positive", "negative", "no_decision", "withdrawn")


class SnapshotError(ValueError):
    """The folder is not a snapshot this version can read; the message says which part and why."""


@dataclass(frozen=True)
class Column:
    name: str
    type: str
    meaning: str


@dataclass(frozen=True)
class Table:
    name: str
    meaning: str
    columns: tuple[Column, ...]

    @property
    def rows(self) -> ir.Table:
        """The table as an unbound Ibis expression: no snapshot is needed to write a definition."""
        return ibis.table({column.name: column.type for column in self.columns}, name=self.name)

    def arrow_schema(self) -> Any:
        """The pyarrow schema a snapshot's Parquet file is written with."""
        return ibis.schema({column.name: column.type for column in self.columns}).to_pyarrow()


def _table(name: str, meaning: str, columns: Mapping[str, str]) -> Table:
    """Columns are written `name: "type: meaning"`."""
    described = (Column(column, *map(str.strip, text.split(":", 1))) for column, text in columns.items())
    return Table(name, meaning, tuple(described))


CHILD = {"child_key": "string: pseudonym of the child"}
AUTHORITY = {"authority": "string: ONS code of the authority"}
WHO = {
    "sex": "string: M, F or U (not recorded)",
    "ethnicity_group": "string: " + ", ".join(ETHNICITY_GROUPS),
}
SPELL = {"starts_on": "date: first day", "ends_on": "date: first day no longer in force, NULL while it lasts"}

_ALL = (
    _table(
        "children",
        "one row for each child the hub knows",
        CHILD | AUTHORITY | {"ethnicity_code": "string: one of the 20 statutory codes"} | WHO,
    ),
    _table(
        "referrals",
        "one row for each referral made to the hub",
        {"referral_key": "string: pseudonym of the referral"}
        | CHILD
        | AUTHORITY
        | {
            "received_at": "timestamp: when the referral arrived",
            "received_on": "date: the London day it arrived",
            "primary_type": "string: main exploitation type at referral: " + ", ".join(EXPLOITATION_TYPES),
            "type_count": "int32: how many exploitation types the referral names",
            "source_code": "string: statutory referral source, 1A to 10",
            "source_agency": "string: agency that referred, such as police or education",
            "age": "int32: whole years on the day of receipt",
            "status": "string: where the referral stands",
            "decision": "string: accepted_assessment, accepted_advice, redirected, no_further_action, or NULL",
            "decided_on": "date: the London day of the decision",
            "decision_due_on": "date: last day for a decision under the limit then in force",
        }
        | WHO,
    ),
    _table(
        "cases",
        "one row for each case the hub opened",
        {"case_key": "string: pseudonym of the case"}
        | CHILD
        | AUTHORITY
        | {
            "opened_on": "date: the London day the case opened",
            "closed_on": "date: the London day it closed, NULL while open",
            "closure_reason": "string: why it closed",
        }
        | WHO,
    ),
    _table(
        "outcomes",
        "one row for each area of each case that closed, as things stood at closing",
        {"outcome_key": "string: pseudonym of the case, and the area"}
        | CHILD
        | AUTHORITY
        | {
            "closed_on": "date: the London day the case closed",
            "area": "string: " + ", ".join(OUTCOME_AREAS) + ", or one added locally",
            "status": "string: " + ", ".join(OUTCOME_STATUSES) + "; not_known where nobody answered, too",
            "asked": "boolean: whether somebody answered, if only that it is not known",
        }
        | WHO,
    ),
    _table(
        "assessments",
        "one row for each assessment begun",
        {"assessment_key": "string: pseudonym of the assessment"}
        | CHILD
        | AUTHORITY
        | {
            "status": "string: in_progress, submitted, signed_off or stopped",
            "clock_started_on": "date: the day its clock counts from",
            "due_on": "date: last day for a sign-off under the limit then in force",
            "submitted_on": "date: the London day it was last submitted",
            "signed_off_on": "date: the London day a manager signed it off, NULL until then",
        }
        | WHO,
    ),
    _table(
        "health_updates",
        "one row for each health update for the meeting that stands",
        {"update_key": "string: pseudonym of the update"}
        | CHILD
        | AUTHORITY
        | {"told_on": "date: the London day it was told"}
        | WHO,
    ),
    _table(
        "gp_letters",
        "one row for each letter about a child that went out to a GP practice",
        {"letter_key": "string: pseudonym of the letter"}
        | CHILD
        | AUTHORITY
        | {
            "told_on": "date: the London day it went out",
            "occasion": "string: opening, closing or other",
        }
        | WHO,
    ),
    _table(
        "nrm_stages",
        "spells of a referral to the National Referral Mechanism at a stage; they follow one another without a gap",
        {"referral_key": "string: pseudonym of the referral"}
        | CHILD
        | AUTHORITY
        | {
            "submitted_on": "date: the London day the referral was sent",
            "stage": "string: " + ", ".join(NRM_STAGES),
            "outcome": "string: " + ", ".join(NRM_OUTCOMES) + ", not_known, or one added locally: not_listed",
        }
        | SPELL
        | WHO,
    ),
    _table(
        "legal_statuses",
        "spells of legal status; they overlap as in law and in life",
        CHILD | {"kind": "string: " + ", ".join(LEGAL_STATUSES)} | SPELL,
    ),
    _table(
        "education",
        "spells of schooling; they do not overlap",
        CHILD
        | {
            "provision": "string: mainstream, special, alternative_provision, pupil_referral_unit, "
            "elective_home, not_in_education, post_16",
            "send": "string: none, sen_support, ehc_plan, not_known",
        }
        | SPELL,
    ),
    _table(
        "missing_reports",
        "one row for each report of a missing child to the police; one merged into another is not counted again",
        {"report_key": "string: pseudonym of the report"}
        | CHILD
        | AUTHORITY
        | {
            "kind": "string: " + ", ".join(MISSING_KINDS),
            "reported_at": "timestamp: when the police were told",
            "reported_on": "date: the London day they were told",
            "reported_hour": "int32: the London hour they were told, 0 to 23",
            "reported_weekday": "int32: the London weekday they were told, 1 Monday to 7 Sunday",
            "began_at": "timestamp: when the child was last seen",
            "returned_at": "timestamp: when the child came back, NULL while missing",
            "returned_on": "date: the London day of the return",
            "risk_grade": "string: the grade the police gave",
            "age": "int32: whole years at the report",
            "legal_status": "string: highest legal status at the report: " + ", ".join(HIGHEST_LEGAL_STATUSES),
            "area": "string: " + ", ".join(AREAS) + ": lives here, lives or is placed elsewhere, placed by others",
            "send": "string: " + ", ".join(SEND) + ", not_known, in the schooling on the day",
            "found_place": "string: kind of place they were found at, a code; other places are not_listed",
            "recent_reports": "int32: reports of the child in the days of missing.repeat_days up to this one",
            "repeat_limit": "int32: missing.repeat_count on the day: so many make the child missing repeatedly",
            "reason": "string: main reason found, NULL when not known",
        }
        | WHO,
    ),
    _table(
        "return_interviews",
        "one row for each independent return interview offered, held or not offered",
        {"interview_key": "string: pseudonym of the interview", "report_key": "string: the missing report it follows"}
        | CHILD
        | {
            "status": "string: offered, accepted, declined, completed, not_offered, covered, withdrawn",
            "offered_at": "timestamp: when it was offered",
            "completed_at": "timestamp: when it was held",
            "completed_on": "date: the London day it was held",
            "covered_at": "timestamp: when the conversation that covered it was held, NULL unless covered",
            "returned_at": "timestamp: when the child came back",
            "due_at": "timestamp: returned_at plus the limit in force, 72 elapsed hours",
            "delay_reason": "string: why it was late",
            "decline_reason": "string: why the child declined",
            "legal_status": "string: highest legal status at the report",
        }
        | WHO,
    ),
)
TABLES = {table.name: table for table in _ALL}

referrals = TABLES["referrals"].rows
cases = TABLES["cases"].rows
outcomes = TABLES["outcomes"].rows
assessments = TABLES["assessments"].rows
nrm_stages = TABLES["nrm_stages"].rows
health_updates = TABLES["health_updates"].rows
gp_letters = TABLES["gp_letters"].rows
legal_statuses = TABLES["legal_statuses"].rows
education = TABLES["education"].rows
missing_reports = TABLES["missing_reports"].rows
return_interviews = TABLES["return_interviews"].rows


def snapshot_id(sha256_by_table: Mapping[str, str]) -> str:
    """The identity of a snapshot: SHA-256 over its sorted "name sha256" lines, joined by newlines."""
    lines = sorted(f"{name} {sha256}" for name, sha256 in sha256_by_table.items())
    return "sha256:" + hashlib.sha256("\n".join(lines).encode()).hexdigest()


@dataclass(frozen=True)
class Snapshot:
    """An opened snapshot. `connection` is DuckDB with one view for each table; use a cursor of it for each thread."""

    id: str
    as_at: str
    folder: Path
    connection: duckdb.DuckDBPyConnection = field(repr=False, compare=False)

    @classmethod
    def open(cls, folder: str | Path) -> Snapshot:
        """Open the snapshot in `folder`; raises SnapshotError when it is not one this version can read."""
        folder = Path(folder)
        manifest = _read_manifest(folder)
        connection = duckdb.connect(":memory:")
        connection.execute("SET parquet_metadata_cache = true")  # a snapshot's files never change
        for name in TABLES:
            path = folder / f"{name}.parquet"
            if not path.is_file():
                raise SnapshotError(f"{folder}: {path.name} is missing; make the snapshot again")
            try:
                connection.read_parquet(str(path)).create_view(name)
            except duckdb.Error:
                raise SnapshotError(f"{folder}: {path.name} cannot be read; make the snapshot again") from None
        return cls(manifest["id"], manifest["as_at"], folder, connection)


def _read_manifest(folder: Path) -> dict[str, Any]:
    path = folder / "manifest.json"
    try:
        manifest: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        version, tables = str(manifest["schema_version"]), manifest["tables"]
        expected_id = snapshot_id({name: table["sha256"] for name, table in tables.items()})
        named = {name: set(table["columns"]) for name, table in tables.items()}
        stated_id, _ = manifest["id"], manifest["as_at"]
    except FileNotFoundError:
        raise SnapshotError(f"{folder}: no manifest.json here; give the folder of a snapshot") from None
    except (ValueError, KeyError, TypeError, AttributeError):
        raise SnapshotError(f"{path}: not a snapshot manifest; make the snapshot again") from None
    if version != SCHEMA_VERSION:
        raise SnapshotError(f"{path}: schema version {version}, this program reads {SCHEMA_VERSION}")
    if stated_id != expected_id:
        raise SnapshotError(f"{path}: the id does not match the tables it lists; make the snapshot again")
    for table in TABLES.values():
        lacking = {column.name for column in table.columns} - named.get(table.name, set())
        if lacking:
            raise SnapshotError(f"{path}: table {table.name} lacks {', '.join(sorted(lacking))}")
    return manifest
