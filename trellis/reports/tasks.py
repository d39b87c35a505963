"""The jobs of this app, run by the job worker."""

import uuid

from procrastinate.contrib.django import app

MAKE_EDITION = "reports.make_edition"


@app.task(name=MAKE_EDITION, queue="reports")
def make_edition(request_id: str) -> None:
    """Make the edition that was asked for."""
    # Every command reads this module as it starts: what draws reports is read only by the job.
    from trellis.reports.services import fulfil_request

    fulfil_request(uuid.UUID(request_id))
