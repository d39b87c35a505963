"""A missing desk in plain Python, for comparing: hours since a start, reports in a list, nothing clever."""

from dataclasses import dataclass, field


@dataclass
class Report:
    """One report; ``seen``, ``reported`` and ``back`` in hours, ``into`` the place of the report it was merged into."""

    child: int
    seen: float | None
    reported: float
    back: float | None = None
    into: int | None = None

    @property
    def began(self) -> float:
        return self.reported if self.seen is None else self.seen

    @property
    def status(self) -> str:
        if self.into is not None:
            return "merged"
        return "missing" if self.back is None else "returned"

    def sound(self) -> bool:
        return self.began <= self.reported and (self.back is None or self.back > self.began)

    def meets(self, other: "Report") -> bool:
        first, second = sorted((self, other), key=lambda one: one.began)
        return first.back is None or second.began < first.back


def together(one: Report, other: Report) -> Report:
    """Both as one time: the earliest beginning; back with the later, or not at all while one is open."""
    seen = [at for at in (one.seen, other.seen) if at is not None]
    back = None if one.back is None or other.back is None else max(one.back, other.back)
    return Report(one.child, min(seen, default=None), min(one.reported, other.reported), back)


@dataclass
class PlainDesk:
    """Every step says whether it was taken; one that is not leaves all as it was."""

    reports: list[Report] = field(default_factory=list)

    def counted(self, child: int) -> list[int]:
        return [place for place, one in enumerate(self.reports) if one.child == child and one.into is None]

    def free(self, time: Report, *but: int) -> bool:
        """Sound in itself, and meeting no other time of the child."""
        others = [place for place in self.counted(time.child) if place not in but]
        return time.sound() and not any(time.meets(self.reports[place]) for place in others)

    def report(self, child: int, seen: float | None, reported: float, second: bool) -> bool:
        new = Report(child, seen, reported)
        met = [place for place in self.counted(child) if new.meets(self.reports[place])]
        if not new.sound() or len(met) > 1 or (met and not second):
            return False
        if met:
            held = self.reports[met[0]]
            whole = together(held, new)
            whole.back = held.back
            if (held.back is not None and reported > held.back) or not self.free(whole, met[0]):
                return False
            self.change(met[0], whole)
            new.into = met[0]
        self.reports.append(new)
        return True

    def change(self, place: int, times: Report) -> None:
        one = self.reports[place]
        one.seen, one.reported, one.back = times.seen, times.reported, times.back

    def come_back(self, place: int, at: float) -> bool:
        one = self.reports[place]
        return one.status == "missing" and self.correct(place, one.reported, at)

    def undo(self, place: int) -> bool:
        one = self.reports[place]
        return one.status == "returned" and self.correct(place, one.reported, None)

    def correct(self, place: int, reported: float, back: float | None) -> bool:
        one = self.reports[place]
        told = Report(one.child, one.seen, reported, back)
        if one.into is not None or not self.free(told, place):
            return False
        self.change(place, told)
        return True

    def merge(self, place: int, into: int) -> bool:
        one, other = self.reports[place], self.reports[into]
        if place == into or one.child != other.child or one.into is not None or other.into is not None:
            return False
        whole = together(other, one)
        if not self.free(whole, place, into):
            return False
        for report in self.reports:
            report.into = into if report.into == place else report.into
        one.into = into
        self.change(into, whole)
        return True

    def unmerge(self, place: int, reported: float, back: float | None) -> bool:
        """It stands by itself with these times; the episode it was in keeps its own."""
        one = self.reports[place]
        own = Report(one.child, None, reported, back)
        if one.into is None or not self.free(own):
            return False
        self.change(place, own)
        one.into = None
        return True
