"""Files as people send them, and what the command writes and returns."""

import json
import subprocess
import sys

import pytest

from tests.unit.measures.published_tables import HEADER, PUBLISHED
from trellis.measures.checks_command import main

GOOD = "2022/23,police,arrests,all,30,count,"
BAD = "2022/23,profile,share female,all,101,percent,"


@pytest.fixture
def write(tmp_path):
    def _write(data: bytes | str) -> str:
        path = tmp_path / "figures.csv"
        path.write_bytes(data if isinstance(data, bytes) else data.encode())
        return str(path)

    return _write


def test_a_sound_table_exits_nought(write, capsys):
    assert main([write(f"{HEADER}\n{GOOD}\n")]) == 0
    assert capsys.readouterr().out == "0 findings in 1 row; 1 row checked sound.\n"


def test_a_finding_exits_one_and_is_told_in_full(write, capsys):
    assert main([write(f"{HEADER}\n{GOOD}\n{BAD}\n")]) == 1
    out = capsys.readouterr().out
    assert "line 3  2022/23, profile: share female  [percent_outside_range]" in out
    assert "What would have to be true:" in out
    assert out.endswith("1 finding in 2 rows; 1 row checked sound.\n")


def test_json_is_only_json(write, capsys):
    assert main([write(f"{HEADER}\n{GOOD}\n"), "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == []
    assert main(["--json", str(PUBLISHED)]) == 1
    found = json.loads(capsys.readouterr().out)
    assert {"kind", "severity", "lines", "message", "would_have_to_be_true", "evidence"} <= found[0].keys()


@pytest.mark.parametrize(
    "data",
    [
        b"\xef\xbb\xbf" + f"{HEADER}\n{GOOD}\n".encode(),
        f"{HEADER}\r\n{GOOD}\r\n".encode(),
        f"{HEADER}\r{GOOD}\r".encode(),
        f"{HEADER}\n\n{GOOD}\n,,,,,,\n\n".encode(),
        f'{HEADER}\n2022/23,police,"arrests",all,"1,030",count,"two\nlines, and a comma"\n'.encode(),
        b" Unit ,value,breakdown,measure,section,Report Year\ncount,30,all,arrests,police,2022/23\n",
    ],
    ids=["bom", "crlf", "cr", "blank rows", "quoted", "other order and no note"],
)
def test_good_files_in_other_clothes(write, data):
    assert main([write(data)]) == 0


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "the file is empty"),
        (f"{HEADER}\n".encode(), "no rows"),
        (b"a,b,c\n1,2,3\n", "line 1: no column report_year, section, measure"),
        (f"{HEADER},value\n{GOOD},1\n".encode(), "column value is there twice"),
        (f"{HEADER}\n{GOOD}\n2022/23,caf\xe9,x,all,1,count,\n".encode("cp1252"), "line 3: not UTF-8"),
        (f"{HEADER}\n{GOOD}\n".encode("utf-16"), "UTF-16"),
        (f"{HEADER}\n{GOOD}\n2022/23,a\0b,x,all,1,count,\n".encode(), "line 3: a NUL byte"),
        (f'{HEADER}\n{GOOD}\n2022/23,"open,x,all,1,count,\n'.encode(), "line 3: not a well-formed CSV row"),
        (f"{HEADER}\n{GOOD}\n2022/23,{'x' * 200_000},x,all,1,count,\n".encode(), "line 3: not a well-formed CSV row"),
    ],
    ids=["empty", "no rows", "header", "column twice", "cp1252", "utf-16", "nul", "open quote", "huge cell"],
)
def test_unusable_files_exit_two_with_one_plain_line(write, capsys, data, said):
    assert main([write(data)]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert said in captured.err
    assert captured.err.count("\n") == 1


@pytest.mark.parametrize("name", ["/nowhere/at/all.csv", "/", "bad\0name", "\x1b[2J"])
def test_what_is_no_file_exits_two(capsys, name):
    assert main([name]) == 2
    err = capsys.readouterr().err
    assert err.count("\n") == 1
    assert "\x1b" not in err


@pytest.mark.parametrize("argv", [[], ["a", "b"], ["--nonsense"], ["a.csv", "--xml"]])
def test_wrong_arguments_exit_two(capsys, argv):
    assert main(argv) == 2
    assert "usage: ./hub check-figures FILE.csv [--json]" in capsys.readouterr().err


def test_ragged_rows_and_unknown_columns_are_named(write, capsys):
    text = f"{HEADER},area\n{GOOD},north\n2022/23,missing,missing reports,all,4,958,count,,x\n2022/23,police\n"
    assert main([write(text), "--json"]) == 1
    found = [(finding["kind"], finding["lines"]) for finding in json.loads(capsys.readouterr().out)]
    assert ("unknown_column", [2]) in found
    assert ("ragged_row", [3]) in found
    assert ("ragged_row", [4]) in found


def test_lines_are_those_of_the_file(write, capsys):
    text = f'{HEADER}\n\n2022/23,police,arrests,all,30,count,"a note\nof three\nlines"\n{BAD}\n'
    assert main([write(text), "--json"]) == 1
    assert [finding["lines"] for finding in json.loads(capsys.readouterr().out)] == [[6]]


def test_a_cell_cannot_drive_the_terminal(write, capsys):
    hostile = "2022/23,po\x1b[31mlice,share \u202eelamef,all,101,percent,"
    assert main([write(f"{HEADER}\n{hostile}\n")]) == 1
    out = capsys.readouterr().out
    assert "\x1b" not in out
    assert "\u202e" not in out


@pytest.mark.parametrize(
    "cell",
    ["9 " * 60_000, "9," * 60_000, "a" + " " * 120_000 + "b", "change in a" + " " * 120_000 + "b", "9" * 120_000],
)
def test_a_very_long_cell_is_read_in_a_moment(write, cell):
    quoted = f'"{cell}"'
    rows = [",".join([quoted] * 7), f"2022/23,police,{quoted},{quoted},47,percent,{quoted}"]
    assert main([write("\n".join([HEADER, *rows]))]) == 1


def test_the_check_starts_without_the_engine_the_web_or_the_database():
    code = (
        "import sys; from trellis.measures.checks_command import main; main(sys.argv[1:]); "
        "print([name for name in ('ibis', 'duckdb', 'django', 'psycopg', 'pyarrow') if name in sys.modules])"
    )
    run = subprocess.run([sys.executable, "-c", code, str(PUBLISHED)], capture_output=True, text=True, check=True)
    assert run.stdout.splitlines()[-1] == "[]"
