"""Which bodies may decide on a child's referral made on a day, and why not. Pure: days are counted, never months."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from trellis.core.clocks import birthday_in
from trellis.core.presenters import day as in_words
from trellis.core.presenters import plural
from trellis.nrm.lifecycle import BODIES, DEVOLVED

ADULT = 18


def eighteenth(born: date) -> date:
    """The eighteenth birthday; of somebody born on 29 February it is 1 March."""
    return birthday_in(born, born.year + ADULT)


def days_short_of_18(born: date, on: date) -> int:
    """Days from ``on`` to the eighteenth birthday: 0 on the day itself, negative after it."""
    return (eighteenth(born) - on).days


def last_day_for_panel(born: date, short: int) -> date:
    """The last day on which a child is short of 18 by more than ``short`` days."""
    return eighteenth(born) - timedelta(days=short + 1)


def reminded_from(born: date, short: int, head_start: int) -> date:
    """The day from which the hub is reminded: ``short`` and ``head_start`` days before the eighteenth birthday."""
    return eighteenth(born) - timedelta(days=short + head_start)


def is_reminded(born: date, on: date, short: int, head_start: int) -> bool:
    """Whether ``on`` lies between the first day of reminding and the panel's last day, both among them."""
    return reminded_from(born, short, head_start) <= on <= last_day_for_panel(born, short)


@dataclass(frozen=True)
class Setting:
    """That a body decides for an authority, as the settings say; ``verified``: somebody confirmed it."""

    body: str
    conditions: str
    verified: bool
    source: str


@dataclass(frozen=True)
class Route:
    """One body on one day: whether a referral may go there, ``why`` in a sentence, and until when."""

    body: str
    open: bool
    why: str
    setting: Setting | None = None
    last_day: date | None = None

    @property
    def label(self) -> str:
        return BODIES[self.body]


def routes(born: date, on: date, settings: Iterable[Setting], short: int) -> list[Route]:
    """Every body there is, open or not on the day ``on``. ``settings``: what is in force that day for the child's
    authority; ``short``: by how many days more than which a child must be short of 18 for a local panel."""
    held = {setting.body: setting for setting in settings}
    return [_route(body, held.get(body), born, on, short) for body in BODIES]


def _route(body: str, setting: Setting | None, born: date, on: date, short: int) -> Route:
    if setting is None:
        return Route(body, False, f"On {in_words(on)} this body does not decide for the young person's authority.")
    if body != DEVOLVED:
        return Route(body, True, "Open on any day, at any age.", setting)
    left, last = days_short_of_18(born, on), last_day_for_panel(born, short)
    if left > short:
        why = f"{plural(left, 'day')} short of 18: more than {short}. The panel's last day is {in_words(last)}."
        return Route(body, True, why, setting, last)
    if left <= 0:
        return Route(body, False, "A local panel decides only for children: they are 18.", setting, last)
    why = f"{plural(left, 'day')} short of 18: it must be more than {short}. The last day was {in_words(last)}."
    return Route(body, False, why, setting, last)
