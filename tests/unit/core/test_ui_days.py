"""Days and moments as people type them, and the key that makes a form count once."""

import uuid
from datetime import UTC, date, datetime

import pytest
import time_machine
from django import forms
from hypothesis import given
from hypothesis import strategies as st

from trellis.core.forms import DayField, FormKey, MomentField
from trellis.core.widgets import MomentWidget


class Visit(FormKey, forms.Form):
    born = DayField(label="Date of birth", past=True, required=False)
    seen = MomentField(called="Last seen", past=True, required=False)


def day(typed, **options):
    field = DayField(label="Date of birth", **options)
    return field.clean(typed.split(" ") if isinstance(typed, str) else typed)


def moment(typed, which="", **options):
    boxes = [*typed.split(" ", 3), which]
    return MomentField(label="Last seen", **options).clean(boxes)


def refusal(call, *given, **options):
    with pytest.raises(forms.ValidationError) as caught:
        call(*given, **options)
    return caught.value.messages[0], caught.value.error_list[0].code


@pytest.mark.parametrize("month", ["3", "03", "mar", "March", "MARCH"])
def test_a_month_may_be_a_number_or_a_name(month):
    assert day(f"7 {month} 2009") == date(2009, 3, 7)


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2100, 12, 31)))
def test_every_real_day_is_read_back(on):
    assert day([str(on.day), str(on.month), str(on.year)]) == on
    assert DayField().widget.decompress(on) == [str(on.day), str(on.month), str(on.year)]


@pytest.mark.parametrize(
    ("typed", "message", "boxes"),
    [
        (["", "3", "2009"], "Date of birth must include a day", "day"),
        (["7", "", ""], "Date of birth must include a month and a year", "month year"),
        ("7 13 2009", "Date of birth must have a month between 1 and 12", "month"),
        ("7 ma 2009", "Date of birth must have a month between 1 and 12", "month"),
        ("7 3 09", "Date of birth must have a year of 4 numbers, like 2009", "year"),
        ("7 3 9999", "Date of birth must have a year between 1900 and 2100", "year"),
        ("31 4 2009", "Date of birth must be a real date: April 2009 has 30 days", "day"),
        ("x 4 2009", "Date of birth must be a real date: April 2009 has 30 days", "day"),
        ("² 4 2009", "Date of birth must be a real date: April 2009 has 30 days", "day"),
        ("7 3 ٢٠٠٩", "Date of birth must have a year of 4 numbers, like 2009", "year"),
    ],
)
def test_what_is_not_a_day_is_answered_with_the_box_to_look_at(typed, message, boxes):
    assert refusal(day, typed) == (message, boxes)


def test_the_twenty_ninth_of_february_is_real_in_leap_years_only():
    assert day("29 2 2024") == date(2024, 2, 29)
    assert day("29 2 2000") == date(2000, 2, 29)
    for year in (2023, 1900, 2100):
        message, _ = refusal(day, f"29 2 {year}")
        assert message == f"Date of birth must be a real date: {year} was not a leap year, so it has no 29 February"


@time_machine.travel(datetime(2023, 3, 3, 23, 30, tzinfo=UTC), tick=False)
def test_a_past_day_may_be_today_in_london_and_not_tomorrow():
    assert day("3 3 2023", past=True) == date(2023, 3, 3)
    assert refusal(day, "4 3 2023", past=True)[0] == "Date of birth must be today or in the past"


def test_an_empty_day_is_asked_for_by_name_or_let_be():
    assert day(["", " ", ""], required=False) is None
    assert refusal(day, ["", "", ""])[0] == "Enter the date of birth"
    assert refusal(day, ["", "", ""], error_messages={"required": "Say when"})[0] == "Say when"


