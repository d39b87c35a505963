"""The pages of assessments: the board, a young person's list, one assessment and its steps, contributions."""

from trellis.assessments.views.contributions import ask, chase, contribution, withdraw
from trellis.assessments.views.lists import begin, board, child_assessments, compare
from trellis.assessments.views.one import assessment, hand_over, judgement, sign_off, stop, submit
from trellis.assessments.views.writing import domain, said

__all__ = [
    "ask",
    "assessment",
    "begin",
    "board",
    "chase",
    "child_assessments",
    "compare",
    "contribution",
    "domain",
    "hand_over",
    "judgement",
    "said",
    "sign_off",
    "stop",
    "submit",
    "withdraw",
]
