"""What workers do with an assessment, from its beginning to its sign-off, and what others contribute."""

from trellis.assessments.services.answering import AnsweredMeanwhile, Given, save_answers
from trellis.assessments.services.beginning import DoesNotFit, UnderWayAlready, begin_assessment
from trellis.assessments.services.contributions import (
    DoesNotSee,
    ask_for_contribution,
    chase_contribution,
    decline_to_contribute,
    give_contribution,
    withdraw_request,
)
from trellis.assessments.services.ending import (
    NotYetComplete,
    missing_from,
    return_for_more,
    sign_off_assessment,
    stop_assessment,
    submit_assessment,
)
from trellis.assessments.services.handing import HandedMeanwhile, hand_over_assessment
from trellis.assessments.services.saying import Placed, ReasonNeeded, judge, say_views

__all__ = [
    "AnsweredMeanwhile",
    "DoesNotFit",
    "DoesNotSee",
    "Given",
    "HandedMeanwhile",
    "NotYetComplete",
    "Placed",
    "ReasonNeeded",
    "UnderWayAlready",
    "ask_for_contribution",
    "begin_assessment",
    "chase_contribution",
    "decline_to_contribute",
    "give_contribution",
    "hand_over_assessment",
    "judge",
    "missing_from",
    "return_for_more",
    "save_answers",
    "say_views",
    "sign_off_assessment",
    "stop_assessment",
    "submit_assessment",
    "withdraw_request",
]
