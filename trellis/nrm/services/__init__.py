"""What workers do with a referral to the National Referral Mechanism, and what goes with it."""

from trellis.nrm.services.deciding import answer_reconsideration, ask_reconsideration, record_decision
from trellis.nrm.services.moving import add_evidence, move_referral
from trellis.nrm.services.referring import refer_to_nrm
from trellis.nrm.services.saving import NotOpen
from trellis.nrm.services.support import (
    ask_for_guardian,
    change_guardian,
    change_section_45,
    consider_section_45,
)

__all__ = [
    "NotOpen",
    "add_evidence",
    "answer_reconsideration",
    "ask_for_guardian",
    "ask_reconsideration",
    "change_guardian",
    "change_section_45",
    "consider_section_45",
    "move_referral",
    "record_decision",
    "refer_to_nrm",
]
