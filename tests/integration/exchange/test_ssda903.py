"""The statutory file from what is recorded: days, ends, who is in it, who is named, and what is logged."""

from datetime import date
from io import StringIO

import pytest
from django.core.management import call_command

from tests.factories import accounts, people
from tests.factories.care import at, looked_after_child, was_missing
from tests.factories.prepared import prepared
from tests.unit.exchange.ssda903_rules import broken, read
from trellis.accounts.access import Refused
from trellis.audit_log.models import AuditEvent
from trellis.core.errors import Unusable
from trellis.exchange.ssda903.comparison import compare
from trellis.exchange.ssda903.files import files_of
from trellis.exchange.ssda903.periods import Fate
from trellis.exchange.ssda903.services import export_ssda903
from trellis.measures.periods import report_year
from trellis.missing.models import MissingEpisode
from trellis.people.models import LegalStatus, Placement

pytestmark = pytest.mark.django_db
YEAR, NEXT, MANCHESTER = report_year("2022/23"), report_year("2023/24"), "E08000003"


def found(year=YEAR, authority=MANCHESTER):
    return compare(year, authority)


def table(name, year=YEAR):
    return read(files_of(found(year)))[name]


def days(year=YEAR):
    return [(row["MISSING"], row["MIS_START"], row["MIS_END"]) for row in table("missing.csv", year)]


def test_a_missing_child_in_care_is_in_all_three_files():
    was_missing(looked_after_child(), at(2022, 7, 1), at(2022, 7, 2))
    files = files_of(found())
    assert broken(files, YEAR.starts_on, YEAR.ends_on) == []
    tables = read(files)
    [header], [episode], [row] = tables["header.csv"], tables["episodes.csv"], tables["missing.csv"]
    assert header["CHILD"] == episode["CHILD"] == row["CHILD"]
    assert (header["SEX"], header["DOB"], header["UPN"], header["MOTHER"]) == ("1", "04/05/2009", "UN2", "")
    assert (episode["DECOM"], episode["RNE"], episode["PLACE"], episode["DEC"]) == ("10/01/2022", "S", "K2", "")
    assert (episode["HOME_POST"], episode["PL_POST"]) == ("M14 0AA", "M20 2WJ")
    assert (row["MISSING"], row["MIS_START"], row["MIS_END"]) == ("M", "01/07/2022", "02/07/2022")


def test_days_are_london_days():
    was_missing(looked_after_child(), at(2022, 7, 1, 23), at(2022, 7, 3, 23))
    assert days() == [("M", "02/07/2022", "04/07/2022")]


def test_missing_ends_when_found_and_being_away_when_back():
    person = looked_after_child()
    was_missing(person, at(2022, 7, 1), at(2022, 7, 4), found_at=at(2022, 7, 2))
    was_missing(person, at(2022, 8, 1), at(2022, 8, 4), found_at=at(2022, 8, 2), kind="away_without_authorisation")
    assert days() == [("M", "01/07/2022", "02/07/2022"), ("A", "01/08/2022", "04/08/2022")]


def test_the_day_of_the_report_stands_where_nobody_saw_them_last():
    was_missing(looked_after_child(), at(2022, 7, 1), at(2022, 7, 3), last_seen_at=None)
    assert days() == [("M", "01/07/2022", "03/07/2022")]


def test_what_is_open_at_the_years_end_is_there_again_next_year():
    was_missing(looked_after_child(), at(2023, 3, 30), at(2023, 4, 3))
    assert days() == [("M", "30/03/2023", "")]
    assert days(NEXT) == [("M", "30/03/2023", "03/04/2023")]
    this, following = files_of(found()), files_of(found(NEXT))
    assert broken(following, NEXT.starts_on, NEXT.ends_on, before=this) == []
    assert found(NEXT).reports == 0
    assert [len(keys) for keys in found(NEXT).origins.values()] == [0, 0, 1]


def fates():
    return {fate: count for fate, count in found().fate_counts.items() if count}


def test_every_report_is_told_of_once():
    in_care = looked_after_child()
    kept = was_missing(in_care, at(2022, 7, 1), at(2022, 7, 2))
    was_missing(in_care, at(2022, 8, 1, 2), at(2022, 8, 1, 4))
    was_missing(in_care, at(2022, 8, 1, 14), at(2022, 8, 1, 16))
    merged = was_missing(in_care, at(2022, 9, 1), at(2022, 9, 2))
    was_missing(people.child(), at(2022, 7, 1), at(2022, 7, 2), kind="home")
    was_missing(looked_after_child(), at(2022, 7, 1), at(2022, 7, 2), responsible_authority="E08000005")
    was_missing(looked_after_child(authority="E08000005"), at(2022, 7, 1), at(2022, 7, 2))
    was_missing(looked_after_child(sex="U"), at(2022, 7, 1), at(2022, 7, 2))
    was_missing(looked_after_child(), at(2022, 4, 1, 1), at(2022, 4, 1, 3), last_seen_at=at(2022, 3, 30),
                found_at=at(2022, 3, 31))  # fmt: skip
    with prepared():
        MissingEpisode.objects.filter(id=merged.id).update(status="merged", merged_into=kept)
    assert fates() == {
        Fate.IN_TABLE: 2,
        Fate.JOINED: 1,
        Fate.MERGED: 1,
        Fate.NOT_LOOKED_AFTER: 1,
        Fate.OTHER_AUTHORITY: 2,
        Fate.INCOMPLETE: 1,
        Fate.OTHER_YEAR: 1,
    }
    assert found().reports == 9
    assert found().row_count == sum(len(keys) for keys in found().origins.values()) == 2


