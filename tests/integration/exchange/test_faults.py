"""A file with every kind of fault: nothing is stored, and each is told in its own line."""

import pytest
from django.apps import apps
from django.core.management import call_command

from tests.factories.exchange import police_row, referral_row, table, write

pytestmark = pytest.mark.django_db

FAULTY = [
    ({"police_ref": ""}, ["police_ref: is missing"]),
    ({"forename": "   "}, ["forename: is missing"]),
    ({"forename": "=HYPERLINK(1)"}, ["forename: begins with =, as a formula does"]),
    ({"surname": "Ash\u202eworth"}, ["surname: holds a hidden character (U+202E): type it again without"]),
    ({"surname": "A" * 300}, ["surname: is 300 characters long; 150 is the most"]),
    (
        {"date_of_birth": "03/04/2009"},
        ["date_of_birth: is 03/04/2009, which may be two different days: write YYYY-MM-DD"],
    ),
    ({"date_of_birth": "39937"}, ["date_of_birth: is 39937, a number as spreadsheets keep days: write YYYY-MM-DD"]),
    ({"date_of_birth": "2009-02-29"}, ["date_of_birth: is 2009-02-29: there is no such day"]),
    ({"date_of_birth": "2024-01-01"}, ["date_of_birth: is after the day the child was reported missing"]),
    ({"date_of_birth": "2005-01-10"}, ["date_of_birth: makes the child 18 on the day they were reported missing"]),
    ({"sex": "X"}, ["sex: is X; it may be M, F, U"]),
    ({"postcode": "NOWHERE"}, ["postcode: is NOWHERE, which is not the shape of a postcode"]),
    ({"missing_type": "abroad"}, ["missing_type: is abroad; it may be home, care, away_without_authorisation"]),
    ({"risk_grade": "dire"}, ["risk_grade: is dire; it may be no_apparent_risk, very_low, low, medium, high"]),
    (
        {"reported_at": "2022-10-30T01:30", "last_seen_at": ""},
        ["reported_at: is 2022-10-30T01:30, which happened twice that night: add +01:00 or +00:00"],
    ),
    (
        {"reported_at": "2022-03-27T01:30", "last_seen_at": ""},
        ["reported_at: is 2022-03-27T01:30, which did not happen: the clocks went forward"],
    ),
    ({"reported_at": "2023-01-10"}, ["reported_at: is 2023-01-10 without a time of day: write YYYY-MM-DDTHH:MM"]),
    ({"reported_at": "9999-01-10T20:00Z"}, ["reported_at: is 9999-01-10T20:00Z, which is in the future"]),
    ({"last_seen_at": "2023-01-10T21:00Z"}, ["last_seen_at: is after the child was reported missing"]),
    ({"found_at": "2023-01-09T21:00Z"}, ["found_at: is before the child was last seen"]),
    ({"returned_at": "2023-01-09T21:00Z"}, ["returned_at: is not after the child was last seen"]),
    (
        {"found_at": "2023-01-12T21:00Z", "returned_at": "2023-01-11T21:00Z"},
        ["returned_at: is before the child was found"],
    ),
    ({"found_where": "x" * 201}, ["found_where: is 201 characters long; 200 is the most"]),
    ({"police_ref": "SOUND"}, ["police_ref: is the reference of line 2 too, which says something else"]),
    (
        {"forename": "Sound", "reported_at": "2023-01-10T22:00Z", "returned_at": "2023-01-11T22:00Z"},
        ["reported_at: overlaps SOUND on line 2, of the same child"],
    ),
    ({"forename": "Open"}, ["returned_at: is blank, but the child is still missing in OPEN on line 3"]),
    ({"forename": "J\udce9r"}, ["forename: is not UTF-8 (byte 0xe9): save the file as CSV UTF-8"]),
    ({"forename": "J\0o"}, ["forename: holds a NUL character"]),
    (
        {"sex": "?", "risk_grade": "", "postcode": "1", "officer": "o" * 151},
        [
            "sex: is ?; it may be M, F, U",
            "postcode: is 1, which is not the shape of a postcode",
            "officer: is 151 characters long; 150 is the most",
        ],
    ),
]


