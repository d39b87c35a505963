"""Reads of panels: their pages, and who the rule of a panel puts on an agenda."""
