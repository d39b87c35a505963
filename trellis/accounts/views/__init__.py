"""The pages of signing in. Every way in ends in ``begin_session``; ``after_first_factor`` says what comes before it."""

from trellis.accounts.views.beginning import BACKEND, after_first_factor, begin_session

__all__ = ["BACKEND", "after_first_factor", "begin_session"]
