"""The kinds of thing a chronology holds. Apps above add their own when they start."""

from trellis.core.protection import Part

KINDS: dict[str, str] = {
    "case.opened": "Case opened",
    "case.closed": "Case closed",
    "case.allocated": "Worker allocated",
    "note": "Note",
    "police": "Police activity",
    "court": "Court and custody",
    "health": "Health",
    "education": "Education",
    "meeting": "Meeting",
    "plan": "Plan",
    "direct_work": "Time with the young person",
}


ABOUT: dict[str, Part] = {}


def register(kind: str, label: str, about: Part | None = None) -> None:
    """Add a kind; ``about``: the part of the record that its entries tell of, and are closed with.

    Raises ValueError when two apps want the same one with different words.
    """
    if KINDS.setdefault(kind, label) != label:
        raise ValueError(f"chronology kind {kind} is already called {KINDS[kind]}")
    if about:
        ABOUT[kind] = about


def part_told(kind: str) -> str:
    """The part of the record that entries of this kind tell of besides the chronology; empty for none."""
    return ABOUT.get(kind, "")
