"""How each kind of cell is read, and why it is refused."""

from datetime import UTC, date, datetime

import pytest

from trellis.exchange import cells
from trellis.exchange.faults import BadCell, shown

name = cells.name(20)
codes = cells.some_of(("CSE", "CCE", "other"))


@pytest.mark.parametrize(
    ("read", "cell", "value"),
    [
        (cells.day, "2008-02-29", date(2008, 2, 29)),
        (cells.day, " 2008-02-28 ", date(2008, 2, 28)),
        (cells.moment, "2022-06-30T23:30", datetime(2022, 6, 30, 22, 30, tzinfo=UTC)),
        (cells.moment, "2022-06-30 23:30:15", datetime(2022, 6, 30, 22, 30, 15, tzinfo=UTC)),
        (cells.moment, "2022-06-30T23:30Z", datetime(2022, 6, 30, 23, 30, tzinfo=UTC)),
        (cells.moment, "2022-10-30T01:30+01:00", datetime(2022, 10, 30, 0, 30, tzinfo=UTC)),
        (cells.moment, "2022-10-30T01:30+0000", datetime(2022, 10, 30, 1, 30, tzinfo=UTC)),
        (cells.postcode, "m14 0aa", "M140AA"),
        (cells.postcode, "SW1A1AA", "SW1A1AA"),
        (name, "  O'Neil ", "O'Neil"),
        (name, "Anne\u00a0 Marie", "Anne Marie"),
        (name, "Sia\u0302n", "Siân"),
        (name, "محمد", "محمد"),
        (name, "Jean-Łuc", "Jean-Łuc"),
        (codes, "CCE; CSE", ["CCE", "CSE"]),
        (cells.free_text(9), " =1+1\n", " =1+1\n"),
    ],
)
def test_a_sound_cell_is_read(read, cell, value):
    assert read(cell) == value


@pytest.mark.parametrize(
    ("read", "cell", "reason"),
    [
        (cells.day, "03/04/2009", "is 03/04/2009, which may be two different days: write YYYY-MM-DD"),
        (cells.day, "13/04/2009", "is 13/04/2009: write YYYY-MM-DD"),
        (cells.day, "45012", "is 45012, a number as spreadsheets keep days: write YYYY-MM-DD"),
        (cells.day, "2009-02-29", "is 2009-02-29: there is no such day"),
        (cells.day, "9999-01-01", "is 9999-01-01, which is in the future"),
        (cells.day, "0001-01-01", "is 0001-01-01, which is before 1990"),
        (cells.day, "٢٠٠٩-٠١-٠١", "\\u0662"),
        (
            cells.moment,
            "2022-10-30T01:30",
            "is 2022-10-30T01:30, which happened twice that night: add +01:00 or +00:00",
        ),
        (cells.moment, "2022-03-27T01:30", "is 2022-03-27T01:30, which did not happen: the clocks went forward"),
        (cells.moment, "2022-03-27", "is 2022-03-27 without a time of day: write YYYY-MM-DDTHH:MM"),
        (cells.moment, "2022-03-27T25:00", "is 2022-03-27T25:00: there is no such time"),
        (cells.moment, "2022-03-27T12:00+99:00", "there is no such time"),
        (cells.moment, "9999-12-31T23:59", "is 9999-12-31T23:59, which is in the future"),
        (cells.moment, "0001-01-01T00:00+14:00", "which is before 1990"),
        (cells.moment, "44936.5", "a number as spreadsheets keep days"),
        (cells.postcode, "NOWHERE", "is NOWHERE, which is not the shape of a postcode"),
        (cells.postcode, "Ｍ14 0AA", "not the shape of a postcode"),
        (name, "=cmd()", "begins with =, as a formula does"),
        (name, "＝cmd", "begins with \\uff1d, as a formula does"),
        (name, "Ro\tbin", "holds a hidden character (U+0009): type it again without"),
        (name, "Ro\u202ebin", "holds a hidden character (U+202E): type it again without"),
        (name, "\u200b", "holds a hidden character (U+200B): type it again without"),
        (name, "...", "has no letter in it"),
        (name, "R" * 300, "is 300 characters long; 20 is the most"),
        (codes, "CSE;CSE", "names CSE twice"),
        (codes, "CSE;", "is ; it may be CSE, CCE, other"),
        (codes, "cse", "is cse; it may be CSE, CCE, other"),
        (cells.check_decoded, "a\0b", "holds a NUL character"),
        (cells.check_decoded, b"J\xe9r".decode(errors="surrogateescape"), "is not UTF-8 (byte 0xe9)"),
    ],
)
def test_a_bad_cell_is_refused_with_its_reason(read, cell, reason):
    with pytest.raises(BadCell) as refused:
        read(cell)
    assert reason in str(refused.value)


def test_a_value_in_a_message_is_one_short_plain_line():
    assert shown("a\nb\x1b[31m\u202e") == "a\\nb\\x1b[31m\\u202e"
    assert shown("x" * 100) == "x" * 40 + "..."
    assert shown(b"\xff".decode(errors="surrogateescape")) == "\\udcff"
