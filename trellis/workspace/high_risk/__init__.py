"""Children missing who need a plan with an owner now: by a rule that is shown, only those the reader may see."""
