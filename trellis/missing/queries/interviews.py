"""What return interviews say."""

from trellis.core.reference_data import labels


def all_reasons() -> dict[str, str]:
    """Code to words of every reason an interview carries: main, delay, decline."""
    lists = ("missing_reason", "interview_delay_reason", "interview_decline_reason")
    return {code: label for code_list in lists for code, label in labels(code_list).items()}
