"""Whom a test's own questions are asked by: somebody who sees every row."""

from trellis.core.row_context import Context

SEES_ALL = Context(duty="test")
