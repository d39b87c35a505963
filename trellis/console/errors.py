"""What a command raises to end with one plain line on standard error and exit code 2."""

from trellis.core.errors import Unusable

__all__ = ["Unusable"]
