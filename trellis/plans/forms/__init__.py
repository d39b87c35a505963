"""What is asked about a plan, and about time spent with a young person."""
