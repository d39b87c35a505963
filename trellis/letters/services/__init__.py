"""What is done with letters: prepared, sent, followed until they are acknowledged, collected by whom they are for."""

from trellis.letters.services.following import (
    acknowledge_by_phone,
    ask_after,
    end_letter,
    make_code,
    record_return,
    send_again,
    send_another_way,
)
from trellis.letters.services.preparing import prepare_letter, record_no_letter

__all__ = [
    "acknowledge_by_phone",
    "ask_after",
    "end_letter",
    "make_code",
    "prepare_letter",
    "record_no_letter",
    "record_return",
    "send_again",
    "send_another_way",
]
