"""Pages on the way to adulthood."""
