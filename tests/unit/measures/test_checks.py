"""What the checker says of small tables: one fault or one sound thing each."""

import pytest

from tests.unit.measures.published_tables import check, kinds, records
from trellis.measures.checks import Severity, check_figures

SOUND = {
    "one category alone is no partition": "2022/23,profile,share by sex,male,60,percent",
    "two of five groups": """
        2022/23,profile,share by ethnicity,White British,42,percent
        2022/23,profile,share by ethnicity,Asian,10,percent""",
    "some age bands": """
        2022/23,profile,share by age,12 to 14,30,percent
        2022/23,profile,share by age,15 or 16 years,45,percent""",
    "a group inside a group": """
        2022/23,profile,share by ethnicity,White,60,percent
        2022/23,profile,share by ethnicity,White British,55,percent
        2022/23,profile,share by ethnicity,Asian,20,percent
        2022/23,profile,share by ethnicity,Black,20,percent""",
    "overlap that the table states": """
        2022/23,profile,share by legal status,child in need,66,percent,a child may have more than one
        2022/23,profile,share by legal status,looked after,70,percent""",
    "a rate for each month is no share of one whole": """
        2022/23,missing,return interviews carried out,all,100,count
        2022/23,missing,share of return interviews within 72 hours by month,April,66,percent
        2022/23,missing,share of return interviews within 72 hours by month,May,70,percent""",
    "shares of different children, both named": """
        2022/23,referrals,share of referrals by exploitation type,CSE,22,percent
        2022/23,profile,share of children open by exploitation type,CSE,28,percent""",
    "a share that does not say of whom, and agrees with one that does": """
        2022/23,referrals,share of referrals by exploitation type,CSE,22,percent
        2022/23,hub,share of children open by exploitation type,CSE,28,percent
        2022/23,profile,share by exploitation type,CSE,28,percent""",
    "one value to different decimals": """
        2022/23,missing,share of return interviews within 72 hours,all,73.22,percent
        2022/23,overview,share of return interviews within 72 hours,all,73,percent""",
    "two places": """
        2022/23,north,share by sex,male,60,percent
        2022/23,south,share by sex,male,55,percent""",
    "a change that is right": """
        2020/21,missing,missing episodes,all,3993,count,683 fewer than 2019/20
        2019/20,missing,missing reports,all,4676,count,derived: 3993 + 683""",
    "a rounded rise that is right": """
        2021/22,missing,missing reports,all,4280,count,up 7% on last year
        2020/21,missing,missing episodes,all,3993,count""",
    "a change of somewhere else": """
        2021/22,referrals,referrals received,all,240,count,England fell 12% on 2020/21
        2020/21,referrals,referrals received,all,263,count""",
    "a change that is about right": """
        2021/22,missing,missing reports,all,4280,count,about 300 more than 2020/21
        2020/21,missing,missing reports,all,3993,count""",
    "a row that is a change": """
        2021/22,referrals,referrals received,all,240,count
        2020/21,referrals,referrals received,all,263,count
        2021/22,referrals,change in referrals on 2020/21,all,-23,count
        2021/22,referrals,percentage change in referrals received,all,-9,percent""",
    "figures held back": """
        2022/23,profile,share by ethnicity,White British,[c],percent
        2022/23,profile,children with a plan,all,<5,count""",
    "a mean that fits": """
        2021/22,missing,missing reports,all,4280,count
        2021/22,missing,children with a missing report,all,1353,count
        2021/22,missing,mean missing reports per child,all,3.16,mean""",
    "suspects are grown up": "2022/23,police,mean age of suspects,all,41,years",
    "a thousand with its comma": '2022/23,missing,missing reports,all,"4,958",count,',
    "a share of a number the table does not give": """
        2022/23,police,arrests,all,30,count
        2022/23,police,share of suspects charged,all,47,percent
        2022/23,police,search warrants,all,11,count""",
    "a smaller base in the note": """
        2023/24,act_evaluation,children worked with,all,18,count
        2023/24,act_evaluation,share in school at closure,all,64,percent,of the 11 closed""",
    "parts of a count by another word": """
        2023/24,missing,missing reports,all,500,count
        2023/24,missing,missing reports from care,all,200,count
        2023/24,missing,share of missing reports from care,all,40,percent""",
    "a loss": "2023/24,cost,net saving,all,-200,pounds",
    "years in other spellings": """
        2022-23,referrals,referrals received,all,240,count
        2022/2023,overview,referrals received,all,240,count""",
}

