"""The job that sends a letter's link. It names the letter and nobody."""

import uuid

from procrastinate import JobContext, RetryStrategy
from procrastinate.contrib.django import app

from trellis.core.mail import NotSent
from trellis.letters.services import sending
from trellis.letters.services.moving import SEND

# It waits a minute, then one and a half, three, eleven and fifty minutes, then four hours.
TRIES = 7
AGAIN = RetryStrategy(max_attempts=TRIES, wait=60, exponential_wait=5, retry_exceptions=[NotSent])


@app.task(name=SEND, retry=AGAIN, pass_context=True)
def send_letter(context: JobContext, letter_id: str) -> None:
    """Send the link of one letter."""
    sending.send_letter(uuid.UUID(letter_id), last_try=context.job.attempts + 1 >= TRIES)
