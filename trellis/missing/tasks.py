"""Jobs of the missing desk. They name rows and nobody."""

import uuid

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from trellis.core.mail import NotSent
from trellis.missing.services import escalation

AGAIN = RetryStrategy(max_attempts=5, wait=5, exponential_wait=3, retry_exceptions=[NotSent])


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="escalate_missing_reports")
def escalate_missing_reports(timestamp: int) -> None:
    """Look whether a report waits too long at the desk."""
    escalation.escalate_waiting()


@app.task(name=escalation.SEND, retry=AGAIN)
def tell_of_escalation(escalation_id: str, user_id: str) -> None:
    """Tell one of those who answer for the desk."""
    escalation.send_escalation(uuid.UUID(escalation_id), uuid.UUID(user_id))
