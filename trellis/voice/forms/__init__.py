"""What is asked of a worker who writes down what a young person said."""
