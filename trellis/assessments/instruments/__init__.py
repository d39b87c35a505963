"""Assessment tools as data: what a tool asks, how it is read, counted and compared. Pure: no database, no pages."""
