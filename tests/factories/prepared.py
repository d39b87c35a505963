"""What a test prepares, it prepares seeing every row, also where it already asks on somebody's behalf."""

from tests.support.context import SEES_ALL
from trellis.audit_log.trail import recorded


def prepared():
    """A transaction with its trail, by nobody, that sees every row."""
    return recorded(None, "test", duty=SEES_ALL.duty)
