"""The monthly missing report: a month in full, the twelve before it, and whom the last full year was about."""

from trellis.reports.month.content import missing_report

__all__ = ["missing_report"]
