"""Finds days, times and ages in whatever form they are written."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date

from trellis.case_studies.checking.findings import Finding, Severity
from trellis.case_studies.checking.folding import Folded
from trellis.case_studies.checking.words import Word, windows

MONTHS = "january february march april may june july august september october november december".split()
SHORT = {m[:3]: n for n, m in enumerate(MONTHS, 1)} | {"sept": 9} | {m: n for n, m in enumerate(MONTHS, 1)}
DAYS = "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth twenty-first twenty-second twenty-third twenty-fourth twenty-fifth twenty-sixth twenty-seventh twenty-eighth twenty-ninth thirtieth thirty-first".split()  # fmt: skip
DAY_WORDS = {w: n for n, w in enumerate(DAYS, 1)} | {w.replace("-", " "): n for n, w in enumerate(DAYS, 1)}
ROMAN = {r: n for n, r in enumerate("i ii iii iv v vi vii viii ix x xi xii".split(), 1)}
M = r"(?P<mon>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
MONTH_WORD = rf"{M}(?![a-z])\.?"
D = r"(?P<day>3[01]|[12]\d|0?[1-9])"
DW = rf"(?P<dayword>{'|'.join(sorted(DAY_WORDS, key=len, reverse=True))})"
Y = r"(?P<year>(?:19|20)\d\d|['’]?\d\d)"
ORD = r"\s?(?:st|nd|rd|th)"
WEEK = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?"
S = r"[\s,./_-]{0,3}"
B, E = r"(?<![a-z0-9])", r"(?![a-z0-9])"
NUMBER_WORD = r"(?:\d{1,2}|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|eight|nine|seven|six|five)"
SMALL_WORD = r"(?:\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|a few|a couple of)"
FULL, PARTLY = "A day that can be looked up", "Part of a date: it narrows down which day is meant"
FORMS = [
    (re.compile(pattern), why)
    for pattern, why in (
        (rf"{B}(?P<year>(?:19|20)\d\d)\s?[-/._ ]\s?(?P<m>1[0-2]|0?[1-9])\s?[-/._ ]\s?{D}(?:t[\d:.]+z?)?(?!\d)", FULL),
        (rf"(?<!\d)(?P<year>(?:19|20)\d\d)(?P<m>1[0-2]|0[1-9])(?P<day>3[01]|[12]\d|0[1-9])(?!\d)", FULL),
        (rf"(?<!\d){D}\s?[-/.,_ ]\s?(?P<m>1[0-2]|0?[1-9])\s?[-/.,_ ]\s?{Y}(?!\d)", FULL),
        (rf"(?<!\d)(?P<m>1[0-2]|0?[1-9])\s?[-/.]\s?{D}\s?[-/.]\s?{Y}(?!\d)", FULL),
        (rf"(?<!\d){D}\s?[-./]\s?(?P<roman>x?i{{1,3}}|x?i?v|vi{{1,3}}|i?x)\s?[-./]\s?{Y}(?!\d)", FULL),
        (rf"(?:{B}{WEEK}{S}(?:the\s)?)?(?<!\d){D}(?:{ORD})?{S}(?:(?:day\s)?of\s)?{MONTH_WORD}(?:{S}{Y}(?!\d))?", FULL),
        (rf"{B}{MONTH_WORD}{S}(?:the\s)?{D}(?:{ORD})?(?!\d)(?:{S}{Y}(?!\d))?", FULL),
        (rf"{B}{DW}(?:\s(?:day\s)?of)?\s{MONTH_WORD}(?:{S}{Y}(?!\d))?", FULL),
        (rf"{B}{MONTH_WORD}{S}(?:the\s){DW}{E}", FULL),
        (rf"{B}(?:early|late|mid|middle of|end of|start of|beginning of)[\s-]{{1,2}}{MONTH_WORD}(?:{S}{Y}(?!\d))?", PARTLY),
        (rf"{B}{MONTH_WORD}(?:{S}(?:of\s)?{Y}(?!\d))", PARTLY),
        (rf"{B}{WEEK}{S}(?:the\s)?{D}(?:{ORD})?{E}", PARTLY),
        (rf"{B}{WEEK}{S}the\s{DW}{E}", PARTLY),
        (rf"(?<![\d/.:-])(?P<m>1[0-2]|0[1-9])[/.-](?P<year>(?:19|20)\d\d)(?!\d)", PARTLY),
        (rf"(?<![\d/.:£-]){D}[/.-](?P<m>1[0-2]|0?[1-9])(?![\d/:-])", PARTLY),
        (rf"(?<![\d/.:-]){D}{ORD}{E}", PARTLY),
        (rf"{B}on\sthe\s{DW}{E}(?!\s(?:day|week|month|year|time|floor|visit|attempt|occasion|night|evening|morning))", PARTLY),
        (r"(?<![\d£.,/-])(?P<year>(?:19|20)\d\d)(?:/\d\d)?(?![\d])", "A year"),
        (rf"{B}(?:nineteen|twenty)[\s-](?:hundred\s(?:and\s)?)?(?:ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:[\s-](?:one|two|three|four|five|six|seven|eight|nine))?){E}", "A year"),
        (r"(?<!\d)(?:[01]?\d|2[0-3])\s?[:.]\s?[0-5]\d(?:\s?(?:am|pm|a\.m\.?|p\.m\.?|hrs|hours|h))?(?![\d/.])", "A time of day"),
        (rf"(?<![\d:.])(?:1[0-2]|0?[1-9])\s?(?:am|pm|a\.m\.?|p\.m\.?|o'?clock){E}", "A time of day"),
        (rf"(?<!\d)(?:[01]\d|2[0-3])[0-5]\d\s?(?:hrs|hours|h){E}", "A time of day"),
        (rf"{B}(?:half|quarter)\s(?:past|to)\s\w+", "A time of day"),
        (rf"{B}\w+\s(?:minutes\s)?(?:past|to)\s(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|midnight|noon){E}", "A time of day"),
        (rf"{B}{SMALL_WORD}\s?o'?clock{E}", "A time of day"),
        (rf"{B}{NUMBER_WORD}\s?(?:years?|yrs?|y)(?:\sold)?{S}(?:and\s)?{SMALL_WORD}\s?(?:months?|mths?|mos?|m){E}", "An age exact to the month"),
        (rf"{B}{NUMBER_WORD}(?:\sand\s(?:a\s)?(?:half|quarter|three\squarters)|½|¼|¾|\.\d{{1,2}}(?=\syears))", "An age exact to the month"),
        (rf"{B}{SMALL_WORD}\s?(?:months?|weeks?|days?)\s(?:before|after|short\sof|off|from|past)\s(?:his|her|their|turning|the)\s(?:\w+\s)?(?:birthday|{NUMBER_WORD})", "An age exact to the month"),
        (rf"{B}(?:turned|turning)\s{NUMBER_WORD}{E}", "An age exact to the month"),
    )
]  # fmt: skip
LONE_MONTH = re.compile(r"(?<![\w'])(January|February|March|April|May|June|July|August|September|October|November|December|Jan|Feb|Mar|Apr|Aug|Sept?|Oct|Nov|Dec)(?![\w'])")
FEASTS = re.compile(
    rf"{B}(?:christmas(?:\s(?:day|eve))?|boxing\sday|new\syear'?s?(?:\s(?:day|eve))?|valentine'?s(?:\sday)?|mother'?s\sday|father'?s\sday|"
    rf"hallowe'?en|bonfire\snight|guy\sfawkes|easter(?:\s\w+day)?|good\sfriday|ramadan|eid(?:[\s-]al[\s-]\w+)?|diwali|hanukkah|vaisakhi|"
    rf"pancake\sday|may\sday|bank\sholiday|remembrance\s\w+|(?:his|her|their)\sbirthday){E}"
)
ANCHORS = frozenset(
    [*SHORT, *DAY_WORDS, *"mon tue tues wed thu thurs fri sat sun monday tuesday wednesday thursday friday saturday sunday "
     "twentyfirst twentysecond twentythird twentyfourth twentyfifth twentysixth twentyseventh twentyeighth twentyninth "
     "thirtyfirst nineteen twenty ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen half quarter "
     "quarters oclock noon midnight birthday months turned turning past christmas boxing year years valentines mothers "
     "fathers halloween bonfire guy easter good ramadan eid diwali hanukkah vaisakhi pancake bank remembrance".split()]
)  # fmt: skip
AGE = {"An age exact to the month": "age", "A time of day": "time"}
INSTEAD = {"date": "on a later day", "time": "at that hour", "age": "at that age"}


def dates(known: frozenset[date], folded: Folded, words: list[Word]) -> Iterator[Finding]:
    for start, end in windows(words, _may_be_dated):
        for form, why in FORMS:
            for found in form.finditer(folded.text, start, end):
                if why == FULL and not any(c.isdigit() for c in found.group()) and _only_may(found, folded):
                    continue
                yield _made(folded, found, AGE.get(why, "date"), why, _severity(found, why, known))
        for found in LONE_MONTH.finditer(folded.cased, start, end):
            severity = Severity.POSSIBLE if _opens(folded.cased, found.start()) else Severity.LIKELY
            yield _made(folded, found, "date", "The name of a month", severity)
        for found in FEASTS.finditer(folded.text, start, end):
            yield _made(folded, found, "date", "A day everybody knows the date of", Severity.LIKELY)


def _may_be_dated(word: Word) -> bool:
    return word.plain in ANCHORS or not word.plain.isalpha()


def _only_may(found: re.Match[str], folded: Folded) -> bool:
    """``first may``: two ordinary words unless the month has a capital."""
    return found["mon"] in ("may", "mar", "march") and folded.cased[found.start("mon")].islower()


def _opens(cased: str, at: int) -> bool:
    before = cased[:at].rstrip(' "“')
    return not before or before[-1] in ".!?:\n" or "\n" in cased[len(before) : at]


def _made(folded: Folded, found: re.Match[str], kind: str, why: str, severity: Severity) -> Finding:
    start, end = folded.span(*found.span())
    return Finding(kind, start, end, folded.original[start:end], why, severity, instead=INSTEAD[kind])


def _severity(found: re.Match[str], why: str, known: frozenset[date]) -> Severity:
    parts = day_parts(found)
    if parts.get("day") and parts.get("month") and any(_fits(day, parts) for day in known):
        return Severity.CERTAIN
    if why == PARTLY and set(parts) == {"day", "month"} and re.fullmatch(r"\d+[/.-]\d+", found.group()):
        return Severity.POSSIBLE
    if why == PARTLY and set(parts) == {"day"} and not any(_fits(day, parts) for day in known):
        return Severity.POSSIBLE
    return Severity.LIKELY


def day_parts(found: re.Match[str]) -> dict[str, int]:
    """What of a day an expression says: ``{"day": 14, "month": 5}``."""
    said = found.groupdict()
    readers: dict[str, tuple[str, Callable[[str], int]]] = {
        "day": ("day", int),
        "dayword": ("day", lambda w: DAY_WORDS[w]),
        "m": ("month", int),
        "mon": ("month", lambda w: SHORT[w]),
        "roman": ("month", lambda w: ROMAN.get(w, 0)),
        "year": ("year", lambda w: _year(w.lstrip("'’"))),
    }
    return {part: read(said[name]) for name, (part, read) in readers.items() if said.get(name)}


def _year(figures: str) -> int:
    return int(figures) if len(figures) > 2 else 2000 + int(figures)


def _fits(day: date, parts: dict[str, int]) -> bool:
    said = {"day": day.day, "month": day.month, "year": day.year}
    return all(said[part] == value or (part == "year" and said[part] % 100 == value % 100) for part, value in parts.items())
