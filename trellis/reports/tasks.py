"""The jobs of this app, run by the job worker."""

import uuid

from procrastinate.contrib.django import app

from trellis.reports.services import MAKE_EDITION, fulfil_request


@app.task(name=MAKE_EDITION, queue="reports")
def make_edition(request_id: str) -> None:
    """Make the edition that was asked for."""
    fulfil_request(uuid.UUID(request_id))
