"""Generates chronologies with everybody's identities planted in them, and says where each was planted."""

from __future__ import annotations

import random
import string
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta

from tests.unit.case_studies import stock
from trellis.case_studies.checking import Identities, Known, Named, Place

PROSE = [line for line in stock.PROSE.strip().splitlines() if line]
MONTHS = [date(2020, month, 1).strftime("%B") for month in range(1, 13)]
CYRILLIC = str.maketrans("aeopcyxKMHTBAEOPCX", "аеорсухКМНТВАЕОРСХ")
ACCENTS = str.maketrans("aeioucnAEIOU", "áéíöüçñÀÈÌÓÙ")
LEET = str.maketrans("aeiostAEIOST", "431057431057")
KEYS = "qwertyuiopasdfghjklzxcvbnm"


@dataclass
class Chronology:
    """``plants``: manner, from, to. Everything else in ``text`` is harmless."""

    identities: Identities
    text: str = ""
    plants: list[tuple[str, int, int]] = field(default_factory=list)


@dataclass(frozen=True)
class Somebody:
    given: str
    family: str
    nick: str

    @property
    def whole(self) -> str:
        return f"{self.given} {self.family}"


class Generator:
    """One chronology of one seed."""

    def __init__(self, seed: int, sentences: int) -> None:
        self.dice = random.Random(seed)
        self.sentences = sentences
        self.people = [self._somebody() for _ in range(6)]
        self.alias = "".join(self.dice.choices("bdgklmnprstz", k=1)) + self.dice.choice(
            ["ozza", "ibbo", "ezzie", "urph"]
        )
        self.born = date(2006, 1, 1) + timedelta(self.dice.randrange(1500))
        self.days = [date(2020, 1, 1) + timedelta(self.dice.randrange(1000)) for _ in range(4)] + [self.born]
        self.street = f"{self.dice.choice(stock.STREETS)} {self.dice.choice(stock.KINDS_OF_STREET)}"
        self.town = self.dice.choice(stock.TOWNS)
        self.school = f"{self.dice.choice(stock.STREETS)} {self.dice.choice(stock.SCHOOLS)}"
        self.home = f"{self.dice.choice(stock.STREETS)} {self.dice.choice(stock.HOMES)}"
        self.found = f"the {self.dice.choice(stock.FAMILY)} {self.dice.choice(['Arms', 'Retail Park', 'Snooker Hall'])}"
        self.outward = self.dice.choice(stock.OUTWARD)
        self.postcode = f"{self.outward} {self.dice.randrange(1, 9)}{self._letters(2, 'ABDEFGHJLN')}"
        self.phone = f"07700 900{self.dice.randrange(100, 999)}"
        self.nhs = f"999{self.dice.randrange(1000000, 9999999)}"
        self.ref = f"MP/{self.dice.randrange(20, 25)}/{self.dice.randrange(10000, 99999)}"
        self.plate = f"{self._letters(2)}{self.dice.randrange(10, 72)} {self._letters(3)}"
        self.handle = f"{self.dice.choice(KEYS)}{self._letters(4).lower()}_{self.dice.randrange(10, 99)}"

    def _letters(self, count: int, of: str = string.ascii_uppercase) -> str:
        return "".join(self.dice.choices(of, k=count))

    def _somebody(self) -> Somebody:
        if self.dice.random() < 0.5:
            given = self.dice.choice(list(stock.SHORT))
            return Somebody(given, self.dice.choice(stock.FAMILY), self.dice.choice(stock.SHORT[given].split()))
        return Somebody(self.dice.choice(stock.GIVEN), self.dice.choice(stock.FAMILY), "")

    def made(self) -> Chronology:
        chronology = Chronology(self._identities())
        plants = [(manner.__name__.strip("_"), manner(self)) for manner in MANNERS]
        plants = [(manner, words) for manner, words in plants if words]
        self.dice.shuffle(plants)
        lines: list[tuple[str, str]] = [("", self.dice.choice(PROSE)) for _ in range(self.sentences - len(plants))]
        for plant in plants:
            lines.insert(self.dice.randrange(len(lines)), plant)
        at, parts = 0, []
        for manner, words in lines:
            if manner:
                before, after = self.dice.choice(stock.CARRIERS).split("{}")
                chronology.plants.append((manner, at + len(before), at + len(before) + len(words)))
                words = f"{before}{words}{after}"
            parts.append(words + ("\n\n" if self.dice.random() < 0.15 else " "))
            at += len(parts[-1])
        chronology.text = "".join(parts)
        return chronology

    def _identities(self) -> Identities:
        named = [
            Named(self.dice.choice(stock.ROLES), (one.whole, self.alias) if n == 0 else (one.whole,))
            for n, one in enumerate(self.people)
        ]
        places = [
            Place("home", f"{self.dice.randrange(1, 99)} {self.street}, {self.town}"),
            Place("a school", self.school),
            Place("where they live", self.home),
            Place("where they were found", self.found),
        ]
        numbers = [
            Known("a postcode", self.postcode),
            Known("a postcode's first half", self.outward),
            Known("a phone number", self.phone),
            Known("an NHS number", self.nhs),
            Known("a police reference", self.ref),
            Known("a vehicle's registration", self.plate),
            Known("a handle", self.handle),
        ]
        return Identities(tuple(named), tuple(places), tuple(numbers), frozenset(self.days))

    # -- pieces the manners are made of

    def anybody(self) -> Somebody:
        return self.dice.choice(self.people)

    def part(self, least: int = 2) -> str:
        """A given or a family name of at least so many letters."""
        parts = [p for one in self.people for p in (one.given, one.family) if len(p) >= least]
        return self.dice.choice(parts)

    def slip(self, word: str) -> str:
        """A typing slip: swapped, left out, doubled or struck beside."""
        at = self.dice.randrange(1, len(word) - 1)
        kind = self.dice.randrange(4)
        if kind == 0:
            return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
        if kind == 1:
            return word[:at] + word[at + 1 :]
        if kind == 2:
            return word[:at] + word[at] + word[at:]
        return word[:at] + self.dice.choice(KEYS) + word[at + 1 :]

    def day(self) -> date:
        return self.dice.choice(self.days)


