"""A reader of published figures who tries to work out the hidden ones.

Written from what the figures mean, without the program's own idea of what ties them together. The attacker knows every
shown number, every sum below, that counts are whole and not negative, whether a hidden count is zero, and last year's
closing stock. A hidden number is safe when another world, with another value there, fits all of that as well.
"""

from collections import defaultdict
from heapq import heappop, heappush
from itertools import count

from trellis.measures.tables import OUTCOME_AREAS, OUTCOME_STATUSES

RI = "missing.return_interviews."

# figure -> what its numerator counts, what its denominator counts
MEANING = {
    "referrals.received": ("referred", None),
    "referrals.share_by_type": ("referred", "referred"),
    "profile.share_by_sex": ("referred", "referred"),
    "profile.share_by_ethnicity_group": ("referred", "referred"),
    "profile.share_aged_15_16": ("referred at 15 or 16", "referred"),
    "referrals.decided": ("decided", None),
    "referrals.waiting": ("waiting", None),
    "referrals.decided_within_limit": ("decided in time", "decided"),
    "cases.open_at_year_end": ("open", None),
    "cases.opened": ("opened", None),
    "cases.closed": ("closed", None),
    "profile.children_open": ("open", None),
    "profile.legal_status": ("open, status", "open"),
    "profile.share_send": ("open, send", "open"),
    "profile.share_alternative_provision": ("open, alternative provision", "open"),
    "missing.reports": ("reports", None),
    "missing.children": ("children", None),
    "missing.repeat_children": ("repeat children", None),
    "missing.mean_age": (None, "reports with age"),
    "missing.reasons": ("reports with reason", "reports with reason"),
    RI + "completed": ("interviews", None),
    RI + "within_72h": ("interviews in time", "interviews"),
    RI + "delay_reasons": ("interviews late", None),
    RI + "completed_of_reports": ("reports interviewed", "reports"),
    RI + "within_72h_of_reports": ("reports interviewed in time", "reports"),
    RI + "within_72h_of_returns": ("returns interviewed in time", "returns"),
    "missing.children_first_this_year": ("new children", None),
    "missing.children_repeatedly": ("children often", None),
    "missing.reports_described": ("reports", None),
    "missing.reports_profile": ("reports", None),
    "missing.graded_high": ("reports high", "reports"),
    "missing.returns": ("returns", None),
    RI + "outcomes": ("returns", "returns"),
    RI + "offered_of_returns": ("returns offered", "returns"),
    RI + "completed_of_returns": ("returns interviewed", "returns"),
    RI + "none_by_reason": ("returns without", None),
    "equity.interview_offered": ("returns offered", "returns"),
    "equity.interview_within_72h": ("returns interviewed in time", "returns"),
    "equity.graded_high": ("reports high", "reports"),
    "assessments.completed": ("assessed", None),
    "health.children_updated": ("updated by health", None),
    "health.children_gp_notified": ("told to a GP", None),
    "nrm.referred": ("referred to the NRM", None),
    "assessments.within_15_days": ("assessed in time", "assessed"),
    "outcomes.at_closure": ("said at closure", None),
    **{f"outcomes.at_closure.{area}": (f"said of {area}", None) for area in OUTCOME_AREAS},
}
DISTRIBUTIONS = {
    "referrals.share_by_type",
    "profile.share_by_sex",
    "profile.share_by_ethnicity_group",
    "profile.legal_status",
    "missing.reasons",
    RI + "outcomes",
}

# whole >= part: what is left over is a number too
INSIDE = [
    ("referred", "referred at 15 or 16"),
    ("referred", "decided in time"),
    ("decided", "decided in time"),
    ("open", "open, send"),
    ("open", "open, alternative provision"),
    ("children", "repeat children"),
    ("interviews", "interviews in time"),
    ("interviews", "interviews late"),
    ("reports", "reports interviewed"),
    ("reports", "reports interviewed in time"),
    ("reports interviewed", "reports interviewed in time"),
    ("returns", "returns interviewed in time"),
    ("reports", "reports high"),
    ("returns", "returns offered"),
    ("returns", "returns interviewed"),
    ("returns", "returns without"),
    ("returns offered", "returns interviewed"),
    ("returns interviewed", "returns interviewed in time"),
    ("children", "new children"),
    ("children", "children often"),
    ("assessed", "assessed in time"),
]
OVERLAPPING = {"open, status"}


def numbers(figure):
    """The numbers a figure shows, each with its name (what, breakdown, category): above and below the line."""
    above, below = MEANING[figure.measure]
    at = next(iter(figure.breakdown.items()), ("", ""))
    if above and above.startswith("said ") and at[0] != "status":
        # Each area has as many answers as cases were closed, and all areas together so many times as many.
        return (
            ("closed", "", ""),
            figure.numerator // (len(OUTCOME_AREAS) if above == "said at closure" and not at[0] else 1),
        ), (None, None)
    return (
        (None if above is None else (above, *at), figure.numerator),
        (
            None if below is None else (below, "", "") if figure.measure in DISTRIBUTIONS else (below, *at),
            figure.denominator,
        ),
    )


