"""Reads for the desk, a child's episodes and return interviews."""
