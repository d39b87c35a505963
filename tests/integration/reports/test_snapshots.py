"""Snapshots: nothing personal in them, the same bytes each time, and a check that finds what was changed."""

import hmac
import json
import uuid
from datetime import UTC, date, datetime

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from django.core.management import call_command
from django.db import ProgrammingError, connection

from tests.factories import assessments, cases, letters, missing, nrm, people, referrals
from trellis.accounts.models import Agency
from trellis.assessments.models import Assessment
from trellis.audit_log.models import AuditEvent
from trellis.audit_log.trail import recorded
from trellis.core.clocks import age_on
from trellis.core.errors import Unusable
from trellis.core.models import Code
from trellis.health_needs.models import HealthUpdate
from trellis.letters.models import Letter
from trellis.measures.tables import TABLES
from trellis.missing.models import MissingEpisode, ReturnInterview
from trellis.people.models import Education, LegalStatus, Person
from trellis.referrals.models import Referral
from trellis.reports import snapshots
from trellis.reports.services import record_snapshot
from trellis.reports.snapshot_checks import snapshot_faults

CANARY = "CANARY"
BORN = date(2008, 2, 29)


def rows_of(folder, table):
    return pq.read_table(folder / f"{table}.parquet").to_pylist()


def snapshot(tmp_path, name="one"):
    record_snapshot(out=tmp_path / name)
    return tmp_path / name


# ADBC reads over its own connection, so what it shall see is committed.
committing = pytest.mark.django_db(transaction=True, databases="__all__")


@committing
def test_no_name_birth_date_postcode_or_free_text_is_in_any_file(tmp_path):
    child = people.child(
        given_name=f"{CANARY}given",
        family_name=f"{CANARY}family",
        known_as=CANARY,
        postcode="CANARY1",
        locality=CANARY,
        own_words=CANARY,
        safe_contact=CANARY,
        date_of_birth=BORN,
        ethnicity="CANA",
        nhs_number="9990000018",
    )
    Education.objects.create(person=child, starts_on=date(2020, 9, 1), provision="mainstream", place_name=CANARY)
    referral = referrals.waiting_referral(child, concerns=CANARY, strengths=CANARY, referrer=CANARY, reference=CANARY)
    Referral.objects.filter(id=referral.id).update(source_code="CAN")
    assessed = assessments.signed_off(person=child)
    texts = dict.fromkeys(("childs_view", "childs_view_how", "carers_view", "analysis", "nrm_why"), CANARY)
    Assessment.objects.filter(id=assessed.id).update(**texts)
    cases.closed_case(child)
    nrm.referral(nrm.known_child(), told=CANARY, first_responder=CANARY, reference=CANARY)
    child.cases.update(closure_reason=f"{CANARY}closing")
    nurse = letters.nurse()
    HealthUpdate.objects.create(
        person=child, told_on=date(2024, 5, 1), words=CANARY, agency=nurse.agency, handling="P", recorded_by=nurse
    )
    letter = letters.letter(recipient=CANARY)
    Letter.objects.filter(id=letter.id).update(told_on=date(2024, 5, 2), sent_how="post")
    interview = missing.returned_child(child, reported_by=CANARY, officer=CANARY, police_ref=CANARY)
    MissingEpisode.objects.update(risk_grade=CANARY, found_where=CANARY, found_with=CANARY)
    fields = dict.fromkeys(("place", "account", "reason", "delay_reason", "decline_reason"), CANARY)
    held_at = datetime(2030, 1, 1, tzinfo=UTC)
    ReturnInterview.objects.filter(id=interview.id).update(status="completed", completed_at=held_at, **fields)
    folder = snapshot(tmp_path)
    ids = {
        str(row)
        for model in (Person, Referral, Assessment, MissingEpisode, ReturnInterview)
        for row in model.objects.values_list("id", flat=True)
    }
    for table in TABLES:
        assert rows_of(folder, table) or table == "legal_statuses"
        said = json.dumps(rows_of(folder, table), default=str).upper()
        assert CANARY not in said
        assert "9990000018" not in said
        assert str(BORN) not in said
        assert not [one for one in ids if one.upper() in said]
    assert CANARY.encode() not in b"".join(path.read_bytes() for path in folder.iterdir())
    assert rows_of(folder, "return_interviews")[0]["delay_reason"] == "not_listed"


