"""``sample`` fills an empty database, and says in one line why it will not."""

from datetime import UTC, datetime
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connections

from tests.factories import people
from trellis.accounts.models import User
from trellis.cases.models import Case
from trellis.missing.models import MissingEpisode
from trellis.people.models import Person
from trellis.referrals.models import Referral
from trellis.sample.management.commands.sample import area_from
from trellis.sample.moments import london_day, moment_of
from trellis.sample.story import CASE_REFERENCE, story_person_id

GIVEN = {"area": "manchester", "years": "2019/20..2022/23", "scale": 1, "areas": 1, "seed": 1, "until": ""}


def sample(*arguments):
    said = StringIO()
    call_command("sample", *arguments, stdout=said)
    return said.getvalue()


@pytest.mark.django_db(transaction=True, databases="__all__")
def test_one_year_goes_into_an_empty_database_and_the_app_can_read_it():
    assert "rows of an invented area" in sample("--years", "2022/23")
    assert Referral.objects.count() == 242
    assert MissingEpisode.objects.count() == 4958
    assert Case.objects.open().count() == 102
    boy = Person.objects.get(id=story_person_id())
    assert boy.cases.get().reference == CASE_REFERENCE
    assert User.objects.filter(is_demonstration=True, is_active=True).count() == User.objects.count() > 20
    with pytest.raises(CommandError, match="holds people already") as refused:
        sample("--years", "2022/23")
    assert refused.value.returncode == 2


@pytest.mark.django_db(transaction=True, databases="__all__")
def test_an_area_twice_as_large_goes_in_whole():
    """With days beyond its years, when panels meet: parts of one hub share what there is one of."""
    sample("--years", "2022/23", "--scale", "2", "--until", "2023-05-01")
    assert Referral.objects.filter(received_at__lt="2023-04-01T00:00+01:00").count() == 2 * 242


@pytest.mark.django_db(transaction=True, databases="__all__")
def test_a_database_with_somebody_in_it_is_left_alone():
    people.child()
    with pytest.raises(CommandError, match="an empty one only"):
        sample()
    assert Person.objects.count() == 1


@pytest.mark.django_db(transaction=True, databases="__all__")
def test_what_fails_half_way_leaves_nothing():
    with connections["owner"].cursor() as cursor:
        cursor.execute("ALTER TABLE need_to_know_grant ADD CONSTRAINT for_this_test CHECK (reason <> 'Open case')")
    with pytest.raises(Exception, match="for_this_test"):
        sample("--years", "2022/23")
    assert (Person.objects.count(), User.objects.count(), MissingEpisode.objects.count()) == (0, 0, 0)


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"years": "2022"}, "write them as"),
        ({"years": "2022/24"}, "two following years"),
        ({"years": "2022/23..2019/20"}, "comes after the last"),
        ({"scale": 0}, "1 or more"),
        ({"areas": -1}, "1 or more"),
        ({"until": "yesterday"}, "write today, or a day"),
        ({"until": "9999-12-31"}, "write today, or a day|30 at most"),
        ({"until": "2999-01-01"}, "30 at most"),
        ({"until": "2018-01-01"}, "before the first year"),
    ],
)
@pytest.mark.django_db
def test_wrong_arguments_are_one_plain_line(wrong, words):
    arguments = [f"--{name}={value}" for name, value in (GIVEN | wrong).items()]
    with pytest.raises(CommandError, match=words) as refused:
        sample(*arguments)
    assert refused.value.returncode == 2
    assert "\n" not in str(refused.value)


def test_without_until_the_area_ends_with_its_last_year():
    area = area_from(GIVEN)
    assert area.years == ("2019/20", "2020/21", "2021/22", "2022/23")
    assert str(london_day(area.until - 1)) == "2023-03-31"
    assert not area.living


def test_a_later_day_brings_the_years_up_to_it():
    assert area_from(GIVEN | {"until": "2024-04-01"}).years[-1] == "2024/25"
    assert area_from(GIVEN | {"until": "2024-03-31"}).years[-1] == "2023/24"
    assert area_from(GIVEN | {"until": "2021-03-31"}).years == ("2019/20", "2020/21")


def test_today_is_this_minute():
    area = area_from(GIVEN | {"until": "today"})
    assert area.living
    assert abs(area.until - moment_of(datetime.now(UTC))) <= 1
