"""The rules of the statutory return that our files keep, said a second time and plainly: each reads the files and knows
nothing of how they are made."""

import csv
import io
import re
from collections import defaultdict
from datetime import date, timedelta
from itertools import pairwise

CODES = {
    "LS": "C1 C2 D1 E1 V2 V3 V4 J1 J2 J3 L1 L2 L3",
    "CIN": "N1 N2 N3 N4 N5 N6 N7 N8",
    "RNE": "S P L T U B",
    "PLACE_PROVIDER": "PR0 PR1 PR2 PR3 PR4 PR5",
    "REASON_PLACE_CHANGE": "CARPL CLOSE ALLEG STAND APPRR CREQB CREQO CHILD LAREQ PLACE CUSTOD OTHER",
}
COLUMNS = {
    "header.csv": "CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB",
    "episodes.csv": "CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC,REASON_PLACE_CHANGE,HOME_POST,PL_POST,URN",
    "missing.csv": "CHILD,DOB,MISSING,MIS_START,MIS_END",
}


def day(text):
    return date(*map(int, reversed(text.split("/")))) if text else None


def read(files):
    tables = {}
    for name, content in files.items():
        text = content.decode("utf-8")
        assert text.splitlines()[0] == COLUMNS[name]
        tables[name] = list(csv.DictReader(io.StringIO(text, newline="")))
    return tables


def by_child(rows):
    found = defaultdict(list)
    for row in rows:
        found[row["CHILD"]].append(row)
    return found


def periods_of_care(episodes):
    """First day and last day of each, the last None while it goes on."""
    periods = []
    for row in sorted(episodes, key=lambda row: day(row["DECOM"])):
        start, end = day(row["DECOM"]), day(row["DEC"])
        if periods and periods[-1][1] == start:
            periods[-1] = (periods[-1][0], end)
        else:
            periods.append((start, end))
    return periods


def broken(files, starts_on, ends_on, before=None):
    """Every rule that a row of the files breaks, as "rule: what"."""
    tables = read(files)
    header = {row["CHILD"]: row for row in tables["header.csv"]}
    episodes, missing = by_child(tables["episodes.csv"]), by_child(tables["missing.csv"])
    found = []
    if len(header) != len(tables["header.csv"]):
        found.append("one row of a child in Header")
    for child in {*episodes, *missing}:
        if child not in header:
            found.append(f"INT04: {child} is not in Header")
    for child, rows in missing.items():
        found += [f"{said} ({child})" for said in of_missing(rows, header[child], episodes[child], starts_on, ends_on)]
    for child, rows in episodes.items():
        found += [f"{said} ({child})" for said in of_episodes(rows, starts_on, ends_on)]
    for child, row in header.items():
        found += [f"{said} ({child})" for said in of_header(row, ends_on)]
    if before:
        found += of_last_year(by_child(read(before)["missing.csv"]), missing)
    return found


def of_missing(rows, header, episodes, starts_on, ends_on):
    care = periods_of_care(episodes)
    for row in rows:
        if row["DOB"] != header["DOB"]:
            yield "INT13: another birth date than in Header"
        if row["MISSING"] not in ("M", "A"):
            yield "1006: no such code"
        if not row["MIS_START"]:
            yield "564: no start"
            continue
        start, end = day(row["MIS_START"]), day(row["MIS_END"])
        yield from of_days(start, end, day(row["DOB"]), starts_on, ends_on)
        yield from of_time_in_care(start, end, care)
        yield from of_placements(start, end, birthday(day(row["DOB"]), 18), episodes)
    for row, following in pairwise(rows):
        start, end, then = day(row["MIS_START"]), day(row["MIS_END"]), day(following["MIS_START"])
        if end is None or then < end or then < start:
            yield "574: overlaps, or starts while another is open"
    if len({tuple(row.values()) for row in rows}) != len(rows):
        yield "one row said twice"


def of_days(start, end, born, starts_on, ends_on):
    if end and end < start:
        yield "567: ends before it starts"
    if start > ends_on:
        yield "570: starts after the year"
    if end and not starts_on <= end <= ends_on:
        yield "571: ends outside the year"
    if start < born:
        yield "586: before birth"