Manner = Callable[[Generator], str]
MANNERS: list[Manner] = []


def manner(make: Manner) -> Manner:
    MANNERS.append(make)
    return make


def ordinal(day: int) -> str:
    return f"{day}{'th' if 10 < day < 14 else {1: 'st', 2: 'nd', 3: 'rd'}.get(day % 10, 'th')}"


@manner
def whole_name(g: Generator) -> str:
    return g.anybody().whole


@manner
def given_name(g: Generator) -> str:
    return g.anybody().given


@manner
def family_name(g: Generator) -> str:
    return g.anybody().family


@manner
def alias(g: Generator) -> str:
    return g.alias.title()


@manner
def small_letters(g: Generator) -> str:
    return g.part().lower()


@manner
def capitals(g: Generator) -> str:
    return g.part().upper()


@manner
def surname_first(g: Generator) -> str:
    one = g.anybody()
    return f"{one.family}, {one.given}"


@manner
def short_form(g: Generator) -> str:
    nicks = [one.nick for one in g.people if one.nick]
    return g.dice.choice(nicks) if nicks else ""


@manner
def whole_form_of_a_short_one(g: Generator) -> str:
    nicks = [one.nick for one in g.people if one.nick]
    return f"{g.dice.choice(nicks)}'s" if nicks else ""


@manner
def misspelt(g: Generator) -> str:
    return g.slip(g.part(4))


@manner
def misspelt_again(g: Generator) -> str:
    return g.slip(g.part(4)).title()


@manner
def misspelt_small(g: Generator) -> str:
    return g.slip(g.part(5)).lower()


