"""Pages of who a child is: their details section by section, changing them, and the history of every field."""