def of_time_in_care(start, end, care):
    over = next((over for begun, over in care if begun <= start and (over is None or start <= over)), "never")
    if over == "never":
        yield "578, 581: starts when not looked after"
    elif over and (end is None or end > over):
        yield "577: goes on after care"


def of_placements(start, end, eighteenth, episodes):
    for episode in episodes:
        begun, over = day(episode["DECOM"]), day(episode["DEC"])
        if end is None and over and begun <= start <= over:
            yield "575: goes on after the placement"
        if end and end == eighteenth == over and episode["REC"] != "E8":
            yield "580: eighteen while missing, and not E8"


def of_episodes(rows, starts_on, ends_on):
    rows = sorted(rows, key=lambda row: day(row["DECOM"]))
    for row in rows:
        yield from of_one_episode(row, starts_on, ends_on)
    for row, following in pairwise(rows):
        yield from of_two_episodes(row, following)
    if rows[-1]["REC"] == "X1":
        yield "388: X1, and nothing follows"


def of_one_episode(row, starts_on, ends_on):
    start, end = day(row["DECOM"]), day(row["DEC"])
    if start > ends_on or (end and not starts_on <= end <= ends_on):
        yield "354, 385: outside the year"
    if end and end <= start:
        yield "355, 356: less than a day"
    if bool(row["DEC"]) != bool(row["REC"]):
        yield "148: a day it ceased, or a reason, alone"
    for column, codes in CODES.items():
        if row[column] and row[column] not in codes.split():
            yield f"143 to 146, 178, 1009: {column}"
    yield from of_the_place(row)


def of_the_place(row):
    if not row["HOME_POST"] or not row["PL_POST"]:
        yield "392b: no postcode"
    if row["PLACE"] != "P1" and row["HOME_POST"] == row["PL_POST"]:
        yield "392d: home and placement are one"
    if row["PLACE"] != "P1" and not row["URN"]:
        yield "218: no registration number"


def of_two_episodes(row, following):
    touch = row["DEC"] == following["DECOM"]
    if not row["DEC"] or day(following["DECOM"]) < day(row["DEC"]):
        yield "142, 501: starts before the last ended"
    if (row["REC"] == "X1") != touch:
        yield "388: X1 is for what goes on, and for nothing else"
    if (following["RNE"] == "S") == touch:
        yield "431, 433: S starts a period of care, and nothing else"
    if touch:
        yield from of_a_change(row, following)


def of_a_change(row, following):
    moved = any(row[name] != following[name] for name in ("PLACE", "PL_POST", "URN", "PLACE_PROVIDER"))
    if row["CIN"] != following["CIN"]:
        yield "504: another need within a period of care"
    wanted = {"L": (False, True), "P": (True, False), "B": (True, True)}.get(following["RNE"])
    if wanted != (moved, row["LS"] != following["LS"]):
        yield "434, 435, 436: not what changed"
    if moved and not row["REASON_PLACE_CHANGE"]:
        yield "225: no reason why the place changed"


def of_header(row, ends_on):
    if row["SEX"] not in (("M", "F") if ends_on.year >= 2025 else ("1", "2")):
        yield "101: sex"
    if not re.fullmatch(r"[A-HJ-NP-RT-Z]\d{11}[\dA-Z]|UN[1-5]", row["UPN"]):
        yield "168, 442: pupil number"
    if (row["SEX"] in ("F", "2")) != bool(row["MOTHER"]):
        yield "165, 393: mother"


def of_last_year(before, now):
    """576: what was open last year is there again, from the same day."""
    for child, rows in before.items():
        for row in rows:
            if not row["MIS_END"] and row["MIS_START"] not in [this["MIS_START"] for this in now.get(child, ())][:1]:
                yield f"576: open last year and not first this year ({child})"


def birthday(born, age):
    try:
        return born.replace(year=born.year + age)
    except ValueError:
        return date(born.year + age, 3, 1)


def each_day(start, end):
    while start <= end:
        yield start
        start += timedelta(days=1)
