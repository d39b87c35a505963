"""The story as it is told here: the words of the invented area's own story, with another boy's name, in days that are
over by now. Weekdays stay, and so does what lies between."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from trellis.core.clocks import LONDON, today
from trellis.sample.story import Step, story_steps
from trellis.sample.words import words

OTHER_NAMES = {"Kian": "Leo", "Tarrant": "Marchbank", "Donna": "Carol", "Pauline": "Joan", "Shane Corless": "Dale Wick"}
BORN = date(2008, 2, 11)


def named(text: str) -> str:
    for name, other in OTHER_NAMES.items():
        text = text.replace(name, other)
    return text


@dataclass(frozen=True)
class Episode:
    """One time missing: three moments, and what was said afterwards."""

    reported: datetime
    returned: datetime
    settled: datetime
    told: dict[str, Any]


@dataclass(frozen=True)
class Story:
    steps: tuple[Step, ...]
    episodes: tuple[Episode, ...]
    about: dict[str, str]
    born: date
    weeks_later: timedelta


def story() -> Story:
    """The whole of it, moved by whole weeks so that the last step is over."""
    steps = story_steps()
    later = timedelta(weeks=(today() - steps[-1].day).days // 7)
    moved = tuple(replace(step, day=step.day + later, title=named(step.title), text=named(step.text)) for step in steps)
    about = {name: named(text) for name, text in words("story")["about"].items()}
    episodes = tuple(episode(told, later) for told in words("story")["episodes"])
    return Story(moved, episodes, about, BORN + later, later)


def episode(told: dict[str, Any], later: timedelta) -> Episode:
    moments = (at(told[f"{word}_on"] + later, told[word]) for word in ("reported", "returned", "settled"))
    return Episode(*moments, told)


def at(day: date, hour: float) -> datetime:
    """So many hours of London's clock on a day: 16.5 is half past four."""
    return datetime(day.year, day.month, day.day, int(hour), round(hour % 1 * 60), tzinfo=LONDON)
