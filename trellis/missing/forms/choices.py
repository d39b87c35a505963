"""What several forms offer."""

NOT_CHOSEN = ("", "Choose one")
