"""The kinds of thing a chronology holds. Apps above add their own when they start."""

from trellis.core.protection import Part

# What workers write themselves. What has no page of its own yet, such as an order, is an entry of its kind.
NOTE = "note"
WRITTEN = {
    NOTE: "Note",
    "police": "Police activity",
    "order": "Notice or order",
    "operation": "Joint operation",
    "court": "Court and custody",
    "mapping": "Mapping meeting",
    "meeting": "Meeting",
    "health": "Health",
    "education": "Education",
}
KINDS: dict[str, str] = {
    "case.opened": "Case opened",
    "case.closed": "Case closed",
    "case.allocated": "Worker allocated",
    **WRITTEN,
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
