"""The one exception whose message is written for the person at the keyboard."""


class Unusable(Exception):
    """Something given or found cannot be used. The message is one plain line: what is wrong and what to do."""