@manner
def misspelt_twice(g: Generator) -> str:
    long = [p for one in g.people for p in (one.given, one.family) if len(p) > 7]
    return g.slip(g.slip(g.dice.choice(long))) if long else ""


@manner
def swapped_letters(g: Generator) -> str:
    word = g.part(4)
    at = g.dice.randrange(1, len(word) - 1)
    return word[:at] + word[at + 1] + word[at] + word[at + 2 :]


@manner
def doubled_letter(g: Generator) -> str:
    word = g.part(3)
    at = g.dice.randrange(1, len(word))
    return word[:at] + word[at] + word[at:]


@manner
def as_it_sounds(g: Generator) -> str:
    word = g.part(5).lower()
    for written, heard in (("ph", "f"), ("ck", "k"), ("c", "k"), ("ee", "ea"), ("y", "i"), ("th", "t"), ("s", "z")):
        if written in word[1:]:
            return word[0].upper() + word[1:].replace(written, heard, 1)
    return ""


@manner
def without_hyphen_or_apostrophe(g: Generator) -> str:
    odd = [p for one in g.people for p in (one.given, one.family) if "-" in p or "'" in p]
    return (
        g.dice.choice(odd).replace("-", g.dice.choice(["", " "])).replace("'", g.dice.choice(["", " ", "’"]))
        if odd
        else ""
    )


@manner
def half_of_a_double_name(g: Generator) -> str:
    odd = [p for one in g.people for p in (one.given, one.family) if "-" in p]
    return max(g.dice.choice(odd).split("-"), key=len) if odd else ""


@manner
def accents(g: Generator) -> str:
    return g.part(3).translate(ACCENTS)


@manner
def look_alikes(g: Generator) -> str:
    return g.part(3).translate(CYRILLIC)


@manner
def mathematical_letters(g: Generator) -> str:
    big, small = 0x1D400 - ord("A"), 0x1D41A - ord("a")
    part = g.part(3)
    return "".join(chr(ord(c) + (big if c.isupper() else small)) if c.isascii() and c.isalpha() else c for c in part)


@manner
def full_width(g: Generator) -> str:
    return "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in g.part(3))


@manner
def zero_width(g: Generator) -> str:
    return g.dice.choice("\u200b\u200c\u200d\u2060\ufeff\u00ad").join(g.part(3))


@manner
def spaced_out(g: Generator) -> str:
    return g.dice.choice([" ", "-", ".", "_", " . ", "\u00a0"]).join(g.part(4).replace("-", "").replace("'", ""))


@manner
def in_two_pieces(g: Generator) -> str:
    word = g.part(5).replace("-", "").replace("'", "")
    at = g.dice.randrange(2, len(word) - 1)
    return word[:at] + " " + word[at:]


@manner
def figures_for_letters(g: Generator) -> str:
    words = [p for one in g.people for p in (one.given, one.family) if len(p) > 3]
    leet = [w.translate(LEET) for w in words if 0 < sum(c in "aeiostAEIOST" for c in w) < len(w)]
    return g.dice.choice(leet) if leet else ""


@manner
def one_figure(g: Generator) -> str:
    words = [p for one in g.people for p in (one.given, one.family) if len(p) > 3 and "i" in p]
    return g.dice.choice(words).replace("i", "1") if words else ""


@manner
def as_an_address(g: Generator) -> str:
    one = g.anybody()
    plain = [part.replace("'", "").replace("-", "").lower() for part in (one.given, one.family)]
    return g.dice.choice([".", "_", "", "-"]).join(plain) + g.dice.choice(["", "07", "@example.org"])


@manner
def initial_and_name(g: Generator) -> str:
    one = g.anybody()
    return f"{one.given[0]}{one.family}".replace("'", "").replace("-", "").lower()


@manner
def hashtag(g: Generator) -> str:
    return "#justicefor" + g.part().replace("'", "").replace("-", "").lower()