def rows_stored():
    ours = [model for model in apps.get_models() if model.__module__.startswith("trellis.")]
    return {model.__name__: model.objects.count() for model in ours}


def imported(capsys, *arguments):
    """Exit code, lines of standard output, and standard error."""
    code = 0
    try:
        call_command("import", *arguments)
    except SystemExit as end:
        code = end.code
    out, err = capsys.readouterr()
    return code, out.splitlines(), err


def test_nothing_is_stored_and_each_fault_is_told(tmp_path, capsys):
    sound = police_row(police_ref="SOUND", forename="Sound", returned_at="2023-01-11T08:00Z")
    rows = [sound, police_row(police_ref="OPEN", forename="Open")]
    rows += [
        police_row(**{"police_ref": f"R{n}", "forename": f"Child{chr(97 + n)}", **cells})
        for n, (cells, _) in enumerate(FAULTY)
    ]
    text = table(*rows).encode(errors="surrogateescape") + b"ragged,row\n"
    before = rows_stored()
    code, lines, err = imported(capsys, "police-missing", write(tmp_path / "faulty.csv", text))
    expected = [f"line {n}, {reason}" for n, (_, reasons) in enumerate(FAULTY, 4) for reason in reasons]
    expected.append(f"line {len(FAULTY) + 4}, row: has 2 values; the header has 17")
    assert (code, lines) == (1, expected)
    assert err == f"hub: {len(expected)} faults on {len(FAULTY) + 1} lines: nothing was stored\n"
    assert rows_stored() == before


REFERRALS = [
    ({"reference": ""}, "reference: is missing"),
    ({"source_code": "99"}, "source_code: is 99; it may be 1A, 1B"),
    ({"referrer_agency": "The Circus"}, "referrer_agency: is The Circus, which is not one of: adult_social_care,"),
    ({"exploitation_types": "CSE;CSE"}, "exploitation_types: names CSE twice"),
    ({"exploitation_types": "CSE;theft"}, "exploitation_types: is theft; it may be CSE, CCE"),
    ({"exploitation_types": " "}, "exploitation_types: is missing"),
    ({"received_at": "2999-01-01T00:00Z"}, "received_at: is 2999-01-01T00:00Z, which is in the future"),
    ({"ethnicity": "ZZZZ"}, "ethnicity: is ZZZZ; it may be WBRI"),
    ({"date_of_birth": "2005-01-10"}, "date_of_birth: makes the child 18 on the day they were referred"),
    ({"concerns": "x" * 20_001}, "concerns: is 20001 characters long; 20000 is the most"),
]


def test_a_referral_file_with_faults(tmp_path, capsys):
    rows = [referral_row(**{"reference": f"S-{n}", **cells}) for n, (cells, _) in enumerate(REFERRALS)]
    code, lines, _ = imported(capsys, "referrals", write(tmp_path / "faulty.csv", table(*rows)))
    assert code == 1
    assert len(lines) == len(REFERRALS)
    for number, (line, (_, reason)) in enumerate(zip(lines, REFERRALS, strict=True), 2):
        assert line.startswith(f"line {number}, {reason}")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([], "say what the file holds"),
        (["police-missing"], "say what the file holds"),
        (["circus", "x.csv"], "there is no kind of file called circus; it may be police-missing or referrals"),
        (["referrals", "none.csv"], "none.csv cannot be read: No such file or directory"),
        (["referrals", "/dev/zero"], "/dev/zero is not a file"),
        (["referrals", "none.csv", "--by", "nobody@example.org"], "nobody with the address nobody@example.org"),
    ],
)
def test_unusable_input_is_one_line_and_exit_code_2(capsys, arguments, message):
    code, lines, err = imported(capsys, *arguments)
    assert (code, lines, err.count("\n")) == (2, [], 1)
    assert message in err


def test_help_lists_the_kinds_and_their_columns(capsys):
    with pytest.raises(SystemExit):
        call_command("import", "--help")
    text = capsys.readouterr().out
    for word in ("police-missing:", "police_ref*", "returned_at ", "referrals:", "exploitation_types*", "concerns"):
        assert word in text
