"""What the record says that the return needs: the same few queries for however many children."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.db.models.functions import Coalesce

from trellis.core.clocks import london_date, start_of_day
from trellis.core.models import Code
from trellis.exchange.ssda903.care import Child, Lists, Status, Stay
from trellis.exchange.ssda903.periods import AWAY, DAY, MISSING, Report
from trellis.measures.periods import Period
from trellis.missing.lifecycle import MERGED
from trellis.missing.models import Kind, MissingEpisode
from trellis.people.models import Address, AddressKind, LegalStatus, Particulars, Person, Placement, StatusKind

CODE_LISTS = ("care_legal_status", "placement_type")
OF_EPISODE = ("id", "person_id", "kind", "status", "last_seen_at", "reported_at", "found_at", "returned_at",
              "responsible_authority")  # fmt: skip


@dataclass(frozen=True)
class Told:
    """A missing episode as the police count it, and as the return would."""

    person: UUID
    reported_on: date
    report: Report


@dataclass(frozen=True)
class Looked:
    """A looked-after status, and which authority answers for it."""

    status: Status
    authority: str


def told_in(year: Period, authority: str) -> list[Told]:
    """Every episode reported in the year, and every other that touches its days."""
    begin, over = start_of_day(year.starts_on), start_of_day(year.ends_on + DAY)
    reported = Q(reported_at__gte=begin, reported_at__lt=over)
    touching = ~Q(status=MERGED) & Q(began_at__lt=over) & (Q(returned_at__isnull=True) | Q(returned_at__gte=begin))
    episodes = MissingEpisode.objects.annotate(began_at=Coalesce("last_seen_at", "reported_at"))
    rows = episodes.filter(reported | touching).order_by("began_at", "id").values(*OF_EPISODE)
    return [_told(row, authority) for row in rows]


def _told(row: Mapping[str, Any], authority: str) -> Told:
    start = london_date(row["last_seen_at"] or row["reported_at"])
    away = row["kind"] == Kind.AWAY
    end = _ended_at(row["found_at"], row["returned_at"], away, row["last_seen_at"] or row["reported_at"])
    report = Report(
        key=row["id"],
        code=AWAY if away else MISSING,
        start=start,
        end=london_date(end) if end else None,
        merged=row["status"] == MERGED,
        elsewhere=row["responsible_authority"] not in ("", authority),
    )
    return Told(row["person_id"], london_date(row["reported_at"]), report)


def _ended_at(found: datetime | None, back: datetime | None, away: bool, began: datetime) -> datetime | None:
    """Missing ends when found, being away when back. A time of finding before the child was last seen is a slip."""
    if away or found is None or found < began:
        return back
    return min(found, back) if back else found


def everyone_looked_after(year: Period, authority: str) -> set[UUID]:
    """Everybody on record whom the authority looked after on a day of the year."""
    began = LegalStatus.objects.filter(kind=StatusKind.LOOKED_AFTER, authority=authority, starts_on__lte=year.ends_on)
    rows = began.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=year.starts_on))
    return set(rows.values_list("person_id", flat=True))


def looked_after(people: Collection[UUID]) -> dict[UUID, list[Looked]]:
    """Every looked-after status of each of them."""
    found: dict[UUID, list[Looked]] = defaultdict(list)
    rows = LegalStatus.objects.filter(person__in=people, kind=StatusKind.LOOKED_AFTER).order_by("starts_on")
    for row in rows.values("person_id", "starts_on", "ends_on", "need", "ended_because", "authority"):
        status = Status(row["starts_on"], row["ends_on"], row["need"], row["ended_because"])
        found[row["person_id"]].append(Looked(status, row["authority"]))
    return found


def children(people: Mapping[UUID, Iterable[Status]], year: Period) -> list[Child]:
    """What is recorded of each child, with the looked-after statuses given."""
    beside = {row.person_id: row for row in Particulars.objects.filter(person__in=people)}
    places: dict[UUID, list[Placement]] = defaultdict(list)
    for place in Placement.objects.filter(person__in=people).order_by("starts_on"):
        places[place.person_id].append(place)
    addresses: dict[UUID, list[Address]] = defaultdict(list)
    kinds = (AddressKind.HOME, AddressKind.PLACEMENT)
    for address in Address.objects.filter(person__in=people, kind__in=kinds).exclude(postcode="").order_by("starts_on"):
        addresses[address.person_id].append(address)
    return [
        _child(person, beside.get(person.id) or Particulars(), people[person.id], places[person.id],
               addresses[person.id], year)
        for person in Person.objects.filter(id__in=people).order_by("id")
    ]  # fmt: skip


def _child(
    person: Person,
    beside: Particulars,
    statuses: Iterable[Status],
    places: list[Placement],
    addresses: list[Address],
    year: Period,
) -> Child:
    statuses = tuple(statuses)
    began = max((status.start for status in statuses if status.start <= year.ends_on), default=year.starts_on)
    return Child(
        key=person.id,
        number=beside.social_care_number,
        born=person.date_of_birth,
        sex=person.sex,
        ethnicity=person.ethnicity,
        pupil_number=beside.upn,
        no_pupil_number=beside.upn_unknown,
        mother=beside.mother,
        own_child_born_on=beside.own_child_born_on,
        home_postcode=_postcode(addresses, AddressKind.HOME, began) or person.postcode,
        statuses=statuses,
        stays=tuple(_stay(place, addresses) for place in places),
    )


def _stay(place: Placement, addresses: list[Address]) -> Stay:
    return Stay(
        start=place.starts_on,
        end=place.ends_on,
        legal_status=place.legal_status,
        placement_type=place.placement_type,
        provider=place.provider,
        registration=place.registration,
        ended_because=place.ended_because,
        postcode=_postcode(addresses, AddressKind.PLACEMENT, place.starts_on),
    )


def _postcode(addresses: list[Address], kind: str, day: date) -> str:
    """Of the address of this kind that holds on the day, the latest begun."""
    holding = [address.postcode for address in addresses if address.kind == kind and address.holds_on(day)]
    return holding[-1] if holding else ""


def code_lists() -> Lists:
    """Each code of the lists that changed over the years, with the days it is in force."""
    found: dict[str, list[tuple[str, date, date | None]]] = {name: [] for name in CODE_LISTS}
    for row in Code.objects.filter(list__in=CODE_LISTS):
        found[row.list].append((row.code, row.valid_from, row.valid_to))
    return found
