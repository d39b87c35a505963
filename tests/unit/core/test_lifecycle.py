import pytest

from trellis.core.lifecycle import Lifecycle, MoveNotAllowed

DOOR = Lifecycle(
    name="Door", statuses={"shut": "Shut", "open": "Open"}, first="shut", moves={"shut": ("open",), "open": ()}
)


def test_a_move_outside_the_table_is_refused_in_words():
    DOOR.check_move("shut", "open")
    with pytest.raises(MoveNotAllowed, match="a door that is open cannot become shut"):
        DOOR.check_move("open", "shut")


def test_the_diagram_names_every_move():
    assert DOOR.diagram().splitlines() == [
        "stateDiagram-v2",
        "    [*] --> shut",
        "    shut : Shut",
        "    open : Open",
        "    shut --> open",
        "    open --> [*]",
    ]
