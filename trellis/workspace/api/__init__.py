"""The record for other programs: what the pages show, through the same access functions, as JSON. It only reads."""
