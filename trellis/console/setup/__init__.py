"""Makes the checkout ready to run. Only the standard library: this runs before anything is installed."""
