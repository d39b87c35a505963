"""The kinds of file a hub takes in: each is a module of its own."""

from types import ModuleType

from trellis.core.errors import Unusable
from trellis.exchange import police_missing, referral_file

KINDS: dict[str, ModuleType] = {module.NAME: module for module in (police_missing, referral_file)}


def kind_named(name: str) -> ModuleType:
    """Raises Unusable for a kind there is not."""
    if name not in KINDS:
        raise Unusable(f"there is no kind of file called {name}; it may be {' or '.join(KINDS)}")
    return KINDS[name]


def columns_in_words() -> str:
    """Every kind with its columns, for ``--help``."""
    lines = ["A file is CSV in UTF-8 with its columns in any order (* required). KIND is one of:"]
    for name, kind in KINDS.items():
        lines += ["", f"{name}: {kind.WHAT}"]
        lines += [f"  {column.name + '*' * column.required:<20} {column.means}" for column in kind.COLUMNS]
    lines += ["", "Times are ISO 8601 with an offset from UTC, or as London's clocks show them."]
    return "\n".join(lines)
