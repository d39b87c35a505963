"""What exclusions and seals add to a child's pages: the tag of the banner, sections of "Who sees this record"."""

from trellis.accounts.models import User
from trellis.cases.child_pages import Section, Tag
from trellis.need_to_know import exclusions, seals
from trellis.need_to_know.access import can_keep_apart, can_seal
from trellis.people.models import Person


def sealed_tag(user: User, person: Person) -> list[Tag]:
    """Only its holders ever see this."""
    return [("Sealed", "structure")] if seals.seal_held(user, person) else []


def kept_from_section(user: User, person: Person) -> Section | None:
    """Who is kept from this record, for whoever may say so."""
    if not can_keep_apart(user, person):
        return None
    return Section(
        "sharing/sealing/_kept_from.html", {"person": person, "rows": exclusions.exclusions_of(user, person)}
    )


def seal_section(user: User, person: Person) -> Section | None:
    """The seal for its holders; a way to seal for whoever may."""
    seal = seals.seal_held(user, person)
    if seal:
        return Section(
            "sharing/sealing/_seal.html", {"person": person, "seal": seal, "holders": seals.holders_of(seal)}
        )
    return Section("sharing/sealing/_seal.html", {"person": person}) if can_seal(user, person) else None


def relation_section(_user: User, person: Person) -> Section | None:
    """A quiet way out for whoever knows this child themselves."""
    return Section("sharing/sealing/_relation.html", {"person": person})
