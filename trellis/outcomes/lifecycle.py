"""At which points of a case it is asked how things stand. Pure: no rows."""

from trellis.core.lifecycle import NotAsItStands

DURING = ("start", "mid", "close")
AFTERWARDS = ("six", "twelve")


def check_point(point: str, *, is_open: bool) -> None:
    """Raises NotAsItStands: what was so during the work is said while it lasts, how it went on once it is over."""
    if point in DURING and not is_open:
        raise NotAsItStands("This case is closed. What was said while it was open stays as it is")
    if point in AFTERWARDS and is_open:
        raise NotAsItStands("This case is open. How it went on is asked after it closed")


def may_say(point: str, *, is_open: bool) -> bool:
    return point in (DURING if is_open else AFTERWARDS)
