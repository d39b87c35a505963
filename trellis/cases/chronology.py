"""The kinds of thing a chronology holds. Apps above add their own when they start."""

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


def register(kind: str, label: str) -> None:
    """Add a kind. Raises ValueError when two apps want the same one with different words."""
    if KINDS.setdefault(kind, label) != label:
        raise ValueError(f"chronology kind {kind} is already called {KINDS[kind]}")