def test_a_child_whose_facts_are_missing_is_named_and_in_no_file():
    person = looked_after_child()
    was_missing(person, at(2022, 7, 1), at(2022, 7, 2))
    with prepared():
        Placement.objects.filter(person=person).update(legal_status="")
    [named] = found().unready
    assert (named.person, named.what) == (person.id, ("no legal basis of the placement from 10 January 2022",))
    assert table("header.csv") == table("missing.csv") == []


def test_two_children_with_one_number_are_both_named():
    for _ in range(2):
        child = looked_after_child(particulars={"social_care_number": "SYNDOUBLE"})
        was_missing(child, at(2022, 7, 1), at(2022, 7, 2))
    assert {named.what for named in found().unready} == {("the number in social care is another child's, too",)}


def test_touching_statuses_are_one_period_of_care():
    person = looked_after_child(until=date(2022, 9, 1))
    with prepared():
        LegalStatus.objects.create(person=person, kind="looked_after", authority=MANCHESTER, need="N5",
                                   starts_on=date(2022, 9, 1))  # fmt: skip
        Placement.objects.filter(person=person).update(ends_on=None)
    was_missing(person, at(2022, 8, 31), at(2022, 9, 3))
    assert days() == [("M", "31/08/2022", "03/09/2022")]


def command(tmp_path, **options):
    out = StringIO()
    code = 0
    try:
        call_command("export", "ssda903", year="2022/23", out=tmp_path / "files", stdout=out, **options)
    except SystemExit as ended:
        code = ended.code
    return code, out.getvalue()


def test_the_command_writes_the_files_and_says_what_lies_between_the_counts(tmp_path):
    person = looked_after_child()
    was_missing(person, at(2022, 7, 1), at(2022, 7, 2))
    was_missing(people.child(), at(2022, 7, 1), at(2022, 7, 2), kind="home")
    code, said = command(tmp_path)
    assert code == 0
    assert "1 row of 1 looked-after child" in said
    assert "2 reports to the police in the year" in said
    assert sorted(path.name for path in (tmp_path / "files").iterdir()) == ["episodes.csv", "header.csv", "missing.csv"]
    [event] = AuditEvent.objects.filter(action="export")
    assert (event.children, event.actor) == ([person.id], None)
    assert event.why == "SSDA903 2022/23, E08000003"


def test_the_command_ends_with_one_when_it_names_somebody(tmp_path):
    was_missing(looked_after_child(sex="U"), at(2022, 7, 1), at(2022, 7, 2))
    code, said = command(tmp_path)
    assert code == 1
    assert "left out: child SYN" in said
    assert "sex is not known" in said


def test_everyone_brings_those_who_were_not_missing(tmp_path):
    looked_after_child()
    assert "0 rows of 0 looked-after children" in command(tmp_path)[1]
    assert "0 rows of 1 looked-after child" in command(tmp_path, everyone=True)[1]


def test_a_worker_who_may_not_take_records_out_is_refused(tmp_path):
    with pytest.raises(Refused):
        export_ssda903(year=YEAR, authority=MANCHESTER, out=tmp_path, by=accounts.hub_worker())


def test_a_file_in_the_place_of_the_folder_and_a_year_that_is_none_are_one_plain_line(tmp_path):
    place = tmp_path / "file"
    place.write_text("")
    with pytest.raises(Unusable, match="is a file"):
        export_ssda903(year=YEAR, authority=MANCHESTER, out=place, by=None)
    with pytest.raises(Unusable, match="is not a report year"):
        call_command("export", "ssda903", year="2022", out=tmp_path)


def test_the_queries_do_not_grow_with_the_children(django_assert_num_queries):
    for _ in range(2):
        was_missing(looked_after_child(), at(2022, 7, 1), at(2022, 7, 2))
    with django_assert_num_queries(7 + 2):
        found()
    for _ in range(8):
        was_missing(looked_after_child(), at(2022, 7, 1), at(2022, 7, 2))
    with django_assert_num_queries(7 + 2):
        found()
