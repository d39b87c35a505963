"""What verifying the log can find, each in one plain line."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Finding:
    """Something that is not as it was sealed. ``batch`` and ``event`` say where, as far as it is known.

    ``lost`` names batches, first and last, that a person may accept as lost with a reason: see ``accepted_losses``.
    """

    what: str
    batch: int | None = None
    event: int | None = None
    lost: tuple[int, int] | None = None

    def __str__(self) -> str:
        place = [f"batch {self.batch}"] if self.batch is not None else []
        place += [f"event {self.event}"] if self.event is not None else []
        return f"{', '.join(place)}: {self.what}" if place else self.what


def in_words(first: int, last: int) -> str:
    return f"batch {first}" if first == last else f"batches {first} to {last}"