FAULTY = {
    "sum of shares of an unknown base": ("partition_sum", """
        2022/23,profile,share by ethnicity,White British,60,percent
        2022/23,profile,share by ethnicity,Asian,30,percent
        2022/23,profile,share by ethnicity,Black,20,percent"""),
    "male and female said apart": ("partition_sum", """
        2022/23,profile,share female,all,64,percent
        2022/23,profile,share by sex,male,60,percent"""),
    "age bands that take in everyone": ("partition_sum", """
        2022/23,profile,share by age,under 12,20,percent
        2022/23,profile,share by age,12 to 14,30,percent
        2022/23,profile,share by age,15 and over,45,percent"""),
    "main reasons exclude each other": ("partition_sum", """
        2022/23,missing,share of missing reports by main reason,family,66,percent
        2022/23,missing,share of missing reports by main reason,friends,70,percent"""),
    "rounding could explain it but no children can": ("partition_sum", """
        2022/23,act_evaluation,children worked with,all,30,count
        2022/23,act_evaluation,share by ethnicity,White British,33,percent
        2022/23,act_evaluation,share by ethnicity,Asian,33,percent
        2022/23,act_evaluation,share by ethnicity,other,33,percent
        2022/23,act_evaluation,share by ethnicity,Black,3,percent"""),
    "categories nobody knows": ("exclusive_or_overlapping", """
        2022/23,profile,share by hobby,football,60,percent
        2022/23,profile,share by hobby,chess,70,percent"""),
    "age bands that overlap": ("overlap", """
        2022/23,profile,share by age,under 16,60,percent
        2022/23,profile,share by age,15 or 16,70,percent"""),
    "types without one for several": ("exclusive_or_overlapping", """
        2022/23,profile,share by exploitation type,CSE,60,percent
        2022/23,profile,share by exploitation type,CCE,70,percent"""),
    "counts above their total": ("partition_sum", """
        2022/23,referrals,referrals received,all,100,count
        2022/23,referrals,referrals received by exploitation type,CSE,50,count
        2022/23,referrals,referrals received by exploitation type,CCE,40,count
        2022/23,referrals,referrals received by exploitation type,multiple or other,20,count"""),
    "counts below their total": ("partition_sum", """
        2022/23,referrals,referrals received,all,100,count
        2022/23,referrals,referrals received by exploitation type,CSE,50,count
        2022/23,referrals,referrals received by exploitation type,multiple or other,20,count"""),
    "one part above its total": ("subset_larger", """
        2022/23,referrals,referrals received,all,100,count
        2022/23,referrals,referrals received by exploitation type,CSE,101,count"""),
    "a base in the note": ("share_not_possible", "2022/23,survey,share content,all,47,percent,n=22"),
    "a fraction in the note": ("share_against_count", "2022/23,survey,share content,all,50,percent,10 of 22 children"),
    "a share of nobody": ("share_not_possible", """
        2022/23,act,children worked with,all,0,count
        2022/23,act,share female,all,50,percent"""),
    "a share and its count": ("share_against_count", """
        2022/23,missing,return interviews carried out,all,100,count
        2022/23,missing,return interviews within 72 hours,all,70,count
        2022/23,missing,share of return interviews within 72 hours,all,73,percent"""),
    "a count with two values across sections": ("two_values", """
        2022/23,referrals,referrals received,all,240,count
        2022/23,overview,referrals received,all,242,count"""),
    "a count with two values under two names": ("two_values", """
        2022/23,missing,missing reports,all,1280,count
        2022/23,missing,missing episodes,all,1281,count"""),
    "a row with two values": ("two_values", """
        2022/23,police,arrests,all,30,count
        2022/23,police,arrests,all,31,count"""),
    "a row twice": ("duplicate_row", """
        2022/23,police,arrests,all,30,count
        2022/23,police,arrests,all,30,count,again"""),
    "a change in another row's note": ("change_contradicted", """
        2020/21,missing,missing episodes,all,4000,count
        2020/21,missing,children with a missing episode,all,1068,count,missing episodes were 683 fewer than 2019/20
        2019/20,missing,missing episodes,all,4676,count"""),
    "a rise that is too high": ("change_contradicted", """
        2021/22,missing,missing reports,all,4280,count,a 12% rise on 2020/21
        2020/21,missing,missing episodes,all,3993,count"""),
    "a rise that was a fall": ("change_contradicted", """
        2021/22,referrals,referrals received,all,240,count,up by 23 on last year
        2020/21,referrals,referrals received,all,263,count"""),
    "an earlier value that was another": ("change_contradicted", """
        2021/22,referrals,referrals received,all,240,count,down from 264 in 2020/21
        2020/21,referrals,referrals received,all,263,count"""),
    "said to be the same": ("change_contradicted", """
        2021/22,referrals,referrals received,all,240,count,same as 2020/21
        2020/21,referrals,referrals received,all,263,count"""),
    "a row that is a wrong change": ("change_contradicted", """
        2021/22,referrals,referrals received,all,240,count
        2020/21,referrals,referrals received,all,263,count
        2021/22,referrals,change in referrals on 2020/21,all,-32,count"""),
    "a sum that is wrong": (
        "change_contradicted", "2019/20,missing,missing episodes,all,4676,count,derived: 3993 + 638"),
    "a change in words": ("change_contradicted", """
        2023/24,police,arrests,all,30,count,ten more than 2022/23
        2022/23,police,arrests,all,21,count"""),
    "said to have doubled": ("change_contradicted", """
        2023/24,police,arrests,all,30,count,doubled since 2022/23
        2022/23,police,arrests,all,20,count"""),
    "an earlier value beside it": ("change_contradicted", """
        2023/24,police,arrests,all,30,count,compared with 25 in 2022/23
        2022/23,police,arrests,all,20,count"""),
    "points that do not fit": ("change_contradicted", """
        2021/22,missing,share of return interviews within 72 hours,all,73,percent,up 12 percentage points from 2020/21
        2020/21,missing,share of return interviews within 72 hours,all,66,percent"""),
    "more children than reports": ("subset_larger", """
        2021/22,missing,missing reports,all,1280,count
        2021/22,missing,children with a missing report,all,1353,count"""),
    "more interviews than reports": ("subset_larger", """
        2021/22,missing,missing reports,all,1280,count
        2021/22,missing,return interviews carried out,all,1353,count"""),
    "more accepted than received": ("subset_larger", """
        2021/22,referrals,referrals received,all,240,count
        2021/22,referrals,referrals accepted,all,241,count"""),
    "a mean that does not fit": ("impossible_mean", """
        2021/22,missing,missing reports,all,4280,count
        2021/22,missing,children with a missing report,all,1353,count
        2021/22,missing,mean missing reports per child,all,3.5,mean"""),
    "an age no child has": ("impossible_mean", "2022/23,profile,mean age at referral,all,41,years"),
    "above a hundred": ("percent_outside_range", "2022/23,profile,share female,all,101,percent"),
    "below nought": ("negative_value", "2022/23,police,arrests,all,-4,count"),
    "a part of a child": ("fraction_counted", "2022/23,profile,children seen,all,3.5,count"),
    "no number": ("not_a_number", "2022/23,police,arrests,all,thirty,count"),
    "no value": ("not_a_number", "2022/23,police,arrests,all,,count"),
    "infinity": ("not_a_number", "2022/23,police,arrests,all,inf,count"),
    "a formula": ("not_a_number", "2022/23,police,arrests,all,=1+1,count"),
    "no unit": ("unknown_unit", "2022/23,police,arrests,all,30,cnt"),
    "a year the wrong way round": ("bad_year", "2023/22,police,arrests,all,30,count"),
    "a report year of two years": ("bad_year", "2019/21,police,arrests,all,30,count"),
    "no measure": ("no_measure", "2022/23,police,,all,30,count"),
}  # fmt: skip


