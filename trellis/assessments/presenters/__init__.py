"""Assessments, contributions and comparisons in words."""
