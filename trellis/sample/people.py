"""The children of the area and their households: names, births, addresses, brothers, sisters and twins."""

from __future__ import annotations

from datetime import date, timedelta

from trellis.core.clocks import age_on
from trellis.sample.births import born_to_be
from trellis.sample.numbers import drama_phone, nhs_number
from trellis.sample.records import Adult, Child, Family, Related
from trellis.sample.streams import Stream
from trellis.sample.words import say, words

GROUP_CODES: dict[str, dict[str, float]] = {
    "white_british": {"WBRI": 1},
    "dual_heritage": {"MWBC": 45, "MWBA": 20, "MWAS": 20, "MOTH": 15},
    "black": {"BCRB": 30, "BAFR": 55, "BOTH": 15},
    "asian": {"APKN": 50, "ABAN": 15, "AIND": 12, "CHNE": 8, "AOTH": 15},
    "other": {"WIRI": 12, "WIRT": 10, "WROM": 14, "WOTH": 34, "OOTH": 30},
    "not_known": {"NOBT": 75, "REFU": 25},
}
SHARE_WITH_SIBLING = 0.15
SHARE_TWIN = 0.3
MOST_SIBLINGS = 4
APART = timedelta(days=300)
YOUNGEST_PARENT = 17
SHARE_IN_OWN_SCRIPT = 0.12
INWARD = "ABDEFGHJLNPQRSTUWXYZ"
KNOWN_AS = ["AJ", "Bee", "Dee", "Jay", "Kit", "Lulu", "Mo", "Ziggy"]
PRONOUNS = {"": 90, "they/them": 2, "she/her": 4, "he/him": 4}
DEFINED_BY = {"self": 55, "family": 25, "agency": 15, "officer": 5}


class People:
    """Makes the people of one part of the area, and remembers households so that children share them."""

    def __init__(self, authority: str, part: int) -> None:
        self.authority, self.part = authority, part
        self.children: list[Child] = []
        self.adults: list[Adult] = []
        self.families: dict[str, list[Family]] = {group: [] for group in GROUP_CODES}
        self.awkward = list(words("names")["awkward"])

    def child(self, by: Stream, *, sex: str, group: str, age: int, on: date, known_from: int) -> Child:
        """A new child who is ``age`` on ``on``, sometimes of a household already known."""
        family, born = self._household(group, age, on, by)
        child = Child(
            id=by.id(),
            number=len(self.children),
            given=self._given(family, sex, by),
            family_name=family.name,
            born=born,
            sex=sex,
            family=family,
            known_from=known_from,
            known_as=by.one(KNOWN_AS) if by.happens(0.05) else "",
            pronouns=by.pick(PRONOUNS),
            defined_by="unknown" if group == "not_known" else by.pick(DEFINED_BY),
            safe_contact=by.one(say("safe_contact")).format(phone=drama_phone(by)) if by.happens(0.5) else "",
            nhs_number=nhs_number(self.part, len(self.children)) if by.happens(0.85) else None,
            out_of_area=by.happens(0.1),
        )
        self._name_in_own_way(child, by)
        for other in family.children:
            kind = "twin" if other.born == born else "sibling"
            child.related.append(Related(by.id(), other, kind))
            other.related.append(Related(by.id(), child, kind))
        family.children.append(child)
        self.children.append(child)
        return child

    def parent(self, child: Child, known_from: int, by: Stream) -> None:
        """The parent of the child's household, known to the hub once it works with the first of its children."""
        family = child.family
        if family.parent is None:
            eldest = min(other.born for other in family.children)
            sex = by.one("FFM")
            family.parent = Adult(
                by.id(),
                by.one(words("names")[family.community]["girls" if sex == "F" else "boys"]),
                family.name,
                eldest - timedelta(days=by.between(18 * 366, 38 * 365)),
                sex,
                family,
                known_from,
            )
            self.adults.append(family.parent)
        if not any(related.other is family.parent for related in child.related):
            child.related.append(Related(by.id(), family.parent, "parent", known_from=known_from))

    def _household(self, group: str, age: int, on: date, by: Stream) -> tuple[Family, date]:
        born = born_to_be(age, on, by)
        known = self.families[group]
        if not known or not by.happens(SHARE_WITH_SIBLING):
            return self._family(group, by), born
        family = known[max(0, len(known) - by.between(1, 400))]
        twins = [c.born for c in family.children if c.born <= on and age_on(c.born, on) == age]
        if twins and by.happens(SHARE_TWIN):
            born = twins[0]
        apart = all(c.born == born or abs(c.born - born) > APART for c in family.children)
        grown = family.parent is None or born.year - family.parent.born.year > YOUNGEST_PARENT
        if len(family.children) >= MOST_SIBLINGS or not (apart and grown):
            return self._family(group, by), born
        return family, born

    def _family(self, group: str, by: Stream) -> Family:
        code = by.pick(GROUP_CODES[group])
        community = by.one(words("names")["ethnicity"][code])
        locality, outward = by.one(localities(self.authority))
        postcode = f"{outward}{by.between(0, 9)}{by.one('ZX')}{by.one(INWARD)}"
        name = by.one(words("names")[community]["families"])
        family = Family(name, code, group, community, postcode, locality, self.authority)
        self.families[group].append(family)
        return family

    def _given(self, family: Family, sex: str, by: Stream) -> str:
        names = words("names")[family.community]
        taken = {child.given for child in family.children}
        options = [name for name in names["girls" if sex == "F" else "boys"] if name not in taken]
        given: str = by.one(options)
        return given

    def _name_in_own_way(self, child: Child, by: Stream) -> None:
        """The names that catch software out, names in their own script, and other names people go by."""
        family = child.family
        if by.happens(0.04):
            child.aliases.append((by.id(), f"{child.given} {by.one(words('names')[family.community]['families'])}"))
        if family.children:
            return
        odd = next((name for name in self.awkward if family.community in name["communities"]), None)
        scripts = [s for s in words("names")[family.community].get("scripts", ()) if s[3] == child.sex]
        if odd:
            self.awkward.remove(odd)
            child.given, family.name = odd["given"], odd["family"]
            child.aliases += [(by.id(), odd["alias"])] if "alias" in odd else []
        elif scripts and by.happens(SHARE_IN_OWN_SCRIPT):
            child.given, family.name, alias, _ = by.one(scripts)
            child.aliases.append((by.id(), alias))
        child.family_name = family.name


def localities(authority: str) -> list[list[str]]:
    """Localities of an authority with the outward half of their postcode."""
    places = words("places")
    found: list[list[str]] = places.get(authority, places["invented"])["localities"]
    return found
