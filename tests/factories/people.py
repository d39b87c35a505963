"""People by what is true of them."""

from datetime import date, timedelta

from tests.support.context import SEES_ALL
from trellis.core.clocks import today
from trellis.core.row_context import asked_by
from trellis.people.models import Person


def child(**fields) -> Person:
    """A child of 15 or so, known by name and birth date."""
    fields = {
        "given_name": "Robin",
        "family_name": "Ashworth",
        "date_of_birth": date(2011, 5, 4),
        "sex": "M",
        "ethnicity": "WBRI",
        "postcode": "M140AA",
        "authority": "E08000003",
        "is_synthetic": True,
        **fields,
    }
    with asked_by(SEES_ALL):
        return Person.objects.create(**fields)


def born_so_that_of_age_in(days: int) -> date:
    """A day of birth whose eighteenth birthday is so many days from today."""
    birthday = today() + timedelta(days=days)
    if (birthday.month, birthday.day) == (2, 29):
        birthday += timedelta(days=1)
    return birthday.replace(year=birthday.year - 18)
