"""Whatever bytes come, the answer is a clear line or a sound import: never a crash, never half a file."""

import random
import time

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.factories.exchange import POLICE, REFERRAL, police_row, referral_row, table
from trellis.core.errors import Unusable
from trellis.exchange.faults import BadRows
from trellis.exchange.services import import_file
from trellis.missing.models import MissingEpisode

pytestmark = pytest.mark.django_db
RELAXED = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))

AWKWARD = st.one_of(
    st.sampled_from(
        [
            "",
            " ",
            "=1+1",
            "-2",
            "O'Neil",
            "محمد",
            "a\u202eb",
            "\0",
            "\u200d",
            "ﷺ" * 100,
            "x" * 300,
            "2024-02-29",
            "2023-02-29",
            "45012",
            "03/04/2023",
            "9999-12-31T23:59+14:00",
            "0001-01-01T00:00-14:00",
            "2022-10-30T01:30",
            "2022-03-27T01:30",
            "2023-01-10T19:00Z",
            "\udce9",
            '"',
            "a\r\nb",
            "%s",
            "\\N",
            "{}",
            "𝕏",
        ]
    ),
    st.text(max_size=12),
)


def outcome_of(tmp_path, kind, data):
    """The outcome, or the faults; anything else raised is a failure of ours. Nothing stays."""
    path = tmp_path / "hostile.csv"
    path.write_bytes(data)
    with transaction.atomic():
        found = _taken(path, kind)
        transaction.set_rollback(True)
    if isinstance(found, list):
        assert found
        assert all(line.isascii() and line.isprintable() for line in found), found
    elif isinstance(found, str):
        assert len(found.splitlines()) == 1
    else:
        assert found.rows == found.added + found.corrected + found.unchanged
    return found


def _taken(path, kind):
    try:
        return import_file(kind=kind, path=path, by=None)
    except BadRows as bad:
        return [str(fault) for fault in bad.faults]
    except Unusable as unusable:
        return str(unusable)


@RELAXED
@given(data=st.binary(max_size=300))
def test_any_bytes(tmp_path, data):
    outcome_of(tmp_path, "police-missing", data)


@RELAXED
@given(tail=st.binary(max_size=200))
def test_any_bytes_after_a_sound_header(tmp_path, tail):
    outcome_of(tmp_path, "referrals", ",".join(REFERRAL).encode() + b"\n" + tail)


@RELAXED
@given(rows=st.lists(st.dictionaries(st.sampled_from(sorted(POLICE)), AWKWARD, max_size=4), min_size=1, max_size=4))
def test_any_cells_of_a_police_file(tmp_path, rows):
    made = [police_row(**{"police_ref": f"R{n}", "forename": "Ro" + "b" * n, **cells}) for n, cells in enumerate(rows)]
    outcome_of(tmp_path, "police-missing", table(*made).encode(errors="surrogatepass"))


@RELAXED
@given(rows=st.lists(st.dictionaries(st.sampled_from(sorted(REFERRAL)), AWKWARD, max_size=4), min_size=1, max_size=4))
def test_any_cells_of_a_referral_file(tmp_path, rows):
    made = [referral_row(**{"reference": f"R{n}", **cells}) for n, cells in enumerate(rows)]
    outcome_of(tmp_path, "referrals", table(*made).encode(errors="surrogatepass"))


@pytest.mark.parametrize(
    "cells",
    [
        {"surname": "O'Neil; DROP TABLE people_person"},
        {"surname": "محمد النور"},
        {"forename": "ﷺ" * 100, "surname": "ﷺ" * 150},
        {"found_where": "=cmd|' /C calc'!A0\n<!DOCTYPE x [<!ENTITY y SYSTEM 'file:///etc/passwd'>]>&y;"},
        {"date_of_birth": "2008-02-29"},
    ],
)
def test_odd_but_sound_rows_are_taken_in(tmp_path, cells):
    path = tmp_path / "odd.csv"
    path.write_text(table(police_row(**cells)))
    assert import_file(kind="police-missing", path=path, by=None).added == 1
    if where := cells.get("found_where"):
        assert MissingEpisode.objects.get().found_where == where


def test_one_name_with_a_thousand_postcodes_is_a_fault_and_not_a_million_questions(tmp_path):
    start = time.monotonic()
    rows = [police_row(police_ref=f"R{n}", postcode=f"M{n % 99} {n // 99 % 9}AB") for n in range(800)]
    faults = outcome_of(tmp_path, "police-missing", table(*rows).encode())
    assert faults[0] == "line 22, postcode: is one of more than 20 for the same name and birth date"
    assert time.monotonic() - start < 60


def test_the_order_of_rows_and_columns_changes_nothing(tmp_path):
    rows = [police_row(police_ref=f"R{n}", forename="Ro" + "b" * n) for n in range(5)]
    columns = list(POLICE)
    random.Random(1).shuffle(rows)
    random.Random(2).shuffle(columns)
    assert outcome_of(tmp_path, "police-missing", table(*rows, header=columns).encode()).added == 5