@manner
def handle_with_name(g: Generator) -> str:
    return "@" + g.part().replace("'", "").replace("-", "").lower() + "_x"


@manner
def possessive(g: Generator) -> str:
    return g.part() + g.dice.choice(["'s", "’s"])


@manner
def plural(g: Generator) -> str:
    return f"the {g.anybody().family}s"


@manner
def initials_with_dots(g: Generator) -> str:
    one = g.anybody()
    return g.dice.choice(["{}.{}.", "{}. {}.", "{}.{}"]).format(one.given[0], one.family[0])


@manner
def initials(g: Generator) -> str:
    one = g.anybody()
    return one.given[0] + one.family[0]


@manner
def initial_and_family(g: Generator) -> str:
    one = g.anybody()
    return f"{one.given[0]}. {one.family}"


@manner
def given_and_initial(g: Generator) -> str:
    one = g.anybody()
    return f"{one.given} {one.family[0]}"


@manner
def lone_initial(g: Generator) -> str:
    return f"{g.anybody().given[0]}. in {g.town}"


@manner
def across_lines(g: Generator) -> str:
    word = g.part(5).replace("-", "").replace("'", "")
    at = g.dice.randrange(2, len(word) - 1)
    return word[:at] + g.dice.choice(["-\n", "\n", "-\r\n"]) + word[at:]


@manner
def across_markup(g: Generator) -> str:
    word = g.part(5)
    at = g.dice.randrange(1, len(word) - 1)
    before, after = g.dice.choice([("<b>", "</b>"), ("*", "*"), ("<span class='x'>", "</span>"), ("**", "**")])
    return word[:at] + before + word[at:] + after


@manner
def entities(g: Generator) -> str:
    return "".join(f"&#{ord(c)};" if n == 1 else c for n, c in enumerate(g.part(3)))


@manner
def right_to_left(g: Generator) -> str:
    return "\u202e" + g.anybody().given[::-1] + "\u202c"


@manner
def street(g: Generator) -> str:
    return g.street


@manner
def street_short(g: Generator) -> str:
    return g.street.split()[0] + " Rd"


@manner
def misspelt_place(g: Generator) -> str:
    return g.slip(g.street.split()[0])


@manner
def town(g: Generator) -> str:
    return g.town


@manner
def town_small(g: Generator) -> str:
    return g.town.lower()


@manner
def school(g: Generator) -> str:
    return g.school


@manner
def school_in_part(g: Generator) -> str:
    return g.school.split()[0]


@manner
def childrens_home(g: Generator) -> str:
    return g.home


@manner
def found_where(g: Generator) -> str:
    return g.found


@manner
def postcode(g: Generator) -> str:
    return g.dice.choice(
        [g.postcode, g.postcode.replace(" ", ""), g.postcode.lower(), " ".join(g.postcode.replace(" ", ""))]
    )


@manner
def outward_code(g: Generator) -> str:
    return g.outward


@manner
def phone(g: Generator) -> str:
    digits = g.phone.replace(" ", "")
    five, three, last = digits[:5], digits[5:8], digits[8:]
    abroad = [f"+44 {digits[1:]}", f"+44 (0){digits[1:]}", f"0044{digits[1:]}"]
    return g.dice.choice(
        [g.phone, digits, *abroad, f"{five}-{three}-{last}", " ".join(digits), f"{five}.{three}.{last}"]
    )


@manner
def end_of_a_phone_number(g: Generator) -> str:
    return f"ending {g.phone[-3:]}"


@manner
def phone_in_words(g: Generator) -> str:
    said = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
    return " ".join(said[int(c)] for c in g.phone.replace(" ", ""))


@manner
def nhs_number(g: Generator) -> str:
    return g.dice.choice([g.nhs, f"{g.nhs[:3]} {g.nhs[3:6]} {g.nhs[6:]}", f"{g.nhs[:3]}-{g.nhs[3:6]}-{g.nhs[6:]}"])


