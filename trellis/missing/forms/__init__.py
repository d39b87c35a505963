"""What the desk asks: a report, a return, an answer, an interview held."""
