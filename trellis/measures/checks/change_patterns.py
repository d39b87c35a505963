"""How a note says that a figure changed: "683 fewer than 2019/20", "up 12% on last year", "doubled since 2021/22"."""

import re

_UP = "more|higher|greater|above|up|increase|increased|rise|rose|risen|grew|grown|growth|additional|extra"
_DOWN = "fewer|less|lower|below|down|decrease|decreased|fall|fell|fallen|drop|dropped|reduction|reduced"
_WAY = rf"(?P<way>{_UP}|{_DOWN})"
_ABOUT = r"(?P<about>(?:about|around|nearly|almost|roughly|approximately|approx\.?|some|over|under|c\.)\s+)?"
_SIZE = r"(?P<size>(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?)"
_OF = r"\s*(?P<of>%|per ?cent(?:age)?(?: points?)?|points?|pp\b)?"
_WHEN = (
    r"(?:in\s+|the\s+)*(?P<when>[12][0-9]{3}\s*[/\-\u2010-\u2015]\s*[0-9]{2,4}|[12][0-9]{3}(?![0-9])"
    r"|(?:last|previous|prior|preceding)\s+year|year\s+before)"
)
_THAN = r"(?:than|on|from|since|over|against|compared\s+(?:with|to))"
_NOUN = r"(?P<noun>(?:\s+(?!than\b|on\b|from\b|since\b)[a-z]+){0,4}?)"
_START = r"(?<![\w.,/])"

STATEMENTS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"{_START}{_ABOUT}{_SIZE}{_OF}\s+{_WAY}\b{_NOUN}\s+{_THAN}\s+{_WHEN}",
        rf"\b{_WAY}\b(?:\s+(?:by|of))?\s+{_ABOUT}{_SIZE}(?![0-9]*[/\-]){_OF}{_NOUN}\s+{_THAN}\s+{_WHEN}",
        rf"^\W*{_START}{_ABOUT}{_SIZE}{_OF}\s+(?P<way>{_UP}|{_DOWN})\W*$",
        rf"^\W*(?:an?\s+)?{_WAY}(?:\s+(?:by|of))?\s+{_ABOUT}{_SIZE}(?![0-9]*[/\-]){_OF}\W*$",
    )
)
FROM_TO = re.compile(
    rf"\b{_WAY}\s+from\s+{_SIZE}(?![0-9]*\s*[/\-\u2010-\u2015]\s*[0-9]){_OF}(?:\s+in\s+{_WHEN})?", re.IGNORECASE
)
WAS = re.compile(
    rf"\b(?P<way>compared\s+(?:with|to)|against|was|previously|after)\s+{_SIZE}(?![0-9]*\s*[/\-\u2010-\u2015]\s*[0-9]){_OF}"
    rf"\s+(?:in\s+)?{_WHEN}",
    re.IGNORECASE,
)
TIMES = re.compile(rf"\b(?P<times>doubled|trebled|tripled|halved)(?:\s+(?:since|from|on|in)\s+{_WHEN})?", re.IGNORECASE)
TIMES_PERCENT = {"doubled": 100, "trebled": 200, "tripled": 200, "halved": -50}
SAME = re.compile(
    rf"\b(?:same\s+as|unchanged\s+(?:from|since|on)|no\s+change\s+(?:from|since|on))\s+{_WHEN}", re.IGNORECASE
)
SUM = re.compile(
    r"(?:derived\s*:?|=)\s*([0-9][0-9,]*(?:\s*[+\-\u2212\u2013]\s*[0-9][0-9,]*)+)(?![0-9]*\s*[/%.])", re.IGNORECASE
)
CHANGE_ROW = re.compile(
    r"^(?:(?:percentage|percent|per cent|%|net|annual|year on year)\s+)*"
    rf"(?P<way>change|difference|{_UP}|{_DOWN})\s+(?:in|of)\s+(?P<noun>.+?)(?:\s+{_THAN}\s+{_WHEN})?$",
    re.IGNORECASE,
)
SOME_WAY = re.compile(
    rf"\b(?:{_UP}|{_DOWN}|same|unchanged|no\s+change|compared|against|was|previously|after|doubled|trebled|tripled|halved)\b",
    re.IGNORECASE,
)
NUMBER_WORDS = {
    "one": "1",
    "two": "2",
    "three": "3",
    "four": "4",
    "five": "5",
    "six": "6",
    "seven": "7",
    "eight": "8",
    "nine": "9",
    "ten": "10",
    "eleven": "11",
    "twelve": "12",
    "thirteen": "13",
    "fourteen": "14",
    "fifteen": "15",
    "sixteen": "16",
    "seventeen": "17",
    "eighteen": "18",
    "nineteen": "19",
    "twenty": "20",
}
NUMBER_WORD = re.compile(
    r"\b(?:" + "|".join(NUMBER_WORDS) + r")(?=\s+(?:more|fewer|less|higher|lower)\b)", re.IGNORECASE
)
DOWN_WORDS = frozenset(_DOWN.split("|"))
