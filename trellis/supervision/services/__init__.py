"""What is said in supervision, and who works with whom. Every service is one transaction with its audit event."""

from trellis.supervision.services.allocation import WorkedMeanwhile, allocate, end_allocation
from trellis.supervision.services.saying import add_formulation_to_plan, note_oversight, write_formulation
from trellis.supervision.services.supervising import Agreed, Answer, TalkedAbout, hold_supervision, move_action

__all__ = [
    "Agreed",
    "Answer",
    "TalkedAbout",
    "WorkedMeanwhile",
    "add_formulation_to_plan",
    "allocate",
    "end_allocation",
    "hold_supervision",
    "move_action",
    "note_oversight",
    "write_formulation",
]