@manner
def police_reference(g: Generator) -> str:
    return g.dice.choice([g.ref, g.ref.replace("/", "-"), g.ref.replace("/", " "), g.ref.lower()])


@manner
def registration_mark(g: Generator) -> str:
    return g.dice.choice([g.plate, g.plate.replace(" ", ""), g.plate.lower()])


@manner
def social_handle(g: Generator) -> str:
    return g.dice.choice(["@" + g.handle, g.handle])


@manner
def a_date(g: Generator) -> str:
    d = g.day()
    month, year = MONTHS[d.month - 1], d.year
    return g.dice.choice(
        [
            f"{d:%Y-%m-%d}", f"{d:%d/%m/%y}", f"{d:%d/%m/%Y}", f"{d.day}.{d.month}.{year}", f"{d:%d-%m-%Y}",
            f"{d:%Y%m%d}",
            f"{d:%m/%d/%Y}", f"{d.day} {d.month} {year}", f"{d:%d%b%y}", f"{d:%d-%b-%Y}", f"{d:%Y/%m/%d}",
            f"{d:%d.%m.%y}",
            f"{d.day} {month} {year}", f"{ordinal(d.day)} {month} {year}", f"{month} {ordinal(d.day)} {year}",
        ]
    )  # fmt: skip


@manner
def a_date_of_birth(g: Generator) -> str:
    return g.dice.choice(["born {:%d %B %Y}", "DOB {:%d/%m/%y}", "d.o.b. {:%d.%m.%Y}", "{:%Y-%m-%d}"]).format(g.born)


@manner
def a_day_and_month(g: Generator) -> str:
    d = g.day()
    month = MONTHS[d.month - 1]
    return g.dice.choice(
        [
            f"{d.day} {month}", f"the {ordinal(d.day)} of {month}", f"{month} {d.day}", f"{month} the {ordinal(d.day)}",
            f"{d:%A} {d.day} {month}", f"{d:%a} {d.day} {month[:3]}", f"{d:%A}, {ordinal(d.day)} {month}",
            f"{d.day} {month.lower()}",
        ]
    )  # fmt: skip


@manner
def a_day(g: Generator) -> str:
    d = g.day()
    return g.dice.choice(
        [f"the {ordinal(d.day)}", f"{d:%A} the {ordinal(d.day)}", f"{d:%A} {d.day}", f"{d.day}/{d.month}"]
    )


@manner
def a_month(g: Generator) -> str:
    d = g.day()
    month = MONTHS[d.month - 1]
    return g.dice.choice(
        [f"{month} {d.year}", f"{month} '{d:%y}", f"late {month}", f"in {month}", f"{d:%m/%Y}", f"mid-{month}"]
    )


@manner
def a_date_in_words(g: Generator) -> str:
    days = [*("first", "second", "third", "fourth", "fifth", "sixth"), *("seventh", "eighth", "ninth", "tenth")]
    early = [d for d in g.days if d.day < 11]
    return f"the {days[early[0].day - 1]} of {MONTHS[early[0].month - 1]}" if early else ""


@manner
def a_time(g: Generator) -> str:
    hour, minute = g.dice.randrange(1, 12), g.dice.choice([5, 15, 30, 40])
    return g.dice.choice(
        [
            f"{hour:02}:{minute:02}",
            f"{hour}.{minute:02}pm",
            f"{hour} pm",
            f"{hour + 12}{minute:02}hrs",
            f"{hour} o'clock",
        ]
    )


@manner
def an_exact_age(g: Generator) -> str:
    years, months = g.dice.randrange(12, 18), g.dice.randrange(1, 11)
    return g.dice.choice(
        [
            f"{years} years and {months} months",
            f"{years}y {months}m",
            f"{years} yrs {months} mths",
            "fourteen and a half",
        ]
    )
