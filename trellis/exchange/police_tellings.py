"""What a line of the police's file tells anew of an episode, and the desk's own episodes that a line is about."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple
from uuid import UUID

from trellis.exchange.children import named
from trellis.exchange.references import says
from trellis.exchange.spans import STILL_MISSING
from trellis.exchange.tables import Record
from trellis.missing.lifecycle import MERGED, MISSING
from trellis.missing.models import EpisodeCorrection, MissingEpisode, RiskGrading
from trellis.missing.services import Return
from trellis.people.models import Person
from trellis.people.queries import Named

REFERENCE = "police_ref"
FIELDS = {
    "missing_type": "kind",
    **{
        name: name
        for name in (
            "last_seen_at",
            "reported_at",
            "reported_by",
            "risk_grade",
            "found_at",
            "found_where",
            "found_with",
            "returned_at",
            "officer",
        )
    },
}
FOUND = {"found_at", "found_where", "found_with"}
TIMES = ("last_seen_at", "reported_at", "found_at", "returned_at")
WHY = "police-missing file"


class Telling(NamedTuple):
    """A row, the episode of the record it is about (None when it is new), and the fields it tells anew.

    ``joined``: the desk recorded this time first; what the desk said stands, and the row fills in the rest.
    """

    record: Record
    known: MissingEpisode | None
    changes: dict[str, Any]
    joined: bool = False

    def at(self, field: str) -> Any:
        """What the episode will say once the row is taken in."""
        return self.changes.get(field, getattr(self.known, field, None))

    @property
    def is_return(self) -> bool:
        """The record has the child still missing, and the row says when they were back."""
        return self.known is not None and self.known.status == MISSING and "returned_at" in self.changes

    @property
    def is_only_a_return(self) -> bool:
        """They are back, and nothing that was told before is told otherwise."""
        others = self.changes.keys() - {"returned_at"}
        return (
            self.is_return
            and not self.joined
            and others <= FOUND
            and not any(getattr(self.known, field) for field in others)
        )


class FileTold:
    """What these episodes were told by the file before: which of them the desk had first, and the police's grades."""

    def __init__(self, episodes: Sequence[MissingEpisode]) -> None:
        ids = [episode.id for episode in episodes]
        self.fields: dict[UUID, set[str]] = {}
        for episode, old in EpisodeCorrection.objects.filter(episode__in=ids, why=WHY).values_list(
            "episode", "old_values"
        ):
            self.fields.setdefault(episode, set()).update(old)
        graded = RiskGrading.objects.filter(episode__in=ids, by_police=True).order_by("recorded_at")
        self.grades = dict(graded.values_list("episode", "grade"))

    def joined(self, episode: MissingEpisode) -> bool:
        """Whether the desk recorded it first: its reference came with a correction."""
        return REFERENCE in self.fields.get(episode.id, ())

    def anew(self, record: Record, episode: MissingEpisode) -> dict[str, Any]:
        """Fields that the row says otherwise. A blank cell says nothing and takes nothing away; a grade is compared
        with the police's last; what the desk said first stands."""
        told = {field: value for field, value in says(record, FIELDS).items() if value != getattr(episode, field)}
        if told.get("risk_grade") == self.grades.get(episode.id):
            told.pop("risk_grade", None)
        if self.joined(episode):
            own = self.fields[episode.id]
            told = {field: value for field, value in told.items() if field in own or not getattr(episode, field)}
        return told


def join_desks_own(told: Sequence[Telling], matches: Mapping[Named, Person]) -> Iterator[Telling]:
    """A row whose time the desk has taken already, under no reference, is about the desk's episode.

    It brings its reference and what is empty there. Where it overlaps several, or another row was about it, it stays
    a row of its own, and thereby a clash.
    """
    people = {person.id for person in matches.values()}
    own = MissingEpisode.objects.counted().filter(police_ref=None, person__in=people).select_related("person")
    free = list(own.select_for_update(of=("self",)) if people else [])
    for one in told:
        person = matches.get(named(one.record)) if one.known is None else None  # type: ignore[arg-type]
        about = [episode for episode in free if person and episode.person_id == person.id and _overlaps(one, episode)]
        if len(about) == 1:
            free.remove(about[0])
            yield Telling(one.record, about[0], _what_is_empty(one.changes, about[0]), joined=True)
        else:
            yield one


def _what_is_empty(changes: Mapping[str, Any], episode: MissingEpisode) -> dict[str, Any]:
    """What a row brings to the desk's own episode, without times that do not fit the desk's."""
    brings = {field: value for field, value in changes.items() if not getattr(episode, field)}
    if "last_seen_at" in brings and brings["last_seen_at"] > episode.reported_at:
        del brings["last_seen_at"]
    began = brings.get("last_seen_at") or episode.last_seen_at or episode.reported_at
    if "found_at" in brings and brings["found_at"] < began:
        del brings["found_at"]
    return brings


def _overlaps(told: Telling, episode: MissingEpisode) -> bool:
    if not told.record.sound(*TIMES) or told.at("reported_at") is None:
        return False
    began = episode.last_seen_at or episode.reported_at
    ended, told_ended = episode.returned_at or STILL_MISSING, told.at("returned_at") or STILL_MISSING
    return bool(began_at(told) < ended and began < told_ended)


def returns_of_merged(told: Sequence[Telling]) -> Iterator[tuple[MissingEpisode, dict[str, Any]]]:
    """A return told of a report that was merged is the return of the episode it is part of, if they are not back."""
    merged = [(one.known.merged_into_id, one) for one in told if one.known and one.known.status == MERGED]
    back = {key: one for key, one in merged if key and "returned_at" in one.changes}
    rows = MissingEpisode.objects.filter(id__in=list(back), status=MISSING).select_related("person")
    for episode in rows.select_for_update(of=("self",)):
        changes = back[episode.id].changes
        if changes["returned_at"] > (episode.last_seen_at or episode.reported_at):
            yield episode, changes


def telling(record: Record, known: dict[str, MissingEpisode], mine: FileTold) -> Telling:
    episode = known.get(record.values.get(REFERENCE, ""))
    if episode:
        return Telling(record, episode, mine.anew(record, episode), mine.joined(episode))
    return Telling(record, None, says(record, {REFERENCE: REFERENCE, **FIELDS}))


def began_at(told: Telling) -> Any:
    return told.at("last_seen_at") or told.at("reported_at")


def police_grade(told: Telling) -> tuple[MissingEpisode, str] | None:
    """The police's grade of an episode that the desk graded first."""
    grade = told.record.values.get("risk_grade", "")
    news = told.known and "police_ref" in told.changes and "risk_grade" not in told.changes
    return (told.known, grade) if told.known and news and grade else None


def as_return(episode: MissingEpisode, changes: Mapping[str, Any]) -> Return:
    return Return(episode, changes["returned_at"], {field: changes[field] for field in FOUND & changes.keys()})
