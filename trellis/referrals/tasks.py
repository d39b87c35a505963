"""The e-mails of the front door, sent by the job worker. Jobs name rows and nobody."""

import uuid

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from trellis.core.mail import NotSent
from trellis.referrals.guests import letters
from trellis.referrals.guests.services import ACKNOWLEDGE, SEND_CODE
from trellis.referrals.services import SEND_OUTCOME

AGAIN = RetryStrategy(max_attempts=5, wait=5, exponential_wait=3, retry_exceptions=[NotSent])


@app.task(name=SEND_CODE, retry=AGAIN)
def send_code(pass_id: str) -> None:
    """The code that confirms an address."""
    letters.send_code(uuid.UUID(pass_id))


@app.task(name=ACKNOWLEDGE, retry=AGAIN)
def acknowledge(referral_id: str) -> None:
    """The referral arrived."""
    letters.acknowledge(uuid.UUID(referral_id))


@app.task(name=SEND_OUTCOME, retry=AGAIN)
def send_outcome(referral_id: str) -> None:
    """The referral was decided."""
    letters.tell_outcome(uuid.UUID(referral_id))


@app.periodic(cron="23 3 * * *")
@app.task(queueing_lock="forget_guest_passes")
def forget_guest_passes(timestamp: int) -> None:
    """A day after it was made a pass opens nothing any more."""
    letters.forget_passes()
