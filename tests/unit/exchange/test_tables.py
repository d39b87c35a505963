"""Lines, quoting and headers of a CSV file."""

import pytest

from trellis.core.errors import Unusable
from trellis.exchange import cells, tables
from trellis.exchange.faults import BadRows
from trellis.exchange.tables import Column, read_table

COLUMNS = (
    Column("ref", cells.one_line(10), "", required=True),
    Column("born", cells.day, ""),
    Column("words", cells.free_text(100), ""),
)


def read(text, **kwargs):
    return read_table(text if isinstance(text, bytes) else text.encode(), COLUMNS, **kwargs)


def faults(text):
    try:
        return [str(fault) for fault in read(text).faults]
    except BadRows as bad:
        return [str(fault) for fault in bad.faults]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_columns_in_any_order_any_line_end_with_or_without_a_mark(end, mark):
    table = read(mark + end.join(["words, ref", "hello,A", ",B"]) + end)
    assert [(r.line, r.values) for r in table.records] == [(2, {"words": "hello", "ref": "A"}), (3, {"ref": "B"})]
    assert table.faults == []


def test_a_row_is_named_by_the_line_it_starts_on():
    table = read('ref,words\nA,"one\ntwo"\n\nB,"x"\n')
    assert [(r.line, r.values["ref"]) for r in table.records] == [(2, "A"), (5, "B")]


def test_each_bad_cell_is_named():
    assert faults("ref,born\n,45012\nA\nB,2009-02-29,x\n") == [
        "line 2, ref: is missing",
        "line 2, born: is 45012, a number as spreadsheets keep days: write YYYY-MM-DD",
        "line 3, row: has 1 values; the header has 2",
        "line 4, row: has 3 values; the header has 2",
    ]


def test_a_row_of_commas_is_not_passed_over():
    assert faults("ref,born\n,\n") == ["line 2, ref: is missing"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('ref,words\nA,"open\nB,x\n', ["line 2, row: has a quotation mark that is never closed"]),
        (
            'ref,words\nA,"x"y\nB,x\n',
            ["line 2, row: has something between a closing quotation mark and the next comma"],
        ),
        (
            "ref,words\nA," + "x" * 200_000 + "\nB,x\n",
            ["line 2, row: cannot be read: field larger than field limit (131072)"],
        ),
    ],
)
def test_quoting_that_cannot_be_read(text, found):
    assert faults(text) == found


@pytest.mark.parametrize(
    ("header", "found"),
    [
        ("born,words", ["line 1, ref: the column is missing"]),
        ("ref,ref", ["line 1, ref: the column is there twice"]),
        ("ref,shoe_size", ["line 1, shoe_size: there is no such column"]),
        ("ref,", ["line 1, header: a column has no name"]),
        ("born,\u202exyz", ["line 1, \\u202exyz: there is no such column", "line 1, ref: the column is missing"]),
    ],
)
def test_a_wrong_header_names_the_column(header, found):
    assert faults(header + "\nA,B\n") == found


@pytest.mark.parametrize("text", ["ref;born;words\nA;;\n", "nothing of ours\n", '"open'])
def test_what_is_no_such_table_at_all(text):
    with pytest.raises(Unusable, match="first line"):
        read(text)


def test_too_many_rows(monkeypatch):
    monkeypatch.setattr(tables, "MOST_ROWS", 3)
    assert len(read("ref\nA\nB\nC\n").records) == 3
    with pytest.raises(Unusable, match="more than 3 rows"):
        read("ref,born\nA\nB\nC\nD\n")


def test_reading_stops_when_a_file_is_nothing_but_faults(monkeypatch):
    monkeypatch.setattr(tables, "MOST_FAULTS", 3)
    table = read("ref\n" + "A,B\n" * 9)
    assert table.has_too_many_faults
    assert [fault.line for fault in table.faults] == [2, 3, 4, 5]


def test_a_line_without_end():
    with pytest.raises(Unusable, match="line 2 is longer than 1,000,000 characters"):
        read("ref\n" + "," * 1_000_001)