@pytest.mark.parametrize("name", SOUND)
def test_sound(name):
    assert check(SOUND[name]) == []


@pytest.mark.parametrize("name", FAULTY)
def test_faulty(name):
    kind, text = FAULTY[name]
    assert kinds(text) == [kind]


def test_a_finding_says_where_what_and_what_would_have_to_be_true():
    (finding,) = check("2019-21,act,children worked with,all,22,count\n2019-21,act,share seen,all,47,percent")
    assert finding.as_dict() == {
        "kind": "share_not_possible",
        "severity": "impossible",
        "lines": [3],
        "year": "2019-21",
        "section": "act",
        "measure": "share seen",
        "message": "47% of 22 (children worked with): 10 of 22 is 45.5 and 11 of 22 is 50.0",
        "would_have_to_be_true": "it would have to be a share of another number, such as 9 of 19, 8 of 17, 7 of 15, "
        "and the table would have to say so",
        "evidence": {
            "value": 47,
            "base": 22,
            "bases": [22],
            "nearest": [{"count": 10, "of": 22, "percent": 45.5}, {"count": 11, "of": 22, "percent": 50.0}],
        },
    }


def test_wording_alone_is_asked_about_and_the_same_words_contradict():
    same = check("2022/23,referrals,arrests,all,1,count\n2022/23,overview,arrests,all,2,count")
    other = check("2022/23,missing,missing reports,all,1,count\n2022/23,overview,missing episodes,all,2,count")
    assert [found.severity for found in same + other] == [Severity.CONTRADICTION, Severity.QUESTION]


def test_numbers_may_be_passed_as_numbers():
    rows = records("2022/23,act,children worked with,all,22,count\n2022/23,act,share seen,all,47,percent")
    typed = [row | {"value": int(row["value"]), "note": None} for row in rows]
    assert [finding.kind for finding in check_figures(typed)] == ["share_not_possible"]


def test_an_unsound_number_is_left_out_of_every_comparison():
    found = kinds("""
        2022/23,referrals,referrals received,all,-5,count
        2022/23,referrals,share of referrals by sex,male,47,percent""")
    assert found == ["negative_value"]


def test_an_empty_table_has_no_findings():
    assert check_figures([]) == []
