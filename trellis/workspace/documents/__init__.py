"""A child's record as a document: what it holds, and its making."""
