"""People by what is true of them."""

from datetime import date

from tests.support.context import SEES_ALL
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
