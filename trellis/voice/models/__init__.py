"""What young people say at each step, of the plan and of the service, and what changed because of it."""

from trellis.voice.models.feedback import Feedback, FeedbackAnswer, FeedbackQuestion
from trellis.voice.models.together import Together, TogetherStep
from trellis.voice.models.views import ChangeMade, ReadBack, View

__all__ = [
    "ChangeMade",
    "Feedback",
    "FeedbackAnswer",
    "FeedbackQuestion",
    "ReadBack",
    "Together",
    "TogetherStep",
    "View",
]
