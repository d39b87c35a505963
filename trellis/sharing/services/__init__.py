"""What is shared, who is pointed to, what is asked and answered: each in one transaction with its audit event."""

from trellis.sharing.services.decisions import NothingToRecall, decide_sharing, recall_share
from trellis.sharing.services.pointers import RequestsWaiting, end_pointer, place_pointer
from trellis.sharing.services.requests import answer_request, ask_through_pointer

__all__ = [
    "NothingToRecall",
    "RequestsWaiting",
    "answer_request",
    "ask_through_pointer",
    "decide_sharing",
    "end_pointer",
    "place_pointer",
    "recall_share",
]
