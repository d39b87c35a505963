"""Pages of what young people say."""
