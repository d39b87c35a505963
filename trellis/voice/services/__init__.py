"""What workers do with what young people say: write it down, say what changed, sit together and keep what was meant."""

from trellis.voice.services.feedback import record_feedback
from trellis.voice.services.hearing import correct_view, record_change, record_read_back, record_view, tell_of_change
from trellis.voice.services.together import begin_together, end_together, keep_said, save_said, set_said_aside

__all__ = [
    "begin_together",
    "correct_view",
    "end_together",
    "keep_said",
    "record_change",
    "record_feedback",
    "record_read_back",
    "record_view",
    "save_said",
    "set_said_aside",
    "tell_of_change",
]
