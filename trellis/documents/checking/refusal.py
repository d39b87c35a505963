"""Why a file is not taken."""


class NotAccepted(ValueError):
    """The file is not taken: one plain line saying why and what to do."""


def is_not(kind: str) -> NotAccepted:
    return NotAccepted(f"The file is not the {kind} its name says. Open it, save it anew as {kind}, then choose it")
