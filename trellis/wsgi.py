"""What the web server runs. In demonstration mode it does not start over a database that holds anybody real."""

import os
import sys

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "trellis.settings")
application = get_wsgi_application()

REFUSAL = "TRELLIS_DEMONSTRATION=1, but the database holds people who are not invented; start without it."
# By this number gunicorn's master knows that starting the worker again is of no use, and ends too.
WORKER_CANNOT_BOOT = 3


def refuse_to_demonstrate_with_real_people() -> None:
    """End this process with one line, rather than let anybody enter with one click where somebody is real."""
    from django.conf import settings
    from django.db import connections

    from trellis.accounts.demonstration import somebody_is_real

    if settings.DEMONSTRATION and somebody_is_real():
        sys.stderr.write(f"hub: {REFUSAL}\n")
        sys.exit(WORKER_CANNOT_BOOT)
    connections.close_all()


refuse_to_demonstrate_with_real_people()
