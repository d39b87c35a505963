"""Partners' files, as text."""

import csv
import io
import random
from datetime import UTC, date, datetime, timedelta

POLICE = {
    "police_ref": "GMP-1",
    "forename": "Robin",
    "surname": "Ashworth",
    "date_of_birth": "2009-05-04",
    "sex": "M",
    "ethnicity": "WBRI",
    "postcode": "M14 0AA",
    "missing_type": "home",
    "last_seen_at": "2023-01-10T18:00Z",
    "reported_at": "2023-01-10T20:00Z",
    "reported_by": "Carer",
    "risk_grade": "medium",
    "found_at": "",
    "found_where": "",
    "found_with": "",
    "returned_at": "",
    "officer": "PC 101",
}
REFERRAL = {
    "reference": "S-1",
    "received_at": "2023-01-10T09:30",
    "forename": "Robin",
    "surname": "Ashworth",
    "date_of_birth": "2009-05-04",
    "sex": "M",
    "ethnicity": "WBRI",
    "postcode": "M14 0AA",
    "source_code": "2A",
    "referrer_agency": "education",
    "exploitation_types": "CCE;CSE",
    "concerns": "New phone, new friends",
}
BACK = {"found_at": "2023-01-11T07:00Z", "found_where": "A friend's", "returned_at": "2023-01-11T08:00Z"}


def police_row(**cells) -> dict[str, str]:
    """A child still missing, unless ``cells`` say otherwise."""
    return {**POLICE, **cells}


def returned_row(**cells) -> dict[str, str]:
    return {**POLICE, **BACK, **cells}


def referral_row(**cells) -> dict[str, str]:
    return {**REFERRAL, **cells}


def table(*rows: dict[str, str], header=None) -> str:
    """The rows as CSV, in the order of the first row's columns or of ``header``."""
    out = io.StringIO()
    writer = csv.DictWriter(out, header or list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def write(path, text) -> str:
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return str(path)


def busy_year(count: int, seed: int = 1) -> list[dict[str, str]]:
    """``count`` sound rows about a quarter as many children, names in several scripts; nobody is in two places."""
    dice = random.Random(seed)
    free = [datetime(2022, 4, 1, 12, tzinfo=UTC) + timedelta(hours=dice.randrange(72)) for _ in range(count // 4 + 1)]
    return [_night(number, free, dice) for number in range(count)]


def _night(number: int, free: list[datetime], dice: random.Random) -> dict[str, str]:
    child = dice.randrange(len(free))
    seen = free[child] + timedelta(hours=dice.randrange(4, 90))
    reported = seen + timedelta(minutes=dice.randrange(240))
    found = reported + timedelta(minutes=dice.randrange(5, 900))
    free[child] = found + timedelta(minutes=dice.randrange(60))
    return police_row(
        police_ref=f"GMP-{number:06}",
        forename=["Siân", "Zoë", "محمد", "Łucja", "Anne-Marie"][child % 5],
        surname=["O’Neil", "O'Neil", "Żak", "النور", "Clay-Smith"][child // 5 % 5],
        date_of_birth=(date(2007, 1, 1) + timedelta(days=child)).isoformat(),
        postcode=f"M{child % 40 + 1} {child % 9}AB",
        last_seen_at=seen.isoformat(),
        reported_at=reported.isoformat(),
        found_at=found.isoformat(),
        found_where="By the station,\nplatform 2",
        returned_at=free[child].isoformat(),
    )