@committing
def test_a_key_is_the_same_in_every_table_and_another_under_another_secret(tmp_path, settings):
    child = people.child()
    referrals.waiting_referral(child)
    cases.open_case(child)
    missing.missing_child(child)
    folder = snapshot(tmp_path)
    keys = {rows_of(folder, table)[0]["child_key"] for table in ("children", "referrals", "cases", "missing_reports")}
    assert len(keys) == 1
    assert len(keys.pop()) == 32
    settings.SECRET_KEY = "another secret"
    other = snapshot(tmp_path, "other")
    assert rows_of(other, "children")[0]["child_key"] != rows_of(folder, "children")[0]["child_key"]


@committing
def test_the_key_is_hmac_of_kind_and_id(tmp_path, settings):
    child = people.child()
    cases.open_case(child)
    key = hmac.digest(settings.SECRET_KEY.encode(), snapshots.PURPOSE, "sha256")
    expected = hmac.digest(key, f"child:{child.id}".encode(), "sha256").hex()[:32]
    assert rows_of(snapshot(tmp_path), "children")[0]["child_key"] == expected


@committing
@pytest.mark.parametrize(
    ("moment", "on"),
    [
        (datetime(2023, 2, 27, 23, 30, tzinfo=UTC), date(2023, 2, 27)),
        (datetime(2023, 2, 28, 12, tzinfo=UTC), date(2023, 2, 28)),
        (datetime(2023, 3, 1, 0, 0, tzinfo=UTC), date(2023, 3, 1)),
        (datetime(2024, 2, 29, 9, tzinfo=UTC), date(2024, 2, 29)),
        (datetime(2022, 3, 31, 23, 30, tzinfo=UTC), date(2022, 4, 1)),
        (datetime(2022, 10, 30, 0, 30, tzinfo=UTC), date(2022, 10, 30)),
    ],
)
def test_age_and_day_are_those_of_london_also_for_somebody_born_on_29_february(tmp_path, moment, on):
    referrals.waiting_referral(people.child(date_of_birth=BORN), received_at=moment)
    row = rows_of(snapshot(tmp_path), "referrals")[0]
    assert (row["received_on"], row["age"]) == (on, age_on(BORN, on))
    assert row["received_at"] == moment.replace(tzinfo=None)


@committing
def test_the_highest_status_on_the_day_counts_and_its_last_day_does_not(tmp_path):
    child = people.child()
    spells = [("child_in_need", date(2020, 1, 1), None), ("looked_after", date(2020, 1, 1), date(2023, 1, 10))]
    for kind, starts_on, ends_on in spells:
        LegalStatus.objects.create(person=child, kind=kind, starts_on=starts_on, ends_on=ends_on, authority="E08000003")
    days = [datetime(2023, 1, 9, 12, tzinfo=UTC), datetime(2023, 1, 10, 12, tzinfo=UTC)]
    for day in days:
        with recorded(None):
            MissingEpisode.objects.create(
                person=child, kind="home", reported_at=day, status="returned", returned_at=day.replace(hour=15)
            )
    found = {row["reported_on"]: row["legal_status"] for row in rows_of(snapshot(tmp_path), "missing_reports")}
    assert found == {date(2023, 1, 9): "looked_after", date(2023, 1, 10): "child_in_need"}


@committing
def test_ethnicity_is_rolled_up_by_the_table_in_force_on_the_day(tmp_path):
    Code.objects.create(
        list="ethnicity", code="AIND", label="Indian", group="other", valid_from=date(2023, 1, 1), source="test"
    )
    child = people.child(ethnicity="AIND")
    for on in (date(2022, 12, 31), date(2023, 1, 1)):
        referrals.waiting_referral(child, received_at=datetime(on.year, on.month, on.day, 12, tzinfo=UTC))
    found = {row["received_on"]: row["ethnicity_group"] for row in rows_of(snapshot(tmp_path), "referrals")}
    assert found == {date(2022, 12, 31): "asian", date(2023, 1, 1): "other"}


@committing
def test_who_asked_is_the_agency_else_the_group_of_the_source(tmp_path):
    referrals.waiting_referral(source_code="6", agency=Agency.objects.get(code="education"))
    referrals.waiting_referral(people.child(), source_code="1A", agency=None)
    found = {row["source_agency"] for row in rows_of(snapshot(tmp_path), "referrals")}
    assert found == {"education", "individual"}


