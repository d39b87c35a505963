"""The attacker with a shelf: a year's edition and its twelve months' editions of one record, read together.

Every number of a month has a name of its own; the months of a number the year shows, too, sum to it.
"""

import numpy as np

from tests.measures.attacker import DISTRIBUTIONS, INSIDE, MEANING, Attack

TINY = 1e-7
OUTCOMES = {
    "returns offered": ("completed", "covered", "accepted", "offered", "declined"),
    "returns interviewed": ("completed", "covered"),
    "returns without": ("declined", "not_offered"),
}
NOT_SUMMED = {"children", "children often", "repeat children"}


class Shelf(Attack):
    """`editions`: (month or "" for the year, true figures, published figures)."""

    def __init__(self, editions):
        self.truth, self.known, self.counted, self.bases, self.equations = {}, set(), set(), {}, []
        self.months = [month for month, _, _ in editions if month]
        for month, true, public in editions:
            self._read(month, true, public)
        self.least = {name: int(self._surely_more_than_zero(name)) for name in self.truth}
        for month in ["", *self.months]:
            self._within(month)
        self._across()

    def worked_out(self):
        """The unknown numbers that all the sums together leave but one value: by elimination, then by squeezing each
        number between the least and the most that the sums it stands in allow it."""
        unknown = sorted(self.truth.keys() - self.known, key=str)
        place = {name: column for column, name in enumerate(unknown)}
        sums = [{name: sign for name, sign in equation.items() if name in place} for equation in self.equations]
        matrix = np.zeros((len(sums), len(unknown)))
        for row, one in enumerate(sums):
            for name, sign in one.items():
                matrix[row, place[name]] = sign
        _, sizes, directions = np.linalg.svd(matrix)
        free = directions[int((sizes > TINY).sum()) :]
        ways = np.abs(free).max(axis=0) if len(free) else np.zeros(len(unknown))
        fixed = {name for name in unknown if ways[place[name]] < TINY}
        least, most = self._squeezed(sums)
        return fixed | {name for name in unknown if name in least and least[name] == most[name]}

    def _squeezed(self, sums):
        """The least and the most each unknown can be; no sum is left that could narrow one further."""
        least = {name: self.least[name] for one in sums for name in one}
        most = dict.fromkeys(least, sum(self.truth.values()))
        moved = True
        while moved:
            moved = False
            for one in sums:
                total = sum(sign * self.truth[name] for name, sign in one.items())
                for name, sign in one.items():
                    others = [(other, way) for other, way in one.items() if other != name]
                    low = sum((least if way > 0 else most)[other] * way for other, way in others)
                    high = sum((most if way > 0 else least)[other] * way for other, way in others)
                    ends = sorted([(total - low) * sign, (total - high) * sign])
                    if ends[0] > least[name] or ends[1] < most[name]:
                        least[name], most[name] = max(least[name], ends[0]), min(most[name], ends[1])
                        moved = True
        return least, most

    def _read(self, month, true_figures, published):
        for true, public in zip(true_figures, published, strict=True):
            for number, (what, value) in enumerate(
                zip(MEANING[true.measure], (true.numerator, true.denominator), strict=True)
            ):
                if what is None:
                    continue
                at = next(iter(true.breakdown.items()), ("", ""))
                whole = number == 1 and true.measure in DISTRIBUTIONS
                name = self.name(month, what, *(("", "") if whole else at))
                assert self.truth.setdefault(name, value) == value, name
                self.known |= set() if public.suppressed else {name}
                if number == 0 and true.denominator is None:
                    self.counted.add(name)
            above, below = (self.name(month, what, *at) if what else None for what in MEANING[true.measure])
            if above is not None:
                self.bases[above] = below

    def _surely_more_than_zero(self, name):
        """Zero stays, so what is hidden is more; save in a breakdown withheld whole, zeros and all."""
        alike = [one for one in self.counted if one[:2] == name[:2] and self.truth[one] == 0]
        return self.truth[name] > 0 and name in self.counted and self.known.issuperset(alike)

    def name(self, month, what, cut="", category=""):
        """A month's own total and the year's figure of that month are one number."""
        if cut == "month":
            return (f"{what} in {category}", "", "")
        return (f"{what} in {month}" if month else what, cut, category)

    def _within(self, month):
        cells = {}
        for name in list(self.truth):
            if name[1] and name[0] in {self.name(month, what)[0] for what, _ in MEANING.values() if what}:
                cells.setdefault((name[0], name[1]), []).append(name)
        for (what, _), parts in cells.items():
            if (what, "", "") in self.truth:
                self._equal([(what, "", "")], parts)
        for whole, part in INSIDE:
            wholes, parts = self.name(month, whole)[0], self.name(month, part)[0]
            for name in [name for name in self.truth if name[0] == parts]:
                self._inside((wholes, *name[1:]), [name])
        for whole, outcomes in OUTCOMES.items():
            parts = [self.name(month, "returns", "outcome", one) for one in outcomes]
            if all(part in self.truth for part in parts):
                self._equal([self.name(month, whole)], parts)
        high = self.name(month, "reports", "risk_grade", "high")
        if high in self.truth:
            self._equal([self.name(month, "reports high")], [high])

    def _across(self):
        """Each total of the year is the sum of its months."""
        for what in {what for pair in MEANING.values() for what in pair if what} - NOT_SUMMED:
            whole = ("children", "", "") if what == "new children" else (what, "", "")
            parts = [self.name(month, what) for month in self.months]
            if whole in self.truth and all(part in self.truth for part in parts):
                self._equal([whole], parts)