class Attack:
    def __init__(self, true_figures, published):
        self.truth = {}
        self.known = set()
        self.counted = set()
        self.bases = {}
        for true, public in zip(true_figures, published, strict=True):
            (above, _), (below, _) = shown = numbers(true)
            for name, value in shown:
                if name is not None:
                    self.truth[name] = value
                    self.known |= set() if public.suppressed else {name}
            if below is None:
                self.counted.add(above)
            if above is not None:
                self.bases[above] = below
        self.equations = []  # {name: coefficient}, summing to a constant the attacker knows
        self.least = {name: int(self._surely_more_than_zero(name)) for name in self.truth}
        self._what_a_reader_knows()
        self.at = defaultdict(list)
        for number, equation in enumerate(self.equations):
            for name in equation:
                self.at[name].append(number)

    def _surely_more_than_zero(self, name):
        """A count hidden for itself is not zero; a share may be hidden for its base alone, and an outcome because
        another of its area is small, and then nobody can tell."""
        if name[0].startswith("said "):
            return False
        return self.truth[name] > 0 and (name in self.counted or self.bases.get(name) in self.known)

    def _what_a_reader_knows(self):
        parts = defaultdict(list)
        for what, cut, category in list(self.truth):
            if cut and what not in OVERLAPPING:
                parts[what, cut].append((what, cut, category))
        for (what, _), cells in parts.items():
            if (what, "", "") in self.truth:
                self._equal([(what, "", "")], cells)
        for whole, part in INSIDE:
            for name in [name for name in self.truth if name[0] == part]:
                self._inside((whole, *name[1:]), [name])
        for name in [name for name in self.truth if name[0] == "open, status"]:
            self._inside(("open", "", ""), [name])
        self._equal([("referred", "", "")], [("decided", "", ""), ("waiting", "", "")])
        fifteen_sixteen = [("referred", "age", "15"), ("referred", "age", "16")]
        self._equal([("referred at 15 or 16", "", "")], [name for name in fifteen_sixteen if name in self.truth])
        self._equal([("interviews", "", "")], [("interviews in time", "", ""), ("interviews late", "", "")])
        self._inside(("reports", "", ""), [("children", "", ""), ("repeat children", "", "")])
        for area in OUTCOME_AREAS:
            self._equal([("closed", "", "")], [(f"said of {area}", "status", status) for status in OUTCOME_STATUSES])
        for status in OUTCOME_STATUSES:
            cells = [(f"said of {area}", "status", status) for area in OUTCOME_AREAS]
            self._equal([("said at closure", "status", status)], cells)
        self.equations.append({("opened", "", ""): 1, ("open", "", ""): -1, ("closed", "", ""): -1})

    def _equal(self, whole, parts):
        assert sum(map(self.truth.get, whole)) == sum(map(self.truth.get, parts)), f"{whole} is not the sum of {parts}"
        self.equations.append(dict.fromkeys(whole, 1) | dict.fromkeys(parts, -1))

    def _inside(self, whole, parts):
        """A number nobody prints takes up what is left."""
        if whole in self.truth:
            left = ("left", whole, *parts)
            self.truth[left] = self.truth[whole] - sum(map(self.truth.get, parts))
            self.least[left] = 0
            self._equal([whole], [*parts, left])

    def hidden(self):
        """What suppression hid. Zero is no secret: it is hidden only where the base of its share is. Nor is a large
        base that went with its share: where it stands in for a small one, the small one is tried."""
        return sorted(
            (
                name
                for name in self.truth.keys() - self.known
                if name[0] != "left" and (1 <= self.truth[name] <= 4 or (self.truth[name] and name in self.bases))
            ),
            key=str,
        )

    def small_left_over(self):
        """Numbers nobody prints that are small: a subtraction must not give them away."""
        return [name for name, value in self.truth.items() if name[0] == "left" and 1 <= value <= 4]

    def small_groups(self):
        """Hidden parts of a shown whole whose sum, which subtraction gives, is small."""
        for equation in self.equations:
            shown_whole = [name for name, sign in equation.items() if sign == 1 and name in self.known]
            unknown = [name for name, sign in equation.items() if sign == -1 and name not in self.known]
            if len(shown_whole) == 1 and len(equation) > 1 and ("opened", "", "") not in equation:
                group = sum(self.truth[name] for name in unknown)
                if 1 <= group <= 4:
                    yield unknown, group

    def could_be_otherwise(self, name) -> bool:
        """Another world in which this number differs and all that is published stays as it is."""
        return any(self._another_world(name, step) for step in (1, -1, 2, -2) if self._allowed(name, step))

    def _allowed(self, name, step):
        return name not in self.known and self.truth[name] + step >= self.least[name]

    def _another_world(self, fixed, step, tries=3_000) -> bool:
        """Search, nearest worlds first: change the number, then mend one broken sum after another, the one with the
        fewest ways out first."""
        seen, order = set(), count()
        worlds = [(0, next(order), {fixed: step})]
        while worlds and tries:
            tries -= 1
            changes = heappop(worlds)[-1]
            broken = self._broken(changes)
            if not broken:
                return True
            for world in min((list(self._mended(changes, fixed, *sum_)) for sum_ in broken), key=len):
                if (key := frozenset(world.items())) not in seen:
                    seen.add(key)
                    distance = 3 * len(self._broken(world)) + sum(map(abs, world.values()))
                    heappush(worlds, (distance, next(order), world))
        return False

    def _mended(self, changes, fixed, equation, excess):
        """The worlds in which one more number changes so that this sum is right again."""
        for name, sign in equation.items():
            change = changes.get(name, 0) - excess * sign
            if name != fixed and self._allowed(name, change):
                yield changes | {name: change}

    def _broken(self, changes):
        """The sums these changes put wrong, and by how much."""
        numbers = sorted({number for name in changes for number in self.at[name]})
        excesses = (
            (self.equations[n], sum(sign * changes.get(name, 0) for name, sign in self.equations[n].items()))
            for n in numbers
        )
        return [(equation, excess) for equation, excess in excesses if excess]