@committing
def test_people_the_record_only_names_are_left_out(tmp_path):
    people.child()
    assert rows_of(snapshot(tmp_path), "children") == []


@committing
def test_an_interview_that_waits_for_an_offer_is_not_yet_one(tmp_path):
    missing.returned_child()
    folder = snapshot(tmp_path)
    assert rows_of(folder, "return_interviews") == []
    assert len(rows_of(folder, "missing_reports")) == 1


def test_the_same_database_gives_the_same_bytes_and_the_log_says_so(area_snapshot, tmp_path):
    again = snapshot(tmp_path)
    first, second = ({p.name: p.read_bytes() for p in folder.glob("*.parquet")} for folder in (area_snapshot, again))
    assert first == second
    ids = [json.loads((folder / "manifest.json").read_text())["id"] for folder in (area_snapshot, again)]
    assert ids[0] == ids[1]
    assert AuditEvent.objects.filter(action="export", what="snapshot").exists()


def test_rows_are_in_the_order_of_their_keys_and_columns_as_the_schema_says(area_snapshot):
    for table in TABLES.values():
        found = pq.read_table(area_snapshot / f"{table.name}.parquet")
        assert found.schema.equals(table.arrow_schema())
        by = snapshots.SORTED_BY.get(table.name, (table.columns[0].name,))
        assert found.equals(found.sort_by([(column, "ascending") for column in by]))


def test_a_whole_snapshot_verifies(area_snapshot, capsys):
    assert snapshot_faults(area_snapshot) == []
    call_command("snapshot", "verify", str(area_snapshot))
    assert "whole" in capsys.readouterr().out


@pytest.fixture
def copy(area_snapshot, tmp_path):
    folder = tmp_path / "copy"
    folder.mkdir()
    for path in area_snapshot.iterdir():
        (folder / path.name).write_bytes(path.read_bytes())
    return folder


def change_manifest(folder, **changes):
    path = folder / "manifest.json"
    path.write_text(json.dumps({**json.loads(path.read_text()), **changes}))


def lose_a_row(folder):
    path = folder / "cases.parquet"
    pq.write_table(pq.read_table(path).slice(1), path)


def rename_a_column(folder):
    path = folder / "cases.parquet"
    table = pq.read_table(path)
    pq.write_table(table.rename_columns(["name", *table.schema.names[1:]]), path)


def change_a_type(folder):
    path = folder / "referrals.parquet"
    table = pq.read_table(path)
    place = table.schema.names.index("age")
    pq.write_table(table.set_column(place, "age", table["age"].cast(pa.int64())), path)


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda folder: (folder / "cases.parquet").unlink(), "cases.parquet: the file is missing"),
        (lambda folder: (folder / "cases.parquet").write_bytes(b"PAR1"), "not readable Parquet"),
        (lose_a_row, "rows, the manifest says"),
        (rename_a_column, "column case_key is missing"),
        (change_a_type, "column age is int64"),
        (lambda folder: change_manifest(folder, schema_version="0"), "schema version 0"),
        (lambda folder: change_manifest(folder, id="sha256:0"), "the id is not that of the tables"),
    ],
)
def test_what_was_changed_is_found(copy, spoil, said, capsys):
    spoil(copy)
    with pytest.raises(SystemExit) as ended:
        call_command("snapshot", "verify", str(copy))
    assert ended.value.code == 1
    assert said in capsys.readouterr().out


@pytest.mark.parametrize("content", [None, "", "[]", '{"tables": 3}', '{"tables": {"cases": 1}}', "\0"])
def test_a_folder_that_is_no_snapshot_is_refused_in_one_line(tmp_path, content):
    if content is not None:
        (tmp_path / "manifest.json").write_text(content)
    with pytest.raises(Unusable) as refused:
        snapshot_faults(tmp_path)
    assert "\n" not in str(refused.value)


def test_a_folder_with_other_files_is_not_written_into(invented_area, tmp_path):
    (tmp_path / "letter.txt").write_text("keep me")
    with pytest.raises(Unusable, match=r"letter\.txt"):
        record_snapshot(out=tmp_path)
    assert (tmp_path / "letter.txt").read_text() == "keep me"


@pytest.mark.django_db
def test_the_pseudonym_needs_its_key():
    with connection.cursor() as cursor, pytest.raises(ProgrammingError, match=r"inner_pad|outer_pad"):
        cursor.execute("SELECT reports_pseudonym('child', %s)", [uuid.uuid4()])
