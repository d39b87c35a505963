"""The desk and a child's episodes in words. Pure."""
