"""The pages of the one plan."""
