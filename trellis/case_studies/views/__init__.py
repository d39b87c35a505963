"""Pages of case studies: within a record, and those released."""
