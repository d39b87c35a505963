"""The annual report: sentences, tables and charts made from figures, section by section."""

from trellis.reports.annual.content import annual_report

__all__ = ["annual_report"]