@pytest.mark.parametrize(
    ("typed", "hour", "minute"),
    [
        ("14:05", 14, 5),
        ("1405", 14, 5),
        ("14.05", 14, 5),
        ("9:30", 9, 30),
        ("0:00", 0, 0),
        ("2:05pm", 14, 5),
        ("2.05 PM", 14, 5),
        ("9am", 9, 0),
        ("12am", 0, 0),
        ("12 p.m.", 12, 0),
        ("midnight", 0, 0),
        ("Midday", 12, 0),
    ],
)
def test_a_time_is_read_the_ways_it_is_written(typed, hour, minute):
    assert moment(f"9 1 2023 {typed}") == datetime(2023, 1, 9, hour, minute, tzinfo=UTC)


@pytest.mark.parametrize("typed", ["9", "24:00", "14:60", "13pm", "0am", "noonish", "٩:٣٠", "1:2:3", "-1:00"])
def test_what_is_not_a_time_is_refused(typed):
    assert refusal(moment, f"9 1 2023 {typed}")[1] == "time"


def test_a_moment_is_london_time():
    assert moment("1 7 2023 14:05") == datetime(2023, 7, 1, 13, 5, tzinfo=UTC)


def test_a_time_that_happened_twice_asks_which():
    message, boxes = refusal(moment, "29 10 2023 01:30")
    assert message == (
        "01:30 happened twice on 29 October 2023, because the clocks went back: "
        "choose the first 01:30 (BST) or the second 01:30 (GMT)"
    )
    assert boxes == "which"
    assert moment("29 10 2023 01:30", "earlier") == datetime(2023, 10, 29, 0, 30, tzinfo=UTC)
    assert moment("29 10 2023 01:30", "later") == datetime(2023, 10, 29, 1, 30, tzinfo=UTC)
    assert refusal(moment, "29 10 2023 01:30", "neither")[1] == "which"


def test_a_choice_left_over_from_another_night_is_not_minded():
    assert moment("28 10 2023 01:30", "later") == datetime(2023, 10, 28, 0, 30, tzinfo=UTC)


def test_a_time_the_clocks_skipped_is_refused():
    message, boxes = refusal(moment, "26 3 2023 01:30")
    assert message.startswith("01:30 did not happen on 26 March 2023: the clocks went forward")
    assert boxes == "time"


@time_machine.travel(datetime(2023, 3, 3, 12, 0, tzinfo=UTC), tick=False)
def test_a_past_moment_forgives_five_minutes_between_clocks():
    assert moment("3 3 2023 12:05", past=True) == datetime(2023, 3, 3, 12, 5, tzinfo=UTC)
    assert refusal(moment, "3 3 2023 12:06", past=True)[0] == "Last seen must be now or in the past"


@given(st.datetimes(min_value=datetime(1990, 1, 1), max_value=datetime(2060, 1, 1), timezones=st.just(UTC)))
def test_a_moment_shown_and_sent_back_is_the_same_moment(stored):
    stored = stored.replace(second=0, microsecond=0)
    assert MomentField().clean(MomentWidget().decompress(stored)) == stored


def test_a_form_sends_the_same_key_however_often_it_is_sent():
    key = str(uuid.uuid4())
    shown = Visit()
    assert shown["form_key"].value() == shown["form_key"].value()
    sent = [Visit({"form_key": key}) for _ in range(50)]
    assert all(form.is_valid() for form in sent)
    assert {form.cleaned_data["form_key"] for form in sent} == {uuid.UUID(key)}
    assert Visit()["form_key"].value() != shown["form_key"].value()


@pytest.mark.parametrize("key", ["", "not-a-key", "'; --"])
def test_a_spoilt_key_saves_nothing_and_is_replaced(key):
    form = Visit({"form_key": key})
    assert not form.is_valid()
    assert "Nothing was saved" in form.errors["form_key"][0]
    again = Visit({"form_key": str(form["form_key"].value())})
    assert again.is_valid()


def test_a_day_sent_back_unchanged_is_no_change():
    on = date(2009, 3, 7)
    form = Visit({"born_day": "7", "born_month": "3", "born_year": "2009"}, initial={"born": on})
    assert "born" not in form.changed_data
